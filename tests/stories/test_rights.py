"""When a picture's rights end its stories show the caption; editors are told of that, and of what failed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from gazeti import log
from gazeti.accounts.models import User
from gazeti.log import clock
from gazeti.log.models import Failure
from gazeti.media.models import Picture
from gazeti.stories.models import Story
from gazeti.stories.queries.due import editors_to_tell
from tests.media.pictures import ready
from tests.newsroom import NOW, make_draft, make_section, make_story
from tests.services.postgresql import free_port
from tests.stories.test_timed import schedule

Run = Callable[[], None]

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]


def person(name: str, role: str = "", **facts: Any) -> User:
    made = User.objects.create_user(email=f"{name}@paper.example", password="a-long-password", **facts)
    if role:
        made.groups.add(Group.objects.get_or_create(name=role)[0])
    return made


@pytest.fixture
def people() -> None:
    """Make one of each role, one who left, and one who has two roles."""
    person("amina", "Editors").groups.add(Group.objects.get_or_create(name="Administrators")[0])
    person("baraka", "Administrators")
    person("chausiku", "Reporters")
    person("daudi", "Moderators")
    person("eshe", "Editors", is_active=False)
    person("farida", is_superuser=True)


TOLD = ["amina@paper.example", "baraka@paper.example", "farida@paper.example"]


def midnight(days: int) -> datetime:
    """Return the midnight with which a day begins where the newsroom is, so many days from today."""
    day = timezone.localdate(timezone=timezone.get_default_timezone()) + timedelta(days=days)
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def picture() -> Picture:
    """Return a picture that may be shown today, and not tomorrow."""
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    words = {"description": "Traders carry baskets across a river", "caption": "It was opened on Monday."}
    return ready(title="The bridge", credit="Amina Farah", rights_end=today, **words)


def purged(after: int) -> set[str]:
    return {tag for entry in log.read(after) if entry.stream == "purges" for tag in entry.data["tags"]}


def page_of(story: Story) -> str:
    return Client().get(story.address).content.decode()


class TestRights:
    """At the midnight after the last day, where the newsroom is."""

    def test_editors_are_told_which_stories_lost_a_picture(
        self, picture: Picture, people: None, run_tasks: Run
    ) -> None:
        section = make_section()
        stories = [make_story(section, lead_picture=picture, headline=f"Bridge {number}") for number in range(2)]
        make_story(section, headline="Another story")
        start = log.head()
        clock.tick(now=midnight(1))
        run_tasks()
        assert sorted(message.to[0] for message in mail.outbox) == TOLD
        body = mail.outbox[0].body
        assert mail.outbox[0].subject == "No longer shown: the picture “The bridge”"
        assert all(f"- {story.title}\n" in body and f"/desk/pages/{story.pk}/edit/" in body for story in stories)
        assert "Another story" not in body
        assert f"/desk/images/{picture.pk}/" in body
        assert {f"picture:{picture.pk}", *(f"story:{story.pk}" for story in stories)} <= purged(start)

    def test_it_happens_once_and_not_before(self, picture: Picture, people: None, run_tasks: Run) -> None:
        story = make_story(lead_picture=picture)
        clock.tick(now=midnight(1) - timedelta(seconds=1))
        assert "<picture" in page_of(story)
        for seconds in range(3):
            clock.tick(now=midnight(1) + timedelta(seconds=seconds))
        run_tasks()
        page = page_of(story)
        assert "<picture" not in page
        assert "It was opened on Monday." in page
        assert len(mail.outbox) == len(TOLD)

    def test_nobody_is_told_of_a_picture_that_no_reader_saw(
        self, picture: Picture, people: None, run_tasks: Run
    ) -> None:
        clock.tick(now=midnight(1))
        run_tasks()
        assert Picture.objects.get(pk=picture.pk).rights_over
        assert mail.outbox == []

    def test_a_later_day_brings_it_back_and_ends_again(self, picture: Picture, people: None, run_tasks: Run) -> None:
        story = make_story(lead_picture=picture)
        clock.tick(now=midnight(1))
        found = Picture.objects.get(pk=picture.pk)
        found.rights_end += timedelta(days=2)
        found.save()
        assert "<picture" in page_of(story)
        clock.tick(now=midnight(1))
        assert "<picture" in page_of(story)
        clock.tick(now=midnight(3))
        assert "<picture" not in page_of(story)


class TestTold:
    """Editors and administrators are told once of what did not go out."""

    def test_only_those_who_can_mend_it(self, people: None) -> None:
        assert [one.email for one in editors_to_tell()] == TOLD

    def test_of_a_story_by_its_headline_with_reasons_and_where_to_mend_it(self, people: None, run_tasks: Run) -> None:
        story = make_draft(body=[])
        schedule(story, NOW)
        for minutes in (0, 1, 3, 7):
            clock.tick(now=NOW + timedelta(minutes=minutes))
        run_tasks()
        assert sorted(message.to[0] for message in mail.outbox) == TOLD
        message = mail.outbox[0]
        assert message.subject == f"Not done in time: {story.title}"
        assert f"“{story.title}” should have gone out by now, and could not:" in message.body
        assert "\n- The body is empty. Write the story.\n" in message.body
        assert f"http://localhost:8000/desk/pages/{story.pk}/edit/" in message.body

    @pytest.mark.parametrize("job", ["embargo", "expiry", "rights", "schedule"])
    def test_of_every_job_in_its_own_words(self, job: str, people: None, run_tasks: Run, picture: Picture) -> None:
        about = picture.pk if job == "rights" else make_draft().pk
        failure = Failure.objects.create(job=job, about=about, first_at=NOW, last_at=NOW, next_try_at=NOW)
        told = clock.jobs.JOBS[job].told
        assert told
        told(failure)
        run_tasks()
        assert "“" in mail.outbox[0].body
        assert f"/{about}/" in mail.outbox[0].body

    def test_of_a_job_that_is_broken_with_the_desk_as_the_place(self, people: None, run_tasks: Run) -> None:
        failure = Failure.objects.create(job="expiry", sentences=["So."], first_at=NOW, last_at=NOW, next_try_at=NOW)
        told = clock.jobs.JOBS["expiry"].told
        assert told
        told(failure)
        run_tasks()
        assert mail.outbox[0].body.startswith("The clock could not find out what is due (expiry):")
        assert "http://localhost:8000/desk/\n" in mail.outbox[0].body

    def test_through_a_mail_server(self, people: None, run_tasks: Run, settings: Settings) -> None:
        schedule(make_draft(body=[], headline="Mto wafurika"), NOW)
        clock.tick(now=NOW)
        with mail_server(settings) as taken:
            run_tasks()
        assert sorted(str(message["To"]) for message in taken) == TOLD
        assert taken[0]["Subject"] == "Not done in time: Mto wafurika"
        assert "The body is empty." in str(taken[0].get_content())  # type: ignore[attr-defined]


@contextmanager
def mail_server(settings: Settings) -> Iterator[list[Message]]:
    """Run a mail server on loopback that the newsroom uses; give what it took."""
    taken: list[Message] = []

    class Taking:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
            taken.append(message_from_bytes(envelope.content, policy=default))
            return "250 Taken"

    server = Controller(Taking(), hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    try:
        yield taken
    finally:
        server.stop()
