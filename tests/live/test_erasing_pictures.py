"""What was typed beside a picture that came with an update goes with the update's words, off the picture too."""

from collections.abc import Callable

import pytest
from django.db import connection

from gazeti.live.actions import post_update, refuse, retract_update, send_in
from gazeti.live.formats import body_of
from gazeti.live.models import Coverage, Update, Waiting
from gazeti.live.rules import Words
from gazeti.media.models import Picture
from gazeti.stories.models import Story
from tests.comments.test_erasing import found
from tests.live.reporters import photograph, post, reporter, screen_of
from tests.media.pictures import ready
from tests.newsroom import NOW, make_story

pytestmark = pytest.mark.django_db
INDEX = "wagtailsearch_indexentry_fts"
HEADING, ALT = "Witness named Testamento", "Testamento at the gate"


@pytest.mark.parametrize("seen", [{"alt": ALT}, {"decorative": "on"}])
def test_erased_words_stand_in_no_table_and_no_index_for_all_the_picture_that_came_with_them(
    coverage: Coverage, run_tasks: Callable[[], None], seen: dict[str, str]
) -> None:
    editor = reporter("amina", role="Editors")
    assert post(editor, coverage, heading=HEADING, picture=photograph(), credit="Ali Noor", **seen).status_code == 303
    run_tasks()
    assert found("Testamento")
    number = Update.objects.get().number
    editor.post(f"{screen_of(coverage)}updates/{number}/retract/", {"erases": "on"})
    run_tasks()
    assert left(HEADING, ALT, "Testamento") == set()
    assert Picture.objects.get().title == "Picture of an update"


def test_a_picture_is_named_after_nobody_and_kept_with_its_own_words(coverage: Coverage) -> None:
    post(reporter(), coverage, heading=HEADING, picture=photograph("testamento.jpg"), credit="Ali Noor", alt=ALT)
    picture = Picture.objects.get()
    assert (picture.title, picture.description) == ("Picture of an update", ALT)


def test_pictures_that_were_named_by_an_older_desk_lose_the_words_too(
    coverage: Coverage, run_tasks: Callable[[], None]
) -> None:
    long = f"{ALT} {'and others ' * 12}".strip()
    picture = ready(credit="Ali Noor", title=long[:100], description=long)
    number = shows(coverage, picture, alt=long).number
    run_tasks()
    retract_update(coverage.pk, number=number, now=NOW, erases=True)
    run_tasks()
    assert left("Testamento") == set()


def test_what_others_show_and_what_the_library_says_stays(coverage: Coverage, run_tasks: Callable[[], None]) -> None:
    shared, led, described = (ready(credit="Ali Noor", description=text) for text in (ALT, ALT, "A gate"))
    numbers = [shows(coverage, one, alt=ALT).number for one in (shared, led, described)]
    shows(coverage, shared, alt="")
    Story.objects.get(pk=make_story(lead_picture=led).pk).save()
    run_tasks()
    for number in numbers:
        retract_update(coverage.pk, number=number, now=NOW, erases=True)
    assert list(Picture.objects.order_by("pk").values_list("description", flat=True)) == [ALT, ALT, "A gate"]


def test_without_erasing_the_picture_keeps_its_words(coverage: Coverage) -> None:
    picture = ready(credit="Ali Noor", description=ALT)
    retract_update(coverage.pk, number=shows(coverage, picture, alt=ALT).number, now=NOW)
    picture.refresh_from_db()
    assert picture.description == ALT


def test_what_was_sent_in_and_refused_leaves_nothing_at_its_picture(
    coverage: Coverage, run_tasks: Callable[[], None]
) -> None:
    picture = ready(credit="Ali Noor", title=HEADING, description=ALT)
    body = body_of("", pictures=[{"picture": picture.pk, "alt": ALT}])
    send_in(coverage.pk, words=Words(body=body, heading=HEADING), by=None, key="k", now=NOW)
    run_tasks()
    refuse(Waiting.objects.get().pk)
    run_tasks()
    assert left("Testamento") == set()


def left(*words: str) -> set[str]:
    """Where any of these stand once the index has put its parts together, which SQLite does as more is written."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('optimize')")  # noqa: S608 (a name of our own)
    return found(*words)


def shows(coverage: Coverage, picture: Picture, *, alt: str) -> Update:
    """An update that shows a picture, with these words for those who do not see it."""
    body = body_of("Look.", pictures=[{"picture": picture.pk, "alt": alt}])
    return post_update(coverage.pk, words=Words(body=body), by=None, now=NOW)
