"""The stories' place among Django's applications."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """What the newsroom writes."""

    name = "gazeti.stories"
    label = "gazeti_stories"
    verbose_name = "Stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows a publication, open the gate before pictures, and give the clock its jobs."""
        from gazeti.base.models import fill
        from gazeti.stories import checks, receivers  # noqa: F401 (connecting is what the import is for)
        from gazeti.stories.forms import KNOWN_PAGES
        from gazeti.stories.queries import public_pictures
        from gazeti.stories.queries.desk import known_among

        fill("picture gate", "stories", public_pictures)
        fill(KNOWN_PAGES, "stories", known_among)
        give_clock_its_jobs()
        let_topics_be_left_out()


def let_topics_be_left_out() -> None:
    """Tell Wagtail's API that a story may be filed without topics, before it builds its schemas."""
    from modelcluster.fields import ParentalManyToManyField
    from wagtail.api.v3.schemas import create_generator, patch_generator

    for generator in (create_generator, patch_generator):
        generator.register_field_schema(ParentalManyToManyField, lambda _generator, _field: (list[int], []))


def give_clock_its_jobs() -> None:
    """Let the clock publish what is scheduled, end embargoes and publications, and take pictures away in time."""
    from gazeti.log.clock import register
    from gazeti.stories.actions import timed
    from gazeti.stories.queries import due
    from gazeti.stories.tasks import tell_of_failure, tell_of_rights

    tell = tell_of_failure
    register(
        due.SCHEDULE,
        due=due.schedules_due,
        prepare=timed.finish_scheduled,
        carry_out=timed.publish_scheduled,
        told=tell,
    )
    register(due.EMBARGO, due=due.embargoes_ending, carry_out=timed.end_embargo, told=tell)
    register(due.EXPIRY, due=due.expiries_due, carry_out=timed.end_publication, told=tell)
    register(due.RIGHTS, due=due.rights_ending, carry_out=timed.end_rights, follow=tell_of_rights, told=tell)
