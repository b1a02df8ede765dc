"""What the API offers of a story: what may be written, and what is only told."""

from wagtail.api import APIField

WRITTEN = (
    "short_headline",
    "standfirst",
    "kind",
    "language",
    "bylines",
    "credit",
    "dateline",
    "topics",
    "translation_of",
    "lead_picture",
    "lead_alt",
    "lead_decorative",
    "lead_caption",
    "body",
    "sources",
    "method_note",
    "published_at",
    "day_only",
    "embargo_until",
    "updated_at",
    "updated_reason",
)
TOLD = ("author_names", "topic_names", "withdrawn_at", "withdrawn_note")
STORY = [*(APIField(name, writable=True) for name in WRITTEN), *(APIField(name) for name in TOLD)]
BYLINE = [APIField("author", writable=True)]
