"""Every address of the house that is built (house.md); what no pattern takes is looked for in the tree of pages."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from gazeti.accounts import urls as accounts_urls
from gazeti.comments import urls as comments_urls
from gazeti.config.api import api
from gazeti.edge import health, metrics, uncached
from gazeti.front import urls as front_urls
from gazeti.guard import traps
from gazeti.live import urls as live_urls
from gazeti.media import urls as media_urls
from gazeti.stories import urls as stories_urls

urlpatterns = [
    path("healthz", health.healthz),
    path("metrics", metrics.metrics),
    path("desk/comments/", include(comments_urls.desk)),
    path("desk/live/", include(live_urls.desk)),
    path("desk/", include(accounts_urls)),
    path("account/", include(accounts_urls.readers)),
    path("desk/", include(wagtailadmin_urls)),
    path("api/", api.urls),
    path("documents/", include(media_urls.documents)),
    path("media/", include(media_urls)),
    path("drafts/", include(stories_urls)),
    path(traps.ADDRESS.lstrip("/"), uncached(traps.pit)),
    path("", include(comments_urls)),
    path("", include(live_urls)),
    path("", include(front_urls)),
]
handler400 = "gazeti.front.views.misunderstood"
handler403 = "gazeti.front.views.refused"
handler404 = "gazeti.front.views.not_found"
handler429 = "gazeti.accounts.views.too_many"
handler500 = "gazeti.front.views.failed"
