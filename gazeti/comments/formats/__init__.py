"""A comment's words: cleaned as they are kept, folded as they are compared, and as the HTML that readers are shown."""

from gazeti.comments.formats.cleaning import cleaned, is_seen
from gazeti.comments.formats.cutting import cut, cut_name
from gazeti.comments.formats.html import comment_html
from gazeti.plain.addresses import links_in
from gazeti.plain.letters import likeness as folded

__all__ = ["cleaned", "comment_html", "cut", "cut_name", "folded", "is_seen", "links_in"]
