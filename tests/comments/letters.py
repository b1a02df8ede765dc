"""Every letter that comments send, about whatever text it is given; and what stands in the heads of mail."""

from email.message import EmailMessage
from typing import Any

from django.utils import timezone

from gazeti.base.models import Newspaper
from gazeti.comments.actions.following import follow_discussion
from gazeti.comments.actions.moderate import decide_comment
from gazeti.comments.models import Comment
from gazeti.comments.queries.alarms import Backlog
from gazeti.comments.queries.following import Asked, News
from gazeti.comments.rules import Kind, Reason
from gazeti.comments.tasks.alarms import tell_moderators, tell_outcome
from gazeti.comments.tasks.following import ask_to_confirm, tell_follower
from gazeti.stories.models import Story
from tests.accounts.readers import make_reader
from tests.comments.moderators import report

USUAL = {"Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID"}
OF_NEWS = {"List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted"}
KINDS = 4


class Letters:
    """Writes all four kinds about a comment, with a text in place of whatever people type: paper, headline, names."""

    def __init__(self, comment: Comment, *, by: Any) -> None:
        """Report and reject the comment, and follow its story."""
        now = timezone.now()
        self.comment = comment
        self.follow = follow_discussion(make_reader(), story=comment.story_id, now=now)
        notice = {"text": "It is.", "name": "Juma", "email": "juma@example.org", "in_good_faith": True}
        self.notice = report(comment, reason="illegal", now=now, **notice)
        decide_comment(comment, kind=Kind.REJECTED, reason=Reason.ABUSE, now=now, seen=1, by=by)
        self.notice.refresh_from_db()

    def write(self, text: str, *, held: list[Comment]) -> None:
        """Have them sent."""
        now = timezone.now()
        story = self._called(text)
        ask_to_confirm(story, asked=Asked(story.pk, 0, "asker@example.org"), now=now)
        self.follow.story = story
        tell_follower(News(self.follow, 25, [1], 1), now=now)
        for one in held:
            one.story = story
        tell_moderators(Backlog(held, len(held) + 7), now=now)
        self.notice.comment.story = story
        tell_outcome(self.notice, now=now)

    def _called(self, text: str) -> Story:
        paper = Newspaper.load()
        paper.name = text[:60]
        paper.save()
        story = Story.objects.get(pk=self.comment.story_id)
        story.title = text[:255]
        return story


def faults_in(mail: EmailMessage, to: list[str]) -> list[str]:
    """What stands in a mail's head that we did not put there, or twice; parts; an address that nobody meant."""
    fields = [name for name in mail if name not in USUAL | OF_NEWS]
    twice = [name for name in set(mail.keys()) if len(mail.get_all(name)) > 1]
    parts = ["parts"] if mail.is_multipart() or mail.get_content_type() != "text/plain" else []
    addresses = [] if str(mail["To"]) == to[0] and len(to) == 1 else [str(mail["To"])]
    broken = [name for name, value in mail.items() if len(str(value).splitlines()) > 1 or value.defects]
    return [*fields, *twice, *parts, *addresses, *broken]
