"""Every live story has a live revision, and no purge takes what something stands on."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.management.commands.purge_revisions import purge_revisions as wagtails_purge
from wagtail.models import Page, Revision

from gazeti.log import clock
from gazeti.stories.actions import publish_story, revise_story
from gazeti.stories.models import Story
from gazeti.stories.queries.revisions import stories_without_live_revision
from tests.archive.importing import INTRODUCED, imported
from tests.newsroom import NOW, make_draft, make_paper, make_section, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]


def fresh(story: Story) -> Story:
    return Story.objects.get(pk=story.pk)


def revised(story: Story, headline: str) -> Revision:
    """Return a new revision of a story, which is its latest."""
    revise_story(fresh(story), now=NOW, headline=headline)
    revision = fresh(story).latest_revision
    assert revision
    return revision


def kept(story: Story) -> set[int]:
    return set(story.revisions.values_list("pk", flat=True))


def manage(*words: str) -> str:
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


@pytest.fixture
def story() -> Story:
    """Return a live story with an old, a live, a spare, a scheduled and a latest revision, in this order."""
    story = make_draft()
    revised(story, "The bridge opens at last")
    publish_story(fresh(story), now=NOW)
    revised(story, "A draft that nobody needs")
    scheduled = revised(story, "The bridge opens to buses")
    revised(story, "The bridge opens to bicycles")
    Revision.objects.filter(pk=scheduled.pk).update(approved_go_live_at=timezone.now() + timedelta(hours=1))
    return story


class TestPurging:
    """What is live, scheduled or the latest stays, whoever purges."""

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("purge", [lambda: manage("purge_revisions"), wagtails_purge])
    def test_only_what_nobody_needs_goes(self, story: Story, purge: Callable[[], object]) -> None:
        old, live, spare, scheduled, latest = sorted(kept(story))
        purge()
        assert kept(story) == {live, scheduled, latest}
        assert fresh(story).live_revision_id == live
        assert old != spare

    def test_days_spare_the_younger_ones(self, story: Story) -> None:
        Revision.objects.filter(pk=min(kept(story))).update(created_at=timezone.now() - timedelta(days=40))
        assert manage("purge_revisions", "--days", "30") == "1 revisions deleted.\n"
        assert len(kept(story)) == 4
        with pytest.raises(CommandError, match="give 0 or more"):
            manage("purge_revisions", "--days", "-3")

    def test_those_of_other_things_are_wagtails_to_purge(self, story: Story) -> None:
        assert manage("purge_revisions", "--non-pages") == "0 revisions deleted.\n"
        assert len(kept(story)) == 5

    @pytest.mark.parametrize("place", [1, 3, 4])
    def test_a_needed_one_is_deleted_by_no_door(self, story: Story, place: int) -> None:
        revision = Revision.objects.get(pk=sorted(kept(story))[place])
        with pytest.raises(ProtectedError, match="it cannot be deleted"), transaction.atomic():
            revision.delete()
        with pytest.raises(ProtectedError, match="it cannot be deleted"), transaction.atomic():
            Revision.objects.filter(pk=revision.pk).delete()
        assert revision.pk in kept(story)

    def test_a_draft_page_takes_its_own_with_it(self) -> None:
        draft = make_draft()
        Page.objects.get(pk=draft.pk).specific.delete()
        assert kept(draft) == set()


class TestLiveRevisions:
    """A live story without one is named, and mended without a reader noticing."""

    @pytest.fixture
    def lost(self) -> Story:
        """Return a live story whose live revision is lost, with a newer draft."""
        story = make_story(headline="The bridge opens")
        revised(story, "The bridge is closed again")
        Page.objects.filter(pk=story.pk).update(live_revision=None)
        return story

    def test_every_published_story_has_one(self) -> None:
        make_story()
        assert not stories_without_live_revision().exists()
        assert run_checks(tags=["database"], databases=["default"]) == []

    def test_an_import_publishes_through_one_too(self) -> None:
        make_paper()
        outcome = imported(INTRODUCED, publish=True, byline="By Ali Noor", date="4 July 2024")
        assert outcome.is_live
        assert not stories_without_live_revision().exists()

    def test_one_without_is_named_with_what_to_do(self, lost: Story) -> None:
        section = make_section(title="Sport")
        for number in range(3):
            other = make_story(section, headline=f"Match {number}")
            Page.objects.filter(pk=other.pk).update(live_revision=None)
        [told] = run_checks(tags=["database"], databases=["default"])
        assert "“The bridge opens”, “Match 0”, “Match 1” and 1 more" in told.msg
        assert told.hint == "Run `gazeti manage mend_revisions`."

    def test_mended_it_shows_the_same_and_its_draft_stays_the_latest(self, lost: Story) -> None:
        latest = fresh(lost).latest_revision_id
        assert manage("mend_revisions") == "1 stories have a live revision again.\n"
        story = fresh(lost)
        assert story.live_revision
        assert story.live_revision.as_object().title == story.title == "The bridge opens"
        assert story.latest_revision_id == latest
        assert story.latest_revision
        assert story.latest_revision.is_latest_revision()
        assert run_checks(tags=["database"], databases=["default"]) == []

    def test_one_without_a_newer_draft_is_given_its_latest(self) -> None:
        story = make_story()
        Page.objects.filter(pk=story.pk).update(live_revision=None)
        manage("mend_revisions")
        assert fresh(story).live_revision_id == fresh(story).latest_revision_id
        assert len(kept(story)) == 1

    def test_one_without_any_is_given_one(self) -> None:
        story = make_story()
        Page.objects.filter(pk=story.pk).update(live_revision=None, latest_revision=None)
        story.revisions.all().delete()
        manage("mend_revisions")
        assert fresh(story).live_revision_id == fresh(story).latest_revision_id is not None

    def test_before_the_tables_are_there_nothing_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from django.db import OperationalError

        from gazeti.stories import checks

        def absent() -> None:
            raise OperationalError("no such table")

        monkeypatch.setattr(checks, "stories_without_live_revision", absent)
        assert run_checks(tags=["database"], databases=["default"]) == []


class TestWagtailsCommand:
    """`publish_scheduled` is the clock's tick."""

    def approve(self, *stories: Story) -> None:
        for story in stories:
            story.revisions.update(approved_go_live_at=NOW)

    def test_it_does_what_is_due_and_lets_the_server_go_on(self) -> None:
        story = make_draft()
        self.approve(story)
        assert manage("publish_scheduled", "--dryrun") == "1 to be published, 0 to be taken back.\n"
        assert not fresh(story).live
        assert manage("publish_scheduled") == "1 done, 0 failed.\n"
        assert fresh(story).live
        assert clock.lease.take(now=timezone.now(), me="elsewhere:1:1")

    def test_it_tells_what_failed_after_doing_the_rest(self) -> None:
        section = make_section()
        bad, good = make_draft(section, body=[]), make_draft(section)
        self.approve(bad, good)
        with pytest.raises(CommandError, match=f"{bad.title}: The body is empty"):
            manage("publish_scheduled")
        assert fresh(good).live

    def test_it_leaves_all_to_a_server_that_runs(self) -> None:
        story = make_draft()
        self.approve(story)
        clock.lease.take(now=timezone.now(), me="elsewhere:1:1")
        assert manage("publish_scheduled").startswith("The clock of `gazeti serve` is at work")
        assert not fresh(story).live
