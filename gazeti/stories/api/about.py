"""Who calls, which kinds of page there are with their fields, and at which site: Wagtail's own reads.

A site is not written here: the newsroom has one, which follows its address (`follow_address`).
"""

from ninja import Router
from wagtail.api.v3.routers import schema, sites, whoami
from wagtail.api.v3.schemas import SiteSchema

from gazeti.stories.api.door import Bearer

about = Router(tags=["about"], auth=Bearer())

about.get(
    "/whoami/", response=whoami.WhoAmISchema, url_name="whoami", operation_id="whoami", summary="Whose token this is"
)(whoami.whoami)
about.get(
    "/schema/",
    response=schema.ContentTypeListSchema,
    url_name="list_schemas",
    operation_id="schema_list",
    summary="Kinds of page",
)(schema.list_schemas)
about.get(
    "/schema/{type_name}/",
    response=schema.SchemaDetailResponse,
    url_name="get_schema_for_type",
    operation_id="schema_detail",
    summary="The fields of a kind of page",
)(schema.get_schema_for_type)
about.get(
    "/sites/",
    response=list[SiteSchema],
    url_name="list_sites",
    operation_id="sites_list",
    summary="Sites, for administrators",
)(sites.list_sites)
about.get(
    "/sites/{site_id}/",
    response=SiteSchema,
    url_name="detail_site",
    operation_id="sites_detail",
    summary="The site, for administrators",
)(sites.get_site)
