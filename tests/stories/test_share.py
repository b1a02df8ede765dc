"""A draft is shown to whoever has its link, until that ends, and by nothing else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, PageViewRestriction

from gazeti.accounts.models import User
from gazeti.log.models import Event
from gazeti.media.models import Picture
from gazeti.stories.actions import end_share, publish_story, revise_story, share_draft, withdraw_story
from gazeti.stories.models import SharedDraft, Story
from tests.front.conftest import make_picture
from tests.newsroom import NOW, make_draft, make_section, make_story, make_withdrawn
from tests.stories.calling import somebody

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]
SECRET = "A word that nobody may read yet"


def shared(story: Story, *, days: int = 7, **options: Any) -> str:
    """Share a story, and return the link's address."""
    return f"/drafts/{share_draft(story, days=days, now=timezone.now(), **options)[1]}/"


def words_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_link_shows_the_latest_of_a_draft_and_says_what_it_is(client: Client) -> None:
    draft = make_draft(headline=SECRET)
    address = shared(draft)
    assert SECRET in words_of(client, address)
    revise_story(draft, now=NOW, headline="The second version")
    answer = client.get(address)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "The second version" in html
    assert "Draft, not published." in html
    assert re.search(r"This link ends on <time datetime=", html)
    assert "Set-Cookie" not in answer


def test_the_page_below_the_line_is_what_readers_will_get(client: Client) -> None:
    draft = make_draft()
    line = re.compile(r"<aside class=\"facts\".*?</aside>\n", re.DOTALL)
    before = line.sub("", words_of(client, shared(draft)))
    assert before == words_of(client, publish_story(draft, now=NOW).address)


def test_nobody_keeps_lists_or_frames_it_and_no_site_learns_its_address(client: Client) -> None:
    for address in (shared(make_draft()), "/drafts/there-is-no-such-link-at-all/"):
        answer = client.get(address)
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_a_link_that_is_none_or_has_ended_says_so_and_nothing_of_the_story(client: Client) -> None:
    draft = make_draft(headline=SECRET)
    past = timezone.now() - timedelta(days=8)
    expired = f"/drafts/{share_draft(draft, days=7, now=past)[1]}/"
    revoked, token = share_draft(draft, days=7, now=timezone.now())
    end_share(revoked, now=timezone.now())
    good = shared(draft)
    forged = f"{good[:-2]}{'A' if good[-2] != 'A' else 'B'}/"
    by_hash = f"/drafts/{SharedDraft.objects.first().token_hash}/"
    found = {expired: 410, f"/drafts/{token}/": 410, forged: 404, by_hash: 404, "/drafts/": 404, good: 200}
    for address, status in found.items():
        answer = client.get(address)
        assert answer.status_code == status, address
        assert (SECRET in answer.content.decode()) is (status == 200)


def test_a_link_ends_on_the_minute(client: Client) -> None:
    link, _token = share_draft(make_draft(), days=1, now=NOW)
    assert link.is_open(now=NOW + timedelta(hours=24) - timedelta(seconds=1))
    assert not link.is_open(now=NOW + timedelta(hours=24))


def test_an_embargoed_or_private_story_is_shown_and_a_withdrawn_one_is_not(client: Client) -> None:
    embargoed = make_story(headline=SECRET, published_at=None, embargo_until=timezone.now() + timedelta(days=2))
    private = make_story(headline=SECRET)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    for story in (embargoed, private):
        assert client.get(story.address).status_code == 404
        assert SECRET in words_of(client, shared(story))
    answer = client.get(shared(make_withdrawn(headline=SECRET)))
    assert answer.status_code == 410
    assert "withdrawn" in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_once_it_is_out_the_link_leads_to_the_story(client: Client) -> None:
    draft = make_draft()
    address = shared(draft)
    story = publish_story(draft, now=NOW)
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, story.address)
    revise_story(story, now=NOW, headline=SECRET)
    assert client.get(address).status_code == 302
    assert SECRET in words_of(client, shared(Story.objects.get(pk=story.pk)))
    withdraw_story(story, now=NOW)
    assert client.get(address).status_code == 410


def test_the_pictures_of_the_draft_are_shown_below_its_link_and_no_others(client: Client) -> None:
    lead, inside, other = (make_picture(f"one-{number}", f"#{number}67") for number in (1, 2, 3))
    words = {"alt": "", "decorative": False, "caption": ""}
    draft = make_draft(lead_picture=lead, body=[("text", "<p>A</p>"), ("picture", {"picture": inside, **words})])
    make_story(lead_picture=other)
    make_draft(lead_picture=make_picture("four", "#467"))
    address = shared(draft)
    html = words_of(client, address)
    files = set(re.findall(rf'"({address}media/[^" ]+)', html))
    assert len(files) >= 4
    for file in files:
        answer = client.get(file)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert answer["Content-Type"] in ("image/avif", "image/webp")
        assert client.get(file.replace(address, "/")).status_code == 404
    closed = make_picture("five", "#567")
    for picture in (closed, other):
        assert client.get(f"{address}media/{picture.served[0]['path']}").status_code == 404
    assert other.thumbnail["url"] in html
    Picture.objects.filter(pk=lead.pk).update(rights_over=True)
    assert client.get(f"{address}media/{lead.served[0]['path']}").status_code == 404
    SharedDraft.objects.update(revoked_at=timezone.now())
    assert {client.get(file).status_code for file in files} == {404}


def test_a_link_only_answers_reads(client: Client) -> None:
    address = shared(make_draft())
    assert client.head(address).status_code == 200
    assert client.post(address).status_code in (403, 405)


def test_a_link_is_made_shown_once_listed_and_ended_at_the_desk(client: Client) -> None:
    editor = somebody("Editors")
    draft = make_draft(headline=SECRET)
    client.force_login(editor)
    here = f"/desk/stories/{draft.pk}/share/"
    assert "There is none yet." in words_of(client, here)
    made = client.post(here, {"days": "30"})
    link = re.search(r'value="http://localhost:8000(/drafts/[^"]+)"', made.content.decode())
    assert link
    assert SECRET in words_of(Client(), link.group(1))
    row = SharedDraft.objects.get()
    assert (row.ends_at - row.made_at, row.by) == (timedelta(days=30), editor)
    assert link.group(1).split("/")[2] not in words_of(client, here) + row.token_hash
    assert client.post(f"{here}{row.pk}/end/").status_code == 302
    assert "Ended early" in words_of(client, here)
    assert Client().get(link.group(1)).status_code == 410
    assert list(PageLogEntry.objects.filter(action__startswith="stories.draft").values_list("user", flat=True)) == [
        editor.pk,
        editor.pk,
    ]
    kinds = Event.objects.filter(kind__startswith="draft").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["draft_shared", "draft_share_ended"]
    assert not ModelLogEntry.objects.filter(action__startswith="stories.draft").exists()


@pytest.mark.parametrize("days", ["", "0", "31", "365", "x"])
def test_no_link_lasts_for_any_other_time(client: Client, days: str) -> None:
    client.force_login(somebody("Editors"))
    answer = client.post(f"/desk/stories/{make_draft().pk}/share/", {"days": days})
    assert answer.status_code == 400
    assert not SharedDraft.objects.exists()


def test_the_menu_of_a_story_leads_there(client: Client) -> None:
    client.force_login(somebody("Editors"))
    draft = make_draft()
    assert f"/desk/stories/{draft.pk}/share/" in words_of(client, f"/desk/pages/{draft.pk}/edit/")
    section = draft.get_parent()
    assert f"/desk/stories/{section.pk}/share/" not in words_of(client, f"/desk/pages/{section.pk}/edit/")


def test_only_who_may_edit_a_story_makes_lists_or_ends_its_links(client: Client) -> None:
    reporter = somebody("Reporters")
    draft, other = make_draft(), make_draft()
    Story.objects.filter(pk=draft.pk).update(owner=reporter)
    link = share_draft(draft, days=7, now=timezone.now())[0]
    elsewhere = share_draft(other, days=7, now=timezone.now())[0]
    here = f"/desk/stories/{draft.pk}/share/"
    calls = (("get", here), ("post", here), ("post", f"{here}{link.pk}/end/"))
    for method, address in calls:
        assert getattr(client, method)(address).status_code == 302
        for role in ("Moderators", "Reporters"):
            client.force_login(somebody(role))
            assert getattr(client, method)(address, {"days": "7"}).status_code == 404
        client.logout()
    assert SharedDraft.objects.filter(revoked_at=None).count() == 2
    client.force_login(reporter)
    assert client.get(f"{here}{link.pk}/end/").status_code == 405
    assert client.post(f"{here}{elsewhere.pk}/end/").status_code == 404
    assert client.get(f"/desk/stories/{make_section().pk}/share/").status_code == 404
    assert client.get(here).status_code == 200
    assert client.post(here, {"days": "1"}).status_code == 200
    assert client.post(f"{here}{link.pk}/end/").status_code == 302
    client.force_login(User.objects.create_superuser(email="chief@example.org", password=None))
    assert client.get("/desk/stories/999999/share/").status_code == 404


def test_a_live_story_that_is_not_theirs_is_not_shared_by_a_reporter(client: Client) -> None:
    client.force_login(somebody("Reporters"))
    story = make_story()
    assert client.post(f"/desk/stories/{story.pk}/share/", {"days": "7"}).status_code == 302
    assert not SharedDraft.objects.exists()
