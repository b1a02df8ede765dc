"""A preview is what readers will get, and says what that weighs."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gazeti.accounts.models import User
from gazeti.base.models import fill, filled
from gazeti.front.views import weigh
from gazeti.live.actions import cover, move_to, post_update
from gazeti.live.rules import Kind
from gazeti.stories.actions import publish_story
from gazeti.stories.models import Story
from tests.front.conftest import make_picture
from tests.front.wire import fetch, weight
from tests.live.covering import make_words
from tests.media.pictures import keep
from tests.newsroom import NOW, make_draft, make_section, make_story
from tests.stories.calling import somebody

pytestmark = pytest.mark.django_db
AT_THE_DESK = ("content-security-policy", "cache-control", "x-frame-options", "vary")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(somebody("Editors"))
    return client


def previewed(client: Client, story: Story) -> HttpResponse:
    return client.get(reverse("wagtailadmin_pages:view_draft", args=[story.pk]))


def pictured() -> Story:
    """A draft with a lead and two pictures in its body, one of them twice."""
    lead, first, second = (make_picture(f"one-{number}", f"#{number}67", (1300, 867)) for number in (1, 2, 3))
    words = {"alt": "", "decorative": False, "caption": ""}
    gallery = [{"picture": first, **words}, {"picture": second, **words}]
    return make_draft(lead_picture=lead, body=[("text", "<p>A</p>"), ("picture", gallery[0]), ("gallery", gallery)])


@pytest.mark.parametrize("make", [make_draft, pictured])
def test_a_preview_is_to_the_byte_what_readers_get(editor: Client, make: Any) -> None:
    draft = make()
    make_story()
    before = previewed(editor, draft)
    after = Client().get(publish_story(draft, now=NOW).address)
    assert (before.status_code, after.status_code) == (200, 200)
    assert before.content == after.content
    kept = {name: value for name, value in after.headers.items() if name.lower() not in AT_THE_DESK}
    assert kept.items() <= before.headers.items()


def test_a_preview_of_what_is_covered_live_is_what_readers_get_too(editor: Client) -> None:
    draft = make_draft()
    move_to(cover(draft).pk, kind=Kind.RESUME, now=NOW)
    post_update(draft.pk, words=make_words("Two boats crossed."), by=None, now=NOW)
    before = previewed(editor, draft)
    after = Client().get(publish_story(draft, now=NOW).address)
    assert b"Two boats crossed." in after.content
    assert before.content == after.content


def test_a_preview_may_be_framed_by_the_desk_alone_and_is_kept_by_nobody(editor: Client) -> None:
    answer = previewed(editor, make_draft())
    assert "no-store" in answer["Cache-Control"]
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in Client().get(make_story().address)["Content-Security-Policy"]


@pytest.mark.parametrize("make", [make_draft, pictured])
def test_the_weight_told_before_is_the_weight_on_the_wire_after(make: Any) -> None:
    draft = make()
    told = weigh(draft)
    assert told.first_view == weight(fetch(Client(), publish_story(draft, now=NOW).address))


def test_a_story_without_its_date_is_weighed_with_one(db: None) -> None:
    draft = make_draft(published_at=None)
    told = weigh(draft)
    assert draft.published_at is None
    story = publish_story(draft, now=NOW)
    assert told.first_view == pytest.approx(weight(fetch(Client(), story.address)), abs=8)


def test_pictures_weigh_what_a_phone_takes_of_each_once(db: None) -> None:
    draft, other = pictured(), make_story(lead_picture=make_picture("other"))
    pictures = [draft.lead_picture, *(block.value["picture"] for block in draft.body if block.block_type == "picture")]
    pictures += [one["picture"] for block in draft.body if block.block_type == "gallery" for one in block.value]
    phone = {
        picture.renditions_in("avif")[0]["path"]: picture.renditions_in("avif")[0]["bytes"] for picture in pictures
    }
    assert len(phone) == 3
    assert weigh(draft).pictures == sum(phone.values()) > 0
    assert other.lead_picture.thumbnail["url"] in Client().get("/recent/").content.decode()


def test_weighing_costs_few_queries(db: None, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    draft = pictured()
    for _number in range(20):
        make_story()
    weigh(draft)
    with django_assert_max_num_queries(13):
        weigh(draft)


def test_the_desk_tells_the_weight_in_words(editor: Client) -> None:
    draft = make_draft()
    page = editor.get(f"/desk/stories/{draft.pk}/weight/")
    assert page.status_code == 200
    told = re.search(r"First view ([\d,]+) bytes, pictures 0 B\.", page.content.decode())
    assert told
    assert int(told.group(1).replace(",", "")) == weigh(draft).first_view
    assert "over 14,000 bytes" not in page.content.decode()
    assert editor.get(f"/desk/stories/{draft.pk}/weight/?typed").json() == {"lines": [told.group(0)], "over": False}


def test_a_first_view_over_its_budget_is_told_in_words(editor: Client) -> None:
    words = " ".join(f"{number * 7919:x}{number * 104729:x}" for number in range(2500))
    draft = make_draft(body=[("text", f"<p>{words}</p>")])
    answer = editor.get(f"/desk/stories/{draft.pk}/weight/?typed").json()
    assert answer["over"]
    assert "over 14,000 bytes" in answer["lines"][1]
    assert "over 14,000 bytes" in editor.get(f"/desk/stories/{draft.pk}/weight/").content.decode()


def test_pictures_that_are_still_being_made_are_told_of(editor: Client) -> None:
    draft = make_draft(lead_picture=keep())
    lines = editor.get(f"/desk/stories/{draft.pk}/weight/?typed").json()["lines"]
    assert "still being prepared" in lines[1]


def test_the_weight_follows_what_is_typed_into_the_preview(editor: Client) -> None:
    draft = make_draft()
    told, line = f"/desk/stories/{draft.pk}/weight/", draft.bylines.get()
    saved = editor.get(f"{told}?typed").json()["lines"]
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).context["form"]
    typed = {name: value for name, value in form.initial.items() if isinstance(value, str)}
    typed |= {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    typed |= {"bylines-TOTAL_FORMS": "1", "bylines-INITIAL_FORMS": "1", "bylines-0-id": str(line.pk)}
    typed |= {"bylines-0-author": str(line.author_id), "bylines-0-ORDER": "1"}
    seen = [saved]
    for change in ({}, {"title": "A headline that is a good deal longer than before"}, {"bylines-0-DELETE": "on"}):
        kept = editor.post(reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk]), typed | change)
        assert kept.json()["is_valid"]
        seen.append(editor.get(f"{told}?typed").json()["lines"])
    assert len({lines[0] for lines in seen}) == 4
    assert saved[0] in editor.get(told).content.decode()


def test_the_editor_has_the_line_beside_the_preview(editor: Client) -> None:
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[make_draft().pk])).content.decode()
    assert "data-story-weight" in html
    assert "gazeti/js/desk-preview.js" in html
    new = reverse("wagtailadmin_pages:add", args=["gazeti_stories", "story", make_section().pk])
    assert "data-story-weight" in editor.get(new).content.decode()


def test_a_new_story_is_previewed_with_no_other_as_its_translation(editor: Client) -> None:
    make_story()
    section = make_section()
    address = reverse("wagtailadmin_pages:preview_on_add", args=["gazeti_stories", "story", section.pk])
    typed = {"title": "New", "language": "en", "kind": "news", "body-count": "0"}
    typed |= {f"{part}-{name}": "0" for part in ("bylines", "comments") for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    assert editor.post(address, typed).json()["is_valid"]
    assert "Read this in" not in editor.get(address).content.decode()


@pytest.mark.parametrize("asked", ["", "?typed"])
def test_only_who_may_edit_a_story_is_told_its_weight(client: Client, asked: str) -> None:
    draft, reporter = make_draft(), somebody("Reporters")
    Story.objects.filter(pk=draft.pk).update(owner=reporter)
    address = f"/desk/stories/{draft.pk}/weight/{asked}"
    assert client.get(address).status_code == 302
    for role, status in (("Moderators", 404), ("Reporters", 404), ("Editors", 200)):
        client.force_login(somebody(role))
        assert client.get(address).status_code == status, role
    client.force_login(reporter)
    assert client.get(address).status_code == 200
    for wrong, status in ((make_section().pk, 302), (999_999, 404)):
        assert client.get(f"/desk/stories/{wrong}/weight/{asked}").status_code == status
    client.force_login(User.objects.create_superuser(email="chief@example.org", password=None))
    assert client.get(f"/desk/stories/{make_section().pk}/weight/{asked}").status_code == 404


def test_the_weight_is_a_slot_that_the_front_fills(monkeypatch: pytest.MonkeyPatch) -> None:
    assert filled("weight") == [weigh]
    fill("weight", "front", weigh)
    assert len(filled("weight")) == 1
