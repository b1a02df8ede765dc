"""The reader's addresses: what is no page of the tree first, then whatever the tree has."""

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from wagtail.urls import serve_pattern
from wagtail.views import serve

from gazeti.front import views

urlpatterns = [
    path("recent/", views.recent),
    path("search/", views.search),
    path("authors/<slug:slug>/", views.author),
    path("topics/<slug:slug>/", views.topic),
    path("robots.txt", views.robots),
    path("favicon.svg", views.favicon),
    path("favicon.ico", views.favicon),
    # Wagtail's own pattern and name. Pages only answer reads, so no token is asked before another method is refused.
    re_path(serve_pattern, csrf_exempt(serve), name="wagtail_serve"),
]
