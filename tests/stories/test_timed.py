"""What the clock does for stories: schedules, ends of embargoes and expiries, each at its time, whatever fails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from gazeti import log
from gazeti.accounts.models import User
from gazeti.base.actions import file_information_page
from gazeti.log import clock
from gazeti.log.clock import Item
from gazeti.media.models import Picture
from gazeti.stories.actions import file_section, revise_story
from gazeti.stories.actions.timed import publish_scheduled
from gazeti.stories.formats import raw_body
from gazeti.stories.models import Story
from gazeti.stories.queries.due import NotOut, not_out
from tests.media.pictures import keep
from tests.newsroom import BODY, NOW, make_draft, make_paper, make_section, make_story

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def schedule(page: Page, at: datetime, **facts: Any) -> Revision:
    """Approve a page's next revision for a moment, past the guard that would refuse one that is not ready yet."""
    draft = page.get_latest_revision_as_object()
    for name, value in {"go_live_at": at, **facts}.items():
        setattr(draft, name, value)
    revision: Revision = draft.save_revision(clean=False)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at)
    return Revision.objects.get(pk=revision.pk)


def fresh(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def events(story: Story) -> list[str]:
    """Return what the log says befell a story."""
    return [entry.kind for entry in log.read(stream="stories") if entry.data.get("story") == story.pk]


def status_of(page: Page) -> int:
    return Client().get(page.address).status_code


class TestSchedules:
    """What is approved for a moment goes out at that moment, once."""

    def test_a_story_goes_out_at_its_time_and_not_before(self) -> None:
        story = make_draft(published_at=None)
        schedule(story, NOW)
        clock.tick(now=NOW - SECOND)
        assert (status_of(story), events(story)) == (404, [])
        clock.tick(now=NOW)
        assert (status_of(story), events(story)) == (200, ["published"])
        clock.tick(now=NOW + SECOND)
        assert events(story) == ["published"]
        assert PageLogEntry.objects.filter(page=story.pk, action="wagtail.publish.scheduled").count() == 1

    def test_after_a_night_without_a_server_all_goes_out_in_its_order(self) -> None:
        section = make_section()
        stories = [make_draft(section) for _number in range(3)]
        for story, hours in zip(stories, (1, 3, 2), strict=True):
            schedule(story, NOW - hours * HOUR)
        ticked = clock.tick(now=NOW)
        published = [entry.data["story"] for entry in log.read(stream="stories") if entry.kind == "published"]
        assert published == [stories[1].pk, stories[2].pk, stories[0].pk]
        assert len(ticked.done) == 3

    def test_what_came_and_went_meanwhile_is_withdrawn(self) -> None:
        story = make_draft()
        schedule(story, NOW - HOUR, expire_at=NOW - MINUTE)
        clock.tick(now=NOW)
        assert (status_of(story), events(story)) == (410, ["published", "withdrawn"])

    def test_an_update_of_a_live_story_leaves_it_live_and_changes_it_at_its_time(self) -> None:
        story = make_story(headline="The bridge opens")
        at = timezone.now() + HOUR
        schedule(story, at, title="The bridge is closed again").publish()
        assert fresh(story).live
        assert b"The bridge opens" in Client().get(story.address).content
        clock.tick(now=at)
        assert fresh(story).title == "The bridge is closed again"
        assert events(story) == ["published", "published"]

    def test_the_clock_says_what_time_it_is_also_where_the_machine_is_behind(self) -> None:
        """Wagtail asks this machine's time again, and would schedule the story once more."""
        story = make_draft()
        at = timezone.now() + HOUR
        schedule(story, at).publish()
        clock.tick(now=at - SECOND)
        assert not fresh(story).live
        clock.tick(now=at)
        assert fresh(story).live
        assert fresh(story).live_revision == fresh(story).latest_revision

    def test_whoever_approved_it_may_have_gone_since(self) -> None:
        person = User.objects.create_user(email="amina@paper.example", password="a-long-password")
        story = make_draft()
        revision = schedule(story, NOW)
        Revision.objects.filter(pk=revision.pk).update(user=person)
        person.is_active = False
        person.save()
        clock.tick(now=NOW)
        assert fresh(story).live

    def test_one_that_was_cancelled_in_the_last_moment_stays(self) -> None:
        story = make_draft()
        revision = schedule(story, NOW)
        item = Item(str(revision.pk), NOW)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        publish_scheduled(item, now=NOW)
        assert not fresh(story).live

    def test_other_pages_go_out_too(self) -> None:
        front = make_paper()
        page = file_information_page(front, title="About", slug="about", body=raw_body(BODY))
        section = file_section(front, title="Sport", is_public=False)
        for one in (page, section):
            schedule(one, NOW)
        clock.tick(now=NOW)
        assert (status_of(page), status_of(section)) == (200, 200)


class TestFailures:
    """One that cannot go out is listed with its reasons, and holds nothing up."""

    def test_the_others_go_out_and_its_schedule_stays(self) -> None:
        section = make_section()
        stories = [make_draft(section) for _number in range(3)]
        for number, story in enumerate(stories):
            schedule(story, NOW + number * SECOND, **({"body": []} if number == 1 else {}))
        clock.tick(now=NOW + MINUTE)
        assert [fresh(story).live for story in stories] == [True, False, True]
        assert not_out() == [
            NotOut("schedule", stories[1].title, stories[1].pk, ["The body is empty. Write the story."], NOW + MINUTE)
        ]
        assert Revision.objects.filter(approved_go_live_at=NOW + SECOND).count() == 1

    def test_mended_and_scheduled_anew_it_goes_out_at_its_new_time(self) -> None:
        story = make_draft()
        schedule(story, NOW, body=[])
        clock.tick(now=NOW)
        mended = revise_story(fresh(story), now=NOW, body=BODY)
        story.revisions.update(approved_go_live_at=None)
        schedule(fresh(mended), NOW + MINUTE)
        clock.tick(now=NOW + SECOND)
        assert not_out() == []
        clock.tick(now=NOW + MINUTE)
        assert fresh(story).live

    def test_a_picture_that_waits_is_rendered_and_one_that_cannot_be_is_a_reason(self) -> None:
        section = make_section()
        picture, broken = keep(credit="Amina Farah"), keep(credit="Amina Farah")
        broken.file.storage.delete(broken.file.name)
        broken.file.storage.save(broken.file.name, ContentFile(b"no picture"))
        good, bad = make_draft(section, lead_picture=picture), make_draft(section, lead_picture=broken)
        for story in (good, bad):
            schedule(story, NOW)
        clock.tick(now=NOW)
        assert fresh(good).live
        assert Picture.objects.get(pk=picture.pk).is_ready
        assert [(one.about, len(one.sentences)) for one in not_out()] == [(bad.pk, 1)]
        assert "cannot be read. Upload it again." in not_out()[0].sentences[0]

    def test_a_failure_of_the_job_itself_is_listed_without_a_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        broken = replace(clock.jobs.JOBS["expiry"], name="calls", due=lambda now: 1 / 0)
        monkeypatch.setitem(clock.jobs.JOBS, "calls", broken)
        clock.tick(now=NOW)
        [told] = not_out()
        assert (told.job, told.title, told.about) == ("calls", "", None)


class TestEmbargoes:
    """A story published before its time is nowhere until then, and dated then."""

    def test_it_opens_at_its_time_and_that_is_its_date(self) -> None:
        until = timezone.now() + HOUR
        story = make_story(published_at=None, embargo_until=until)
        clock.tick(now=until - SECOND)
        assert (status_of(story), events(story)) == (404, ["embargoed"])
        clock.tick(now=until)
        assert (status_of(story), events(story)) == (200, ["embargoed", "published"])
        assert fresh(story).published_at == fresh(story).first_published_at == until
        clock.tick(now=until + SECOND)
        assert events(story) == ["embargoed", "published"]

    def test_one_that_became_a_draft_again_stays_so(self) -> None:
        until = timezone.now() + HOUR
        story = make_story(published_at=None, embargo_until=until)
        fresh(story).unpublish()
        clock.tick(now=until)
        assert status_of(story) == 404
        assert not_out() == []


class TestExpiries:
    """A page whose time is over is taken back."""

    def expire(self, page: Page) -> None:
        Page.objects.filter(pk=page.pk).update(expire_at=NOW)

    def test_a_story_is_withdrawn_at_its_time_and_not_before(self) -> None:
        story = make_story()
        self.expire(story)
        clock.tick(now=NOW - SECOND)
        assert status_of(story) == 200
        clock.tick(now=NOW)
        assert (status_of(story), events(story)) == (410, ["published", "withdrawn"])
        assert fresh(story).expired
        assert fresh(story).withdrawn_at == NOW
        clock.tick(now=NOW + SECOND)
        assert events(story) == ["published", "withdrawn"]

    def test_a_page_about_the_paper_becomes_a_draft(self) -> None:
        page = file_information_page(make_paper(), title="About", slug="about", body=raw_body(BODY))
        page.save_revision().publish()
        self.expire(page)
        clock.tick(now=NOW)
        assert (status_of(page), fresh(page).expired) == (404, True)

    def test_one_whose_time_was_lengthened_in_the_last_moment_stays(self) -> None:
        story = make_story()
        self.expire(story)
        [item] = clock.jobs.JOBS["expiry"].due(now=NOW)
        Page.objects.filter(pk=story.pk).update(expire_at=NOW + HOUR)
        clock.jobs.JOBS["expiry"].carry_out(item, now=NOW)
        assert status_of(story) == 200


def test_a_tick_with_nothing_due_costs_a_query_for_the_lease_one_for_failures_and_one_a_job(
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    make_story()
    clock.tick(now=NOW)
    # Of comments: three jobs read the policy's row first, and numbers that nobody has counted yet are due once there
    # is something to count.
    of_comments = 3 + 1
    with django_assert_max_num_queries(2 + len(clock.jobs.JOBS) + of_comments) as seen:
        clock.tick(now=NOW + SECOND)
    assert all(one["sql"].lstrip("(").startswith("SELECT") for one in seen.captured_queries)
