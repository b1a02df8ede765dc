"""The edge's place among Django's applications; it has no tables: purges stand in the log."""

from django.apps import AppConfig


class EdgeConfig(AppConfig):
    """What stands between Django and readers."""

    name = "gazeti.edge"
    label = "gazeti_edge"
    verbose_name = "Edge"
