"""The reader's addresses that are no page of the tree."""

from django.urls import path

from gazeti.front import views

urlpatterns = [
    path("recent/", views.recent),
    path("search/", views.search),
    path("authors/<slug:slug>/", views.author),
    path("topics/<slug:slug>/", views.topic),
    path("robots.txt", views.robots),
    path("favicon.svg", views.favicon),
    path("favicon.ico", views.favicon),
]
