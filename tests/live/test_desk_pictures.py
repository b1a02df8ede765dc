"""A picture's words at the desk's quick form: a caption goes with its picture, and who made it is never ignored."""

import pytest
from django.test import Client

from gazeti.live.actions import post_update
from gazeti.live.formats import body_of
from gazeti.live.models import Coverage, Update, Wording
from gazeti.live.rules import Words
from gazeti.media.models import Picture
from tests.live.reporters import page_of, photograph, post, reporter, screen_of, typed_in
from tests.media.pictures import ready
from tests.newsroom import NOW

pytestmark = pytest.mark.django_db
CAPTION = "Councillor Otieno is led away."


def edits(client: Client, coverage: Coverage, update: Update, **fields: object) -> object:
    """Send the form of an update as it stands, but for some fields."""
    place = f"{screen_of(coverage)}updates/{update.number}/"
    return client.post(place, {**typed_in(page_of(client.get(place))), **fields})


def shown(update: Update) -> dict[str, object]:
    """What the update's picture says now."""
    update.refresh_from_db()
    body = Wording.objects.get(number=update.version).body.get_prep_value()
    return next(dict(block["value"]) for block in body if block["type"] == "picture")


def test_another_picture_comes_without_the_caption_of_the_one_before(coverage: Coverage) -> None:
    editor, picture = reporter("amina", role="Editors"), ready(credit="Ali Noor")
    block = {"picture": picture.pk, "alt": "A man in a car", "caption": CAPTION}
    update = post_update(coverage.pk, words=Words(body=body_of("Arrest.", pictures=[block])), by=None, now=NOW)
    edits(editor, coverage, update, alt="A man in a white car")
    assert shown(update) == {**block, "alt": "A man in a white car", "decorative": False}
    edits(editor, coverage, update, picture=photograph(), alt="The empty market", credit="Zawadi")
    other = Picture.objects.exclude(pk=picture.pk).get()
    assert shown(update) == {"picture": other.pk, "alt": "The empty market", "caption": "", "decorative": False}


def test_who_made_a_picture_that_is_kept_is_changed_by_whoever_may(coverage: Coverage) -> None:
    zawadi = reporter()
    post(zawadi, coverage, picture=photograph(), alt="Traders on the bridge", credit="Zawadi")
    update, picture = Update.objects.get(), Picture.objects.get()
    assert edits(zawadi, coverage, update, credit="").status_code == 303
    assert Picture.objects.get().credit == "Zawadi"
    assert edits(zawadi, coverage, update, credit="Ali Noor").status_code == 303
    assert (Picture.objects.get().pk, Picture.objects.get().credit) == (picture.pk, "Ali Noor")


def test_and_refused_with_a_sentence_for_whoever_may_not(coverage: Coverage) -> None:
    zawadi, picture = reporter(), ready(credit="Ali Noor")
    post(zawadi, coverage, "Look.", kept=picture.pk, alt="Traders on the bridge")
    answer = edits(zawadi, coverage, Update.objects.get(), credit="Zawadi", text="Look here.")
    assert answer.status_code == 422
    page = page_of(answer)
    assert "Ali Noor" in page.select_one("#credit-wrong").get_text()
    assert typed_in(page)["text"] == "Look here."
    assert Picture.objects.get().credit == "Ali Noor"
    assert edits(zawadi, coverage, Update.objects.get(), credit="Ali Noor", text="Look here.").status_code == 303
