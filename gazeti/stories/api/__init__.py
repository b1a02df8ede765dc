"""The API's part of stories: the door that every call below /api/ goes through, and the pages.

Apps above (live, comments, record) have routers of their own; `gazeti.config.api` mounts them all.
"""

from gazeti.stories.api.about import about
from gazeti.stories.api.door import Bearer, Door, described_once
from gazeti.stories.api.problems import answer_problems
from gazeti.stories.api.writing import pages

__all__ = ["Bearer", "Door", "about", "answer_problems", "described_once", "pages"]
