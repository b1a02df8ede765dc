"""The edge knows bytes and tags, never what a story is.

Views declare by `tag`, `tagged`, `uncached` and `parameter` what their answers depend on; actions `purge` tags in their
transaction; renders share `known` facts. The application that readers meet is in `gazeti.edge.application`.
"""

from gazeti.edge.facts import known
from gazeti.edge.purges import purge
from gazeti.edge.tags import parameter, tag, tagged, tags_of, uncached, whole_query

__all__ = ["known", "parameter", "purge", "tag", "tagged", "tags_of", "uncached", "whole_query"]
