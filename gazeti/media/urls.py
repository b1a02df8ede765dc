"""Addresses below MEDIA_URL; a path that neither pattern takes is no file of ours."""

from django.urls import re_path

from gazeti.media import views

urlpatterns = [
    re_path(r"^(?P<path>pictures/[0-9a-z]+/[0-9A-Za-z_-]+\.(?:avif|webp))$", views.served_file),
    re_path(r"^(?P<path>desk/[\w-][\w.-]*\.(?:jpg|png|gif|webp|avif))$", views.desk_file),
]
