"""The API of live coverage: reading it, posting into it, running it; by the same actions and rights as the desk."""

from gazeti.live.api import running, writing
from gazeti.live.api.once import answer_refusals
from gazeti.live.api.reading import coverages

__all__ = ["answer_refusals", "coverages", "running", "writing"]
