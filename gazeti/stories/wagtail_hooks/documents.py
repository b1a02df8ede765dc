"""The gate before documents."""

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from gazeti.media.queries import works_with
from gazeti.stories.queries import is_document_public


@hooks.register("before_serve_document", order=-100)
def gate_documents(document: AbstractDocument, request: HttpRequest) -> None:
    """Hide a document that no public page shows; who asks matters only then, so a public one is the same for all.

    One in a private collection answers nobody here, where Wagtail would ask for a password.
    """
    if document.collection.get_view_restrictions().exists():
        raise Http404
    if not is_document_public(document) and not works_with(get_document_model(), user=request.user):
        raise Http404
