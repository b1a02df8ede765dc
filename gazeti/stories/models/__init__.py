"""Front, Section, Story; the authors and topics they name."""

from gazeti.stories.models.beside import Override, Shown, ShownDocument
from gazeti.stories.models.front import Front, FrontSlot
from gazeti.stories.models.names import Author, Topic
from gazeti.stories.models.review import EditorReview
from gazeti.stories.models.section import Section
from gazeti.stories.models.shared import SharedDraft
from gazeti.stories.models.story import BylineAuthor, Story

__all__ = [
    "Author",
    "BylineAuthor",
    "EditorReview",
    "Front",
    "FrontSlot",
    "Override",
    "Section",
    "SharedDraft",
    "Shown",
    "ShownDocument",
    "Story",
    "Topic",
]
