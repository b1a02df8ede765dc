"""Live coverage's place among Django's applications."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Stories that are covered as they happen."""

    name = "gazeti.live"
    label = "gazeti_live"
    verbose_name = "Live coverage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Open the files of pictures that updates show, follow what becomes of stories, and give the clock its jobs."""
        from wagtail.models import ReferenceIndex

        from gazeti.base.models import fill
        from gazeti.live.actions.shown import note_stories
        from gazeti.live.models import UpdatePicture
        from gazeti.live.queries.gate import public_pictures
        from gazeti.log import followers

        fill("picture gate", "live", public_pictures)
        ReferenceIndex.register_model(UpdatePicture)
        followers.register("covered stories", note_stories, streams=["stories"])
        give_clock_its_jobs()


def give_clock_its_jobs() -> None:
    """Let the clock open what was planned, then post what waits for its time."""
    from gazeti.live.actions import coverage, waiting
    from gazeti.live.queries.waiting import openings_due, updates_due
    from gazeti.log.clock import register

    register("coverages opening", due=openings_due, carry_out=coverage.open_due)
    register("updates due", due=updates_due, prepare=waiting.finish_due, carry_out=waiting.post_due)
