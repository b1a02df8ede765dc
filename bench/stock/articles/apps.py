"""The articles' place among Django's applications."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Sections and articles."""

    name = "bench.stock.articles"
    label = "articles"
