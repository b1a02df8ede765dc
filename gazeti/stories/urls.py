"""Below /drafts/: what a link to a draft opens, for whoever has it."""

from django.urls import re_path

from gazeti.stories.views import share

TOKEN = r"(?P<token>[\w-]{20,64})"  # noqa: S105 (a pattern)

urlpatterns = [
    re_path(rf"^{TOKEN}/$", share.shared_draft, name="shared_draft"),
    re_path(
        rf"^{TOKEN}/media/(?P<path>pictures/[0-9a-z]+/[0-9A-Za-z_-]+\.(?:avif|webp))$",
        share.shared_picture,
        name="shared_picture",
    ),
]
