"""The front's place among Django's applications: it fills the slot that renders readers' pages."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """The reader's site."""

    name = "gazeti.front"
    label = "gazeti_front"
    verbose_name = "Reader's site"

    def ready(self) -> None:
        """Fill the slots in `base`."""
        from gazeti.base.models import fill
        from gazeti.edge.store import declare
        from gazeti.front.views import FILED, page_answer, weigh

        fill("page", "front", page_answer)
        fill("weight", "front", weigh)
        for kind in FILED:
            declare(kind)
