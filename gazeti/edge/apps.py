"""The edge's place among Django's applications; it has no tables: purges stand in the log."""

from datetime import timedelta

from django.apps import AppConfig

PURGES_KEPT = timedelta(days=7)
"""Longer than any answer is kept anywhere: nothing is left that a purge from before could make untrue."""


class EdgeConfig(AppConfig):
    """What stands between Django and readers."""

    name = "gazeti.edge"
    label = "gazeti_edge"
    verbose_name = "Edge"

    def ready(self) -> None:
        """Let purges be dropped when nobody can need them, and a network hear of them if there is one."""
        from gazeti.edge import cdn
        from gazeti.edge.truth import STREAM
        from gazeti.log.rotation import rotate

        rotate(STREAM, kept=PURGES_KEPT)
        cdn.register()
