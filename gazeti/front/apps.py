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
        from gazeti.front.views import FILED, bodies_as_html, coverages_link, framed, page_answer, weigh

        fill("page", "front", page_answer)
        fill("frame", "front", framed)
        fill("bodies", "front", bodies_as_html)
        fill("weight", "front", weigh)
        fill("footer", "live coverage", coverages_link)
        for kind in FILED:
            declare(kind)
