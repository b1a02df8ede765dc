"""The edge knows bytes and tags, never what a story is.

Views say what answers depend on by `tagged`, `uncached`, `kept_with`, `tag`, `parameter`; actions `purge` in their
transaction; renders share `known` facts. The application that readers meet is in `gazeti.edge.application`.
"""

from gazeti.edge.facts import known
from gazeti.edge.purges import purge
from gazeti.edge.tags import Absent, kept_with, parameter, tag, tagged, tags_of, uncached, whole_query

__all__ = ["Absent", "kept_with", "known", "parameter", "purge", "tag", "tagged", "tags_of", "uncached", "whole_query"]
