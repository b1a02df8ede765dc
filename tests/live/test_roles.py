"""Who may do what in a coverage, by role and by what somebody may know of."""

from typing import Any

import pytest

from gazeti.live.actions import post_update, retract_update
from gazeti.live.models import Coverage, Update
from gazeti.live.queries import rights
from gazeti.stories.models import Story
from tests.live.covering import make_coverage, make_words
from tests.newsroom import NOW, make_draft
from tests.stories.roles import person

pytestmark = pytest.mark.django_db
REPORTERS, EDITORS, MODERATORS, ADMINISTRATORS = "Reporters", "Editors", "Moderators", "Administrators"
ALLOWED = {
    "send in": {REPORTERS, EDITORS, MODERATORS, ADMINISTRATORS},
    "post": {REPORTERS, EDITORS, ADMINISTRATORS},
    "edit another's": {EDITORS, ADMINISTRATORS},
    "retract another's": {EDITORS, ADMINISTRATORS},
    "erase": {EDITORS, ADMINISTRATORS},
    "take up": {EDITORS, ADMINISTRATORS},
    "run": {EDITORS, ADMINISTRATORS},
    "cover what is out": {EDITORS, ADMINISTRATORS},
    "make a story": {REPORTERS, EDITORS, ADMINISTRATORS},
}


def posted(coverage: Coverage, by: Any) -> Update:
    return post_update(coverage.pk, words=make_words(), by=by, now=NOW)


def asked(user: Any, coverage: Coverage, update: Update) -> dict[str, bool]:
    """Every right, as the desk and the API ask for it."""
    story: Story = coverage.story
    return {
        "send in": rights.may_send_in(user, story=story),
        "post": rights.may_post(user, story=story),
        "edit another's": rights.may_edit(user, update=update, story=story),
        "retract another's": rights.may_retract(user, update=update, story=story),
        "erase": rights.may_erase(user, story=story),
        "take up": rights.may_take_up(user, story=story),
        "run": rights.may_run(user, story=story),
        "cover what is out": rights.may_cover(user, story=story),
        "make a story": rights.may_make_story(user, section=story.get_parent().specific),
    }


@pytest.mark.parametrize("role", ["", REPORTERS, EDITORS, MODERATORS, ADMINISTRATORS])
def test_each_role_may_do_its_own_in_a_coverage_that_is_out(role: str) -> None:
    coverage = make_coverage()
    update = posted(coverage, person(EDITORS, name="another"))
    answers = asked(person(role, name="somebody"), coverage, update)
    assert {right for right, may in answers.items() if may} == {right for right in ALLOWED if role in ALLOWED[right]}


def test_whoever_posted_an_update_may_edit_and_retract_it() -> None:
    coverage = make_coverage()
    reporter = person(REPORTERS)
    own = posted(coverage, reporter)
    assert rights.may_edit(reporter, update=own, story=coverage.story)
    assert rights.may_retract(reporter, update=own, story=coverage.story)
    retract_update(coverage.pk, number=own.number, now=NOW, by=reporter)
    nobodys = posted(coverage, None)
    assert not rights.may_edit(reporter, update=nobodys, story=coverage.story)


def test_of_a_draft_that_is_anothers_a_reporter_knows_nothing() -> None:
    owner, other, editor = person(REPORTERS, name="owner"), person(REPORTERS, name="other"), person(EDITORS)
    draft = make_draft()
    Story.objects.filter(pk=draft.pk).update(owner=owner)
    draft.refresh_from_db()
    for ask in (rights.may_send_in, rights.may_post, rights.may_cover):
        assert [ask(user, story=draft) for user in (owner, other, editor)] == [True, False, True]


def test_somebody_whose_account_ended_may_do_nothing() -> None:
    coverage = make_coverage()
    editor = person(EDITORS, is_active=False)
    update = posted(coverage, editor)
    assert not any(asked(editor, coverage, update).values())
