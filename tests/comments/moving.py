"""Discussions as they look after a while: every state, what was decided and reported; and how they are compared."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from click.testing import Result

from gazeti.accounts.models import Reader
from gazeti.comments.actions.delete import delete_comment
from gazeti.comments.actions.moderate import decide_comment
from gazeti.comments.actions.report import Notice, report_comment
from gazeti.comments.actions.respect import respect_comment
from gazeti.comments.actions.undo import undo_decision
from gazeti.comments.formats import lines
from gazeti.comments.models import Comment, Discussion
from gazeti.comments.queries.all_comments import all_comments
from gazeti.comments.rules import Kind, Reason, State
from gazeti.stories.models import Story
from tests.comments.discussion import make_comment
from tests.newsroom import NOW
from tests.stories.roles import person

Run = Callable[..., Result]
LATER = NOW + timedelta(hours=1)


def moderator_named(name: str = "Grace") -> Any:
    """A moderator of that name."""
    return person("Moderators", name=name, first_name=name, last_name="Otieno")


def decided(comment: Comment, kind: Kind, *, by: Any, **why: Any) -> Any:
    """A moderator has seen all and decides."""
    seen = Comment.objects.get(pk=comment.pk).decisions_made
    fresh = Comment.objects.get(pk=comment.pk)
    return decide_comment(fresh, kind=kind, now=why.pop("now", LATER), seen=seen, by=by, **why)


def lively(story: Story, *, by: Any) -> list[Comment]:
    """A discussion in which everything has happened that can."""
    first = make_comment(story, name="Amina", email="amina@example.org", language="sw")
    reader = Reader.objects.get(email="amina@example.org")
    reply = make_comment(story, reply_to=1, badge="editor", name="The Editor", email="")
    deep = make_comment(story, reply_to=2, reader=reader, name="Amina")
    held = make_comment(story, state=State.HELD, rule="suspect-words", words=["fool", "Fool"])
    spam = make_comment(story, state=State.SPAM, rule="trap-filled")
    gone = make_comment(story, name="Leaves")
    answer = make_comment(story, reply_to=6)
    lonely = make_comment(story)
    report_comment(reply, notice=Notice("abuse", text="It is rude."), mark="a", now=NOW)
    illegal = Notice("illegal", "It names a child.", "Juma", "juma@example.org", in_good_faith=True)
    report_comment(deep, notice=illegal, mark="b", now=NOW)
    respect_comment(first, mark="x", now=NOW)
    decided(first, Kind.PICKED, by=by)
    decided(reply, Kind.KEPT, by=by)
    undone = decided(held, Kind.REJECTED, by=by, reason=Reason.ABUSE, note="Please <b>calm</b> down.")
    undo_decision(undone, now=LATER, by=by)
    decided(deep, Kind.REJECTED, by=by, reason=Reason.PRIVATE)
    delete_comment(Comment.objects.get(pk=gone.pk), now=LATER)
    delete_comment(Comment.objects.get(pk=lonely.pk), now=LATER)
    return [first, reply, deep, held, spam, gone, answer, lonely]


def exported(*, with_emails: bool = True) -> str:
    """The whole file, as the verb writes it."""
    told = [lines.written(one) for one in all_comments(with_emails=with_emails)]
    return "".join([lines.written(lines.header(with_emails=with_emails)), *told, lines.written(lines.end(len(told)))])


def emptied() -> None:
    """Forget every discussion, and who wrote: a newsroom with the same stories where nothing was said."""
    Comment.objects.all().delete()
    Discussion.objects.all().delete()
    Reader.objects.all().delete()


def derived(story: Story) -> list[tuple[Any, ...]]:
    """What no file tells and an import works out: places, counts."""
    names = ("number", "root", "branch", "is_shown", "open_reports", "decisions_made")
    return [*Comment.objects.filter(story=story).order_by("number").values_list(*names)]
