"""Mail to editors of what the clock did or could not do; each letter is sent and tried again by itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gazeti.accounts.actions import keep_letter
from gazeti.accounts.tasks import send_letter
from gazeti.log.models import Failure
from gazeti.stories.actions.timed import RightsEnded
from gazeti.stories.models import Story
from gazeti.stories.queries.due import EMBARGO, EXPIRY, RIGHTS, SCHEDULE, editors_to_tell, told_failures

WHAT_FAILED = {
    SCHEDULE: gettext_lazy("“%(title)s” should have gone out by now, and could not:"),
    EMBARGO: gettext_lazy("The embargo on “%(title)s” is over, and it could not be shown to readers:"),
    EXPIRY: gettext_lazy("“%(title)s” should have been taken back by now, and could not:"),
    RIGHTS: gettext_lazy("The rights in the picture “%(title)s” have ended, and it could not be taken away:"),
}
NOBODY_KNOWS = gettext_lazy("The clock could not find out what is due (%(job)s):")


def tell_of_failure(failure: Failure) -> None:
    """Write to editors what was due, why it is not done, and where to mend it."""
    [told] = told_failures([failure])
    place = "wagtailimages:edit" if told.job == RIGHTS else "wagtailadmin_pages:edit"
    address = _desk(place, told.about) if told.about else f"{settings.GAZETI_ADDRESS}{reverse('wagtailadmin_home')}"
    subject = _("Not done in time: %(title)s") % {"title": told.title or told.job}
    what = WHAT_FAILED.get(told.job, NOBODY_KNOWS) if told.title else NOBODY_KNOWS
    facts = {"what": what % told._asdict(), "sentences": told.sentences, "address": address}
    _write(subject, "stories/mail/failure.txt", facts, now=timezone.now())


def tell_of_rights(ended: RightsEnded, *, now: datetime) -> None:
    """Write to editors which stories lost a picture as its rights ended; nothing if none showed it."""
    if not ended.stories:
        return
    subject = _("No longer shown: the picture “%(title)s”") % {"title": ended.picture.title}
    stories = [{"headline": story.headline, "address": _desk_of(story)} for story in ended.stories]
    facts = {"picture": ended.picture, "stories": stories, "address": _desk("wagtailimages:edit", ended.picture.pk)}
    _write(subject, "stories/mail/rights.txt", facts, now=now)


def _write(subject: str, template: str, facts: Mapping[str, Any], *, now: datetime) -> None:
    body = render_to_string(template, dict(facts))
    for person in editors_to_tell():
        letter = keep_letter(to=person.email, subject=subject, body=body, now=now)
        send_letter.enqueue(letter.pk)


def _desk_of(story: Story) -> str:
    return _desk("wagtailadmin_pages:edit", story.pk)


def _desk(name: str, pk: int) -> str:
    return f"{settings.GAZETI_ADDRESS}{reverse(name, args=[pk])}"
