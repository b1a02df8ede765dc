"""The abstract page, the information page, the newspaper's settings and the slots."""

from gazeti.base.models.newspaper import Newspaper
from gazeti.base.models.pages import InformationPage, ReaderPage, address_of, refuse_reserved
from gazeti.base.models.slots import bodies_as_html, fill, filled, framed_answer, page_answer

__all__ = [
    "InformationPage",
    "Newspaper",
    "ReaderPage",
    "address_of",
    "bodies_as_html",
    "fill",
    "filled",
    "framed_answer",
    "page_answer",
    "refuse_reserved",
]
