"""What is done for pictures apart from any request."""

from django_tasks import task

from gazeti.media.actions import make_renditions


@task()
def make_renditions_of(picture_id: int) -> None:
    """Make what readers get of a picture; done again, or after the picture went, it does nothing."""
    make_renditions(picture_id)
