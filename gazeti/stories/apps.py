"""The stories' place among Django's applications."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """What the newsroom writes."""

    name = "gazeti.stories"
    label = "gazeti_stories"
    verbose_name = "Stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows a publication."""
        from gazeti.stories import receivers  # noqa: F401 (connecting is what the import is for)

        let_topics_be_left_out()


def let_topics_be_left_out() -> None:
    """Tell Wagtail's API that a story may be filed without topics, before it builds its schemas."""
    from modelcluster.fields import ParentalManyToManyField
    from wagtail.api.v3.schemas import create_generator

    create_generator.register_field_schema(ParentalManyToManyField, lambda _generator, _field: (list[int], []))
