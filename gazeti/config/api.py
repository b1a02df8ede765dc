"""The API at /api/: which router stands where. Who may call is decided by `Door`, what they may do by their role.

An app above `stories` mounts its router here too; its operations take `auth=Bearer()` (docs/contracts/api.md).
"""

from ninja import NinjaAPI

from gazeti.comments.api import comments, moderation
from gazeti.live.api import answer_refusals, coverages
from gazeti.stories.api import about, answer_problems, described_once, pages

api = NinjaAPI(
    title="Gazeti",
    version="1",
    description="Pages of the newsroom, live coverage, and what readers say: read through the gate, written by role.",
    urls_namespace="wagtailapi_v3",  # Wagtail's schemas look their addresses up by this name
    openapi_url="/openapi.json",
    docs_decorator=described_once,
    docs_url=None,  # its page would load scripts from a third party
)
answer_problems(api)
answer_refusals(api)
api.add_router("/pages/", pages)
api.add_router("/comments/", comments)
api.add_router("/moderation/", moderation)
api.add_router("/coverages/", coverages)
api.add_router("/", about)
