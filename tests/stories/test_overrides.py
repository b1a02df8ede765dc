"""Overrides: an editor lets one rule pass about one thing, says why, and everybody can read it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from gazeti import log
from gazeti.media.models import Picture
from gazeti.stories.actions import overrule, publish_story, take_back_override
from gazeti.stories.models import Override, Story
from gazeti.stories.queries.overrides import overrides_for
from gazeti.stories.rules import OVERRIDABLE
from gazeti.stories.views.overrides import ON_A_PAGE, WHAT
from tests.newsroom import NOW, make_draft, make_section
from tests.stories.roles import person, signed_in

pytestmark = pytest.mark.django_db
WHY = "A notice of one line needs none"
REPORT = "/desk/reports/overrides/"


@pytest.fixture
def room(picture: Picture) -> SimpleNamespace:
    """An editor, a reporter with a draft that three rules block, and who has no say."""
    Picture.objects.filter(pk=picture.pk).update(credit="")
    people = {name: person(role, name=name) for name, role in (("amina", "Reporters"), ("grace", "Editors"))}
    section = make_section()
    draft = make_draft(section, standfirst="", authors=[], lead_picture=picture, by=people["amina"])
    return SimpleNamespace(**people, section=section, draft=draft, picture=picture, about=f"picture:{picture.pk}")


def address(story: Story) -> str:
    return f"/desk/stories/{story.pk}/overrides/"


def post(user: Any, story: Story, **facts: str) -> Any:
    return signed_in(user).post(address(story), {"rule": "standfirst", "about": "", "reason": WHY, **facts})


def kinds() -> list[str]:
    return [entry.kind for entry in log.read(stream="stories")]


@pytest.mark.database
def test_a_story_whose_blocks_are_overridden_goes_out_and_the_log_and_the_history_tell_why(
    room: SimpleNamespace,
) -> None:
    story = make_draft(room.section, standfirst="", lead_picture=room.picture)
    assert post(room.grace, story).status_code == 302
    assert post(room.grace, story, rule="credit", about=room.about).status_code == 302
    assert publish_story(story, now=NOW).live
    first, second = Override.objects.order_by("pk")
    assert (first.rule, first.about, first.reason, first.by) == ("standfirst", "", WHY, room.grace)
    assert [entry.data for entry in log.read(stream="stories") if entry.kind == "overridden"] == [
        {"story": story.pk, "rule": "standfirst", "about": "", "override": first.pk},
        {"story": story.pk, "rule": "credit", "about": room.about, "override": second.pk},
    ]
    history = signed_in(room.grace).get(f"/desk/pages/{story.pk}/history/").content.decode()
    assert f"“standfirst” is overridden: {WHY}" in history


def test_the_page_tells_what_must_be_mended_what_may_be_overridden_and_what_was(room: SimpleNamespace) -> None:
    post(room.grace, room.draft)
    html = signed_in(room.grace).get(address(room.draft)).content.decode()
    must, rest = html.split("<h2>Must be mended</h2>")[1].split("<h2>May be overridden</h2>")
    may, overridden = rest.split("<h2>Overridden</h2>")
    assert "The byline is missing." in must
    assert "has no credit" in may
    assert f'value="{room.about}"' in may
    assert "standfirst" not in may
    assert WHY in overridden
    assert "grace@paper.example" in overridden or "Grace" in overridden


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"reason": "why not"}, "at least 3 words"),
        ({"reason": "\u3164 \u3164 \u3164"}, "at least 3 words"),
        ({"reason": "word " * 61}, "at most 300 fit"),
        ({"rule": "byline"}, "No editor may override “byline”"),
        ({"rule": "long_headline"}, "No editor may override “long_headline”"),
        ({"rule": "nonsense"}, "No editor may override “nonsense”"),
        ({"rule": "alt"}, "Nothing blocks the story under this name"),
        ({"rule": "credit", "about": "picture:999"}, "Nothing blocks the story under this name"),
        ({"rule": "credit", "about": ""}, "Nothing blocks the story under this name"),
        ({"about": "x" * 500}, "Nothing blocks the story under this name"),
    ],
)
def test_what_makes_no_override_is_refused_with_a_sentence_and_nothing_typed_is_lost(
    room: SimpleNamespace, facts: dict[str, str], sentence: str
) -> None:
    answer = post(room.grace, room.draft, **facts)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert not Override.objects.exists()
    assert "overridden" not in kinds()
    assert facts.get("reason", WHY).strip() in html


def test_an_override_is_for_what_it_says_and_no_second_time(room: SimpleNamespace) -> None:
    assert post(room.grace, room.draft).status_code == 302
    assert post(room.grace, room.draft).status_code == 422
    assert Override.objects.count() == 1


def test_taken_back_the_rule_blocks_again_and_what_is_out_stays(room: SimpleNamespace) -> None:
    story = make_draft(room.section, standfirst="")
    override = overrule(story, rule="standfirst", reason=WHY, now=NOW, by=room.grace)
    publish_story(story, now=NOW)
    answer = signed_in(room.grace).post(f"{address(story)}{override.pk}/take-back/", follow=True)
    assert "Taken back" in answer.content.decode()
    assert not Override.objects.exists()
    assert Story.objects.get(pk=story.pk).live
    assert kinds()[-1] == "override-taken-back"
    assert PageLogEntry.objects.filter(action="gazeti.override_taken_back", data__reason=WHY).exists()
    with pytest.raises(ValidationError, match="standfirst is missing"):
        publish_story(Story.objects.get(pk=story.pk), now=NOW)


def test_a_reason_is_kept_in_one_line(room: SimpleNamespace) -> None:
    override = overrule(room.draft, rule="standfirst", reason=f"  {WHY}\n\n", now=NOW, by=None)
    assert override.reason == WHY
    take_back_override(override, by=None)


@pytest.mark.parametrize("role", ["", "Reporters", "Moderators"])
def test_nobody_else_overrides_takes_back_or_reads_the_list(room: SimpleNamespace, role: str) -> None:
    override = overrule(room.draft, rule="credit", about=room.about, reason=WHY, now=NOW, by=room.grace)
    user = room.amina if role == "Reporters" else person(role, name="else")
    client = signed_in(user)
    for answer in (
        client.get(address(room.draft)),
        client.post(address(room.draft), {"rule": "standfirst", "reason": WHY}),
        client.post(f"{address(room.draft)}{override.pk}/take-back/"),
        client.get(REPORT),
    ):
        assert answer.status_code in (302, 403, 404)
        assert WHY not in answer.content.decode()
    assert list(Override.objects.all()) == [override]
    assert not overrides_for(user).exists()


def test_somebody_who_is_not_signed_in_is_led_to_the_door(room: SimpleNamespace, client: Client) -> None:
    override = overrule(room.draft, rule="credit", about=room.about, reason=WHY, now=NOW, by=room.grace)
    places = (address(room.draft), f"{address(room.draft)}{override.pk}/take-back/", REPORT)
    for place in places:
        assert client.get(place)["Location"].startswith("/desk/login/")
        assert client.post(place, {"rule": "standfirst", "reason": WHY})["Location"].startswith("/desk/login/")
    assert Override.objects.count() == 1


def test_another_page_or_another_storys_override_is_not_found(room: SimpleNamespace) -> None:
    other = make_draft(room.section)
    override = overrule(room.draft, rule="standfirst", reason=WHY, now=NOW, by=room.grace)
    client = signed_in(room.grace)
    assert client.get(f"/desk/stories/{room.section.pk}/overrides/").status_code == 404
    assert client.get("/desk/stories/999999/overrides/").status_code == 404
    assert client.post(f"{address(other)}{override.pk}/take-back/").status_code == 404
    assert client.get(f"{address(room.draft)}{override.pk}/take-back/").status_code == 405
    assert client.post(REPORT).status_code == 405
    assert Override.objects.count() == 1


def test_an_alias_is_overridden_at_its_story(room: SimpleNamespace) -> None:
    story = publish_story(make_draft(room.section), now=NOW)
    mirror = story.create_alias(update_slug="mirror")
    assert signed_in(room.grace).get(address(mirror)).status_code == 404


def test_a_story_without_a_fault_says_so(room: SimpleNamespace) -> None:
    html = signed_in(room.grace).get(address(make_draft(room.section))).content.decode()
    assert "Nothing blocks this story that an editor could override." in html
    assert "No rule is overridden for this story." in html
    assert "Must be mended" not in html


def test_every_rule_that_may_be_overridden_has_its_words() -> None:
    assert set(WHAT) == OVERRIDABLE


def test_all_overrides_are_listed_in_few_queries_a_page_at_a_time(
    room: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(room.grace)
    assert "No rule is overridden for any story." in client.get(REPORT).content.decode()
    overrule(room.draft, rule="credit", about=room.about, reason="The county hands it out", now=NOW, by=room.grace)
    for number in range(ON_A_PAGE):
        story = make_draft(room.section, headline=f"Story {number}.", standfirst="")
        at = NOW + timedelta(seconds=number + 1)
        Override.objects.create(story=story, rule="standfirst", reason=WHY, by=room.grace, at=at)
    with django_assert_max_num_queries(40):
        first = client.get(REPORT).content.decode()
    second = client.get(f"{REPORT}?p=2").content.decode()
    assert first.count(WHY) == ON_A_PAGE
    assert first.index("Story 49.") < first.index("Story 0.")
    assert 'rel="next"' in first
    assert f"A picture without a credit “{room.picture.title}”" in " ".join(second.split())
    assert "The county hands it out" in second
    assert REPORT in client.get("/desk/").content.decode()


def test_what_an_editor_may_not_publish_is_in_no_list_of_theirs(room: SimpleNamespace) -> None:
    overrule(room.draft, rule="standfirst", reason=WHY, now=timezone.now(), by=room.grace)
    assert overrides_for(room.grace).count() == 1
    assert overrides_for(person("Moderators")).count() == 0
