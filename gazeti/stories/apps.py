"""The stories' place among Django's applications."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """What the newsroom writes."""

    name = "gazeti.stories"
    label = "gazeti_stories"
    verbose_name = "Stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows a publication, and open the gate before pictures."""
        from gazeti.base.models import fill
        from gazeti.stories import receivers  # noqa: F401 (connecting is what the import is for)
        from gazeti.stories.queries import public_pictures

        fill("picture gate", "stories", public_pictures)
        let_topics_be_left_out()


def let_topics_be_left_out() -> None:
    """Tell Wagtail's API that a story may be filed without topics, before it builds its schemas."""
    from modelcluster.fields import ParentalManyToManyField
    from wagtail.api.v3.schemas import create_generator

    create_generator.register_field_schema(ParentalManyToManyField, lambda _generator, _field: (list[int], []))
