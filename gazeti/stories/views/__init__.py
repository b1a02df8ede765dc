"""The desk's own views of stories, and the layer through which it writes."""

from gazeti.stories.views.reach import Reach
from gazeti.stories.views.whole import WholeWrites

__all__ = ["Reach", "WholeWrites"]
