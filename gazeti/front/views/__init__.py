"""The reader's views: pages of the tree, lists that are none, errors, and two files."""

from gazeti.front.views.bodies import bodies_as_html
from gazeti.front.views.coverages import coverages, coverages_link
from gazeti.front.views.errors import failed, gone, misunderstood, not_found, refused
from gazeti.front.views.filed import FILED
from gazeti.front.views.files import favicon, robots
from gazeti.front.views.framed import framed
from gazeti.front.views.lists import author, recent, search, topic
from gazeti.front.views.pages import page_answer
from gazeti.front.views.tree import tree
from gazeti.front.views.weight import weigh

__all__ = [
    "FILED",
    "author",
    "bodies_as_html",
    "coverages",
    "coverages_link",
    "failed",
    "favicon",
    "framed",
    "gone",
    "misunderstood",
    "not_found",
    "page_answer",
    "recent",
    "refused",
    "robots",
    "search",
    "topic",
    "tree",
    "weigh",
]
