"""Overrides: an editor's written reason to let a story out although a rule blocks it, and taking that back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log as note_in_history

from gazeti import log
from gazeti.accounts.models import User
from gazeti.stories.actions.publish import STREAM
from gazeti.stories.models import Override, Story
from gazeti.stories.queries.preflight import preflight_of
from gazeti.stories.rules import OVERRIDABLE, reason_faults

OVERRIDDEN, TAKEN_BACK = "overridden", "override-taken-back"
HISTORY = {OVERRIDDEN: "gazeti.override", TAKEN_BACK: "gazeti.override_taken_back"}
"""Under which names the page's history knows both."""


@transaction.atomic
def overrule(story: Story, *, rule: str, reason: str, now: datetime, about: str = "", by: User | None) -> Override:
    """Let a story's latest version pass one rule about one thing, for a written reason.

    Raises ValidationError with a sentence for a rule that no editor may override, for what blocks nothing now, and for
    a reason that says too little.
    """
    reason = " ".join(reason.split())
    faults = reason_faults(reason)
    if faults:
        raise ValidationError({"reason": faults})
    _refuse_what_blocks_nothing(story, rule=rule, about=about, now=now)
    override = Override.objects.create(story=story, rule=rule, about=about, reason=reason, by=by, at=now)
    _record(override, kind=OVERRIDDEN, by=by)
    return override


@transaction.atomic
def take_back_override(override: Override, *, by: User | None) -> None:
    """Let the rule block again. What is out stays out until it is published again."""
    _record(override, kind=TAKEN_BACK, by=by)
    override.delete()


def _refuse_what_blocks_nothing(story: Story, *, rule: str, about: str, now: datetime) -> None:
    if rule not in OVERRIDABLE:
        raise ValidationError({"rule": _("No editor may override “%(rule)s”. Mend the story.") % {"rule": rule}})
    blocks = preflight_of(story.get_latest_revision_as_object(), now=now).blocks
    if (rule, about) not in {(finding.rule, finding.about) for finding in blocks}:
        raise ValidationError({"rule": _("Nothing blocks the story under this name now. Look at the list again.")})


def _record(override: Override, *, kind: str, by: User | None) -> None:
    told = {"rule": override.rule, "about": override.about}
    log.append(STREAM, kind, {"story": override.story_id, **told, "override": override.pk})
    note_in_history(override.story, HISTORY[kind], user=by, data={**told, "reason": override.reason})
