"""The edge knows bytes and tags, never what a story is.

For now tags are declared and purges logged; the cache that heeds them comes with a later step.
"""

from gazeti.edge.purges import purge
from gazeti.edge.tags import tag, tagged, tags_of, uncached

__all__ = ["purge", "tag", "tagged", "tags_of", "uncached"]
