"""The reader's addresses: what is no page of the tree first, then whatever the tree has."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from gazeti.front import views

urlpatterns = [
    path("recent/", views.recent),
    path("live/", views.coverages),
    path("search/", views.search),
    path("authors/<slug:slug>/", views.author),
    path("topics/<slug:slug>/", views.topic),
    path("robots.txt", views.robots),
    path("favicon.svg", views.favicon),
    path("favicon.ico", views.favicon),
    # Wagtail's own pattern and name.
    re_path(serve_pattern, views.tree, name="wagtail_serve"),
]
