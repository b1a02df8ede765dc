"""The live desk's screen: post, change, take back, pin, summary, states, inbox; all of it without JavaScript."""

import pytest
from django.test import Client

from gazeti import log
from gazeti.live.actions import post_update
from gazeti.live.models import Coverage, Update, Wording
from gazeti.live.queries.updates import shown_updates
from gazeti.live.rules import Words, stream_of
from gazeti.media.models import Picture
from gazeti.stories.formats import raw_body
from tests.live.covering import make_coverage
from tests.live.reporters import page_of, photograph, post, reporter, screen_of, send, typed_in
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return reporter()


def html_of(coverage: Coverage) -> list[str]:
    """What readers get of the updates, the first first."""
    return [one.html.strip() for one in shown_updates(list(coverage.updates.order_by("number")))[0]]


def test_what_is_typed_is_posted_with_its_links_and_emphasis(client: Client, coverage: Coverage) -> None:
    text = "It *opened* at noon.\r\nSee https://example.org/bridge?a=1&b=2.\r\n\r\n<script>alert(1)</script>"
    answer = post(client, coverage, text, heading="Open", is_key="on", key="k1")
    assert (answer.status_code, answer["Location"]) == (303, screen_of(coverage))
    update = Update.objects.get()
    words = Wording.objects.get()
    assert (words.heading, words.is_key, update.key, update.by.email) == ("Open", True, "k1", "zawadi@paper.example")
    (html,) = html_of(coverage)
    assert "<em>opened</em>" in html or "<i>opened</i>" in html
    assert 'href="https://example.org/bridge?a=1&amp;b=2"' in html
    assert "<script" not in html
    assert "Posted." in page_of(client.get(screen_of(coverage))).get_text()


def test_a_picture_comes_with_its_words(client: Client, coverage: Coverage) -> None:
    facts = {"picture": photograph(), "alt": "Traders on the bridge", "credit": "Zawadi Otieno"}
    answer = post(client, coverage, **facts)
    assert answer.status_code == 303, page_of(answer).get_text()
    picture = Picture.objects.get()
    assert (picture.credit, picture.description) == ("Zawadi Otieno", "Traders on the bridge")
    assert not picture.is_pending
    assert 'alt="Traders on the bridge"' in html_of(coverage)[0]


def test_the_same_form_sent_twice_posts_once(client: Client, coverage: Coverage) -> None:
    facts = {"alt": "Traders on the bridge", "credit": "Zawadi Otieno", "key": "k2"}
    for _time in range(2):
        assert post(client, coverage, picture=photograph(), **facts).status_code == 303
    assert (Update.objects.count(), Picture.objects.count()) == (1, 1)
    assert log.head(stream_of(coverage.pk)) == 2


def test_a_script_is_told_the_number_once_and_again(client: Client, coverage: Coverage) -> None:
    first, second = (send(client, coverage, key="k3") for _time in range(2))
    assert [(one.status_code, one.json()) for one in (first, second)] == [(201, {"number": 2})] * 2
    other = send(client, coverage, "Other words.", key="k3")
    assert other.status_code == 409
    assert (other.json()["number"], "first sent" in other.json()["detail"]) == (2, True)
    assert Update.objects.count() == 1


def test_what_is_not_ready_is_refused_at_its_field_with_all_that_was_typed(client: Client, coverage: Coverage) -> None:
    answer = post(client, coverage, "The bridge.", heading="Open", picture=photograph(), is_key="on", key="k4")
    assert answer.status_code == 422
    page = page_of(answer)
    assert "Say in words what the picture shows" in page.select_one("#alt-wrong").get_text()
    assert "Say who made the picture" in page.select_one("#credit-wrong").get_text()
    typed = typed_in(page)
    assert (typed["text"], typed["heading"], typed["is_key"], typed["key"]) == ("The bridge.", "Open", "on", "k4")
    assert not Update.objects.exists()
    assert not Picture.objects.exists()


def test_a_picture_whose_words_are_refused_need_not_be_sent_again(client: Client, coverage: Coverage) -> None:
    facts = {"picture": photograph("bridge.jpg"), "alt": "bridge.jpg", "credit": "Zawadi Otieno", "key": "k5"}
    answer = post(client, coverage, "The bridge.", **facts)
    assert answer.status_code == 422
    page = page_of(answer)
    assert "is a file's name" in page.select_one("#alt-wrong").get_text()
    again = {**typed_in(page), "alt": "Traders cross a new bridge"}
    assert again["kept"] == str(Picture.objects.get().pk)
    assert client.post(f"{screen_of(coverage)}updates/", again).status_code == 303
    assert 'alt="Traders cross a new bridge"' in html_of(coverage)[0]
    told = send(client, coverage, "Another.", **{**facts, "picture": photograph(), "key": "k6"})
    assert told.status_code == 422
    assert (list(told.json()["errors"]), told.json()["kept"]) == (["alt"], Picture.objects.get().pk)


def test_nothing_typed_is_nothing_posted(client: Client, coverage: Coverage) -> None:
    answer = send(client, coverage, " \u200b ", heading="")
    assert answer.status_code == 422
    assert "There is nothing to be read" in answer.json()["errors"]["text"][0]
    assert send(client, coverage, "A.", author="Nobody Here").json()["errors"].keys() == {"author"}
    assert not Update.objects.exists()


def test_what_is_no_picture_is_refused_in_a_sentence(client: Client, coverage: Coverage) -> None:
    broken = photograph()
    broken.file.seek(0)
    broken.file.truncate(400)
    broken.size = 400
    answer = send(client, coverage, picture=broken, alt="Traders", credit="Zawadi")
    assert answer.status_code == 422
    assert "cannot be read to its end" in answer.json()["errors"]["picture"][0]


def test_a_coverage_that_is_not_open_takes_nothing_and_loses_nothing(client: Client) -> None:
    coverage = make_coverage(is_open=False)
    answer = post(client, coverage, "Too early.")
    assert answer.status_code == 409
    assert typed_in(page_of(answer))["text"] == "Too early."
    assert "has not begun" in page_of(answer).select_one("[role=alert]").get_text()
    assert send(client, coverage, "Too early.").status_code == 409


def test_an_update_is_changed_with_a_correction(client: Client, coverage: Coverage) -> None:
    text = "It *opened* on Monday.\n\nAll cheered."
    post(client, coverage, text, heading="Open", is_key="on")
    (update,) = coverage.updates.all()
    address = f"{screen_of(coverage)}updates/{update.number}/"
    typed = typed_in(page_of(client.get(address)))
    assert (typed["text"], typed["heading"], typed["is_key"]) == (text, "Open", "on")
    changed = {**typed, "text": "It opened on Tuesday.", "correction": "It was Tuesday."}
    assert client.post(address, changed).status_code == 303
    assert client.post(address, changed, headers={"accept": "application/json"}).status_code == 200
    assert html_of(coverage) == ["<p>It opened on Tuesday.</p>"]
    assert Wording.objects.latest("number").correction == "It was Tuesday."
    assert log.head(stream_of(coverage.pk)) == 3


def test_who_changes_what_somebody_else_changed_sees_both(client: Client, coverage: Coverage) -> None:
    post(client, coverage, "One.")
    (update,) = coverage.updates.all()
    address = f"{screen_of(coverage)}updates/{update.number}/"
    mine = typed_in(page_of(client.get(address)))
    reporter("amina", role="Editors").post(address, {**mine, "text": "Two."})
    answer = client.post(address, {**mine, "text": "Three."})
    assert answer.status_code == 409
    page = page_of(answer)
    assert typed_in(page)["text"] == "Three."
    assert "Two." in page.get_text()
    assert client.post(address, typed_in(page)).status_code == 303
    assert html_of(coverage) == ["<p>Three.</p>"]


def test_the_quick_form_loses_no_block_that_it_cannot_show(coverage: Coverage) -> None:
    editor = reporter("amina", role="Editors")
    quotation = {"text": "It is ours.", "speaker": "Musa Ali", "role": "Trader"}
    words = Words(body=raw_body([("text", "<p>One.</p>"), ("quotation", quotation), ("text", "<p>Last.</p>")]))
    update = post_update(coverage.pk, words=words, by=None, now=NOW)
    address = f"{screen_of(coverage)}updates/{update.number}/"
    page = page_of(editor.get(address))
    assert "2 blocks besides" in page.get_text()
    editor.post(address, {**typed_in(page), "text": ""})
    editor.post(address, {**typed_in(page_of(editor.get(address))), "text": "Two."})
    kept = Wording.objects.latest("number").body.get_prep_value()
    assert [(one["type"], one["value"]) for one in kept] == [
        ("quotation", quotation),
        ("text", "<p>Two.</p>"),
    ]
