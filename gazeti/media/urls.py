"""Addresses of files. A path below MEDIA_URL that neither pattern takes is no file of ours."""

from django.urls import re_path
from wagtail.documents.views.serve import serve

from gazeti.media import views

urlpatterns = [
    re_path(r"^(?P<path>pictures/[0-9a-z]+/[0-9A-Za-z_-]+\.(?:avif|webp))$", views.served_file),
    re_path(r"^(?P<path>desk/[\w-][\w.-]*\.(?:jpg|png|gif|webp|avif))$", views.desk_file),
]
# Wagtail's own pattern and name, without its form for the passwords of private collections.
documents = [re_path(r"^(\d+)/(.*)$", serve, name="wagtaildocs_serve")]
