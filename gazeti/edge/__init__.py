"""The edge knows bytes and tags, never what a story is. Step 1: tags are declared and purges logged; the cache comes later."""

from gazeti.edge.purges import purge
from gazeti.edge.tags import tag, tagged, tags_of, uncached

__all__ = ["purge", "tag", "tagged", "tags_of", "uncached"]
