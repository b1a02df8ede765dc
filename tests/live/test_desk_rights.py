"""Every address of the live desk for every role: in, refused, or led to the door; what is refused writes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from gazeti import log
from gazeti.edge.middleware import DESK, PERSONAL
from gazeti.live import urls
from gazeti.live.actions import cover, move_to, send_in
from gazeti.live.models import Coverage, Waiting
from gazeti.live.rules import Kind, stream_of
from tests.live.covering import make_coverage, make_update, make_words
from tests.live.reporters import JSON, reporter
from tests.newsroom import NOW, make_draft
from tests.stories.roles import person, signed_in

pytestmark = pytest.mark.django_db
FOR_ALL = ("live_offline", "live_worker")
"""What tells of nobody and of no story."""
NAMES = [str(one.name) for one in urls.desk if one.name not in FOR_ALL]
OF_ONE = [name for name in NAMES if name not in ("live_desk", "live_begin")]
FORMS = frozenset({"live_begin", "live_post", "live_state", "live_pin", "live_story_of", "live_waiting"})
"""Addresses of forms alone: to ask for them is 405."""
TYPED = frozenset(
    {
        "live_post",
        "live_edit",
        "live_blocks",
        "live_new_blocks",
        "live_summary",
        "live_summary_blocks",
        "live_change_waiting",
    }
)
"""Whoever is signed out gets back what they sent there."""
READ = frozenset({"live_screen", "live_news"})
"""Addresses that are read alone: to send something there is 405."""
OF_WAGTAIL = frozenset({"live_blocks", "live_new_blocks", "live_summary_blocks"})
"""Pages with Wagtail's own form, which needs the desk's policy."""
RUNNING = {"live_plan", "live_state", "live_summary", "live_summary_blocks", "live_summary_erase", "live_pin"}
OF_OTHERS = {"live_edit", "live_blocks", "live_retract", "live_waiting", "live_change_waiting"}
CLOSED = {
    "Moderators": RUNNING | OF_OTHERS | {"live_begin", "live_new_blocks", "live_story_of"},
    "Reporters": RUNNING | OF_OTHERS,
    "Editors": set(),
    "Administrators": set(),
}
"""What each role does not do, in a coverage that is out, with what somebody else posted or sent in."""
SENT = {"text": "x", "to": "pin", "kind": "pause", "do": "take", "uncover": "1", "sure": "1", "erases": "on"}


@pytest.fixture
def coverage() -> Coverage:
    """A coverage that is out, with an update of nobody's and something sent in."""
    return filled(make_coverage())


def filled(coverage: Coverage) -> Coverage:
    make_update(coverage)
    send_in(coverage.pk, words=make_words(), by=None, key="", now=NOW)
    return coverage


def address_of(name: str, coverage: Coverage) -> str:
    """Where a page of the desk is, with something there."""
    if name not in OF_ONE:
        return reverse(name)
    waits = Waiting.objects.values_list("pk", flat=True).get(coverage=coverage)
    has_number = "<int:number>" in str(next(one.pattern for one in urls.desk if one.name == name))
    number = [waits if "waiting" in name else coverage.updates.get().number] if has_number else []
    return reverse(name, args=[coverage.pk, *number])


@pytest.mark.parametrize("role", CLOSED)
def test_each_role_is_let_in_where_it_works(role: str, coverage: Coverage) -> None:
    client = signed_in(person(role))
    for name in NAMES:
        answer = client.get(address_of(name, coverage))
        is_closed = name in CLOSED[role] and name not in FORMS
        assert answer.status_code == (403 if is_closed else 405 if name in FORMS else 200), name
        assert "no-store" in answer["Cache-Control"], name
        if answer.status_code == 200:
            assert answer["Content-Security-Policy"] == (DESK if name in OF_WAGTAIL else PERSONAL), name
            assert answer["Referrer-Policy"] == "same-origin", name
    unchanged(coverage)


@pytest.mark.parametrize("role", CLOSED)
def test_what_is_not_theirs_is_refused_and_writes_nothing(role: str, coverage: Coverage) -> None:
    client = signed_in(person(role))
    for name in CLOSED[role]:
        there = address_of(name, coverage)
        sent = {**SENT, "story": coverage.pk} if name == "live_begin" else SENT
        assert client.post(there, sent).status_code == 403, name
        assert client.post(there, sent, headers=JSON).status_code == 403, name
    unchanged(coverage)


def test_who_has_no_role_is_refused(coverage: Coverage) -> None:
    client = signed_in(person("", name="nobody"))
    for name in NAMES:
        there = address_of(name, coverage)
        assert (client.get(there).status_code, client.post(there, SENT).status_code) == (403, 403), name
    unchanged(coverage)


@pytest.mark.parametrize("role", ["Reporters", "Moderators"])
def test_a_draft_of_somebody_else_is_not_known(role: str) -> None:
    coverage = cover(make_draft())
    move_to(coverage.pk, kind=Kind.RESUME, now=NOW)
    filled(coverage)
    client = signed_in(person(role))
    for name in OF_ONE:
        there = address_of(name, coverage)
        got, sent = client.get(there), client.post(there, SENT)
        expected = (405 if name in FORMS else 403, 405 if name in READ else 403)
        assert (got.status_code, sent.status_code) == expected, name
        assert coverage.story.title not in f"{got.content!r}{sent.content!r}", name
    assert coverage.story.title not in client.get("/desk/live/").content.decode()
    unchanged(coverage)


def test_who_is_signed_out_is_led_to_the_door(coverage: Coverage) -> None:
    for name in NAMES:
        there = address_of(name, coverage)
        assert Client().get(there)["Location"] == f"/desk/login/?next={there}", name
        sent = Client().post(there, SENT)
        assert sent.status_code == (401 if name in TYPED else 302), name
        assert coverage.story.title not in sent.content.decode(), name
    unchanged(coverage)


def test_a_form_without_its_token_writes_nothing(coverage: Coverage) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("Editors"))
    for name in NAMES:
        assert client.post(address_of(name, coverage), SENT).status_code == 403, name
    unchanged(coverage)


def test_the_page_without_a_line_is_the_same_for_all(coverage: Coverage) -> None:
    clients: list[Client] = [Client(), reporter("zawadi")]
    for name in FOR_ALL:
        one, other = (client.get(reverse(name)) for client in clients)
        assert one.content == other.content
        assert (len(one.cookies), len(other.cookies)) == (0, 0)
        assert not any(words in one.content.decode() for words in ("Zawadi", coverage.story.title))


@pytest.mark.parametrize(("role", "is_shown"), [("Moderators", False), ("Reporters", True), ("Editors", True)])
def test_the_menu_leads_there(role: str, is_shown: bool) -> None:
    page = signed_in(person(role)).get("/desk/").content.decode()
    assert ('"/desk/live/"' in page) == is_shown


def test_a_story_leads_to_its_live_desk_or_to_where_it_gets_one(coverage: Coverage) -> None:
    editor = signed_in(person("Editors"))
    draft = make_draft()
    covered = editor.get(f"/desk/pages/{coverage.pk}/edit/").content.decode()
    other = editor.get(f"/desk/pages/{draft.pk}/edit/").content.decode()
    assert f'href="/desk/live/{coverage.pk}/"' in covered
    assert f'href="/desk/live/?story={draft.pk}"' in other


def unchanged(coverage: Coverage) -> None:
    assert log.head(stream_of(coverage.pk)) == 2
    assert (coverage.updates.count(), coverage.waiting.count()) == (1, 1)
