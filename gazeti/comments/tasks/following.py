"""Mail to whoever follows a discussion: links alone, so that what is taken back lies in nobody's mailbox."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from gazeti.accounts.actions import keep_letter
from gazeti.accounts.tasks import send_letter
from gazeti.base.models import Newspaper
from gazeti.comments.queries.following import Asked, News, begin_link, end_link
from gazeti.stories.models import Story


def ask_to_confirm(story: Story, *, asked: Asked, now: datetime) -> None:
    """Write to an address that was typed: only who has the mail can begin to follow."""
    with override(settings.GAZETI_LANGUAGE):
        facts = {"story": story, "link": begin_link(asked), "newspaper": Newspaper.load().name}
        subject = _("Follow “%(story)s”?") % {"story": story.title}
        body = render_to_string("comments/mail/confirm.txt", facts)
    send_letter.enqueue(keep_letter(to=asked.email, subject=subject, body=body, now=now).pk)


def tell_follower(news: News, *, now: datetime) -> None:
    """Write what is new, with the link that ends it where mail programs look for one (RFC 2369, RFC 8058)."""
    follow, link = news.follow, end_link(news.follow)
    story = follow.story
    with override(settings.GAZETI_LANGUAGE):
        words = ngettext("A new comment: %(story)s", "%(number)d new comments: %(story)s", news.total)
        subject = words % {"number": news.total, "story": story.title}
        facts = {
            "story": story,
            "addresses": [f"{story.full_address}comments/{number}/" for number in news.numbers],
            "more": news.total - len(news.numbers),
            "all": f"{story.full_address}comments/",
            "link": link,
            "newspaper": Newspaper.load().name,
        }
        body = render_to_string("comments/mail/news.txt", facts)
    headers = {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    letter = keep_letter(to=follow.reader.email, subject=subject, body=body, headers=headers, now=now)
    send_letter.enqueue(letter.pk)
