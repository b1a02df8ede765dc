"""The four roles: who may do and see what at the desk, view by view."""

import pytest
from django.test import Client
from wagtail.models import (
    Page,
)

from gazeti.stories.actions import revise_story
from gazeti.stories.models import Front, Section, Story
from tests.front.conftest import make_picture
from tests.newsroom import NOW, make_draft, make_section, make_story
from tests.stories.roles import ROLES, filled_form, person, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Nobody knows of this yet"


class Desk:
    """A newsroom with one page of each standing towards a reporter, and the numbers by which views are asked."""

    def __init__(self) -> None:
        self.people = {role: person(role) for role in ROLES}
        section = make_section()
        self.pages: dict[str, Page] = {
            "own draft": make_draft(section, by=self.people["Reporters"], headline="My own draft"),
            "own live": make_story(section, by=self.people["Reporters"], headline="My own story"),
            "draft": make_draft(section, by=self.people["Editors"], headline=SECRET),
            "live": make_story(section, by=self.people["Editors"], headline="What everybody reads"),
            "section": section,
            "front": Front.objects.get(),
        }
        revise_story(self.pages["live"], now=NOW, headline=f"{SECRET}: an update")
        self.picture = make_picture()


@pytest.fixture
def desk() -> Desk:
    return Desk()


# For each view: whom it lets in on which page. Every other pair is refused.
PUBLIC = {"own live", "live", "section", "front"}
ALL = {"own draft", "draft", *PUBLIC}
OWN = {"own draft", "own live"}
TABLE = {
    "/desk/pages/{page}/edit/": {"Reporters": OWN, "Editors": ALL},
    "/desk/pages/{page}/history/": {"Reporters": OWN, "Editors": ALL},
    "/desk/pages/{page}/view_draft/": {"Reporters": OWN, "Editors": ALL},
    "/desk/pages/{page}/usage/": {"Reporters": OWN, "Editors": ALL},
    "/desk/pages/{page}/copy/": {"Reporters": OWN, "Editors": ALL},
    "/desk/pages/{page}/move/": {"Reporters": {"own draft"}, "Editors": ALL},
    "/desk/pages/{page}/unpublish/": {"Editors": {"own live", "live", "section", "front"}},
    "/desk/pages/{page}/workflow_history/": {"Reporters": OWN, "Editors": ALL},
    "/desk/pages/{page}/revisions/{revision}/view/": {"Reporters": OWN, "Editors": ALL},
    "/desk/pages/{page}/revisions/compare/earliest...latest/": {"Reporters": OWN, "Editors": ALL},
    "/desk/pages/{page}/add_subpage/": {"Editors": {"front"}},
    "/desk/pages/{page}/": {"Reporters": ALL - {"draft"}, "Editors": ALL},
    "/desk/choose-page/{page}/": {
        "Reporters": ALL - {"draft"},
        "Editors": ALL,
        "Moderators": ALL - {"draft", "own draft"},
    },
    "/desk/pages/add/gazeti_stories/story/{page}/": {"Reporters": {"section"}, "Editors": {"section"}},
    "/desk/pages/add/gazeti_stories/section/{page}/": {"Editors": {"front"}},
    "/desk/pages/add/gazeti_base/informationpage/{page}/": {"Editors": {"front"}},
}


def misled(desk: Desk, role: str, address: str, allowed: set[str]) -> list[str]:
    """On which pages somebody of a role is let in against the table, or refused against it."""
    client, found = signed_in(desk.people[role]), []
    for name, page in desk.pages.items():
        answer = client.get(address.format(page=page.pk, revision=page.latest_revision_id))
        if (answer.status_code == 200) != (name in allowed):
            found.append(f"{role} {name}: {answer.status_code}")
    return found


@pytest.mark.parametrize("address", TABLE)
def test_each_role_is_let_in_where_it_belongs_and_nowhere_else(desk: Desk, address: str) -> None:
    allowed = {**TABLE[address], "Administrators": TABLE[address]["Editors"]}
    wrong = [told for role in ROLES for told in misled(desk, role, address, allowed.get(role, set()))]
    assert wrong == []


LEAKS = (
    "/desk/pages/",
    "/desk/pages/{section}/",
    "/desk/pages/{section}/?q=Nobody",
    "/desk/pages/{section}/results/?q=Nobody&search_all=1",
    "/desk/pages/search/?q=Nobody",
    "/desk/pages/search/results/?q=Nobody",
    "/desk/pages/usage/gazeti_stories/story/",
    "/desk/choose-page/",
    "/desk/choose-page/{section}/",
    "/desk/choose-page/{section}/?page_type=gazeti_stories.story",
    "/desk/choose-page/search/?q=Nobody",
    "/desk/choose-page/search/?q=Nobody&page_type=gazeti_stories.story",
    "/desk/choose-page/chosen-multiple/?id={draft}",
    "/desk/bulk/wagtailcore/page/delete/?id={draft}",
    "/desk/bulk/wagtailcore/page/publish/?id=all",
    "/desk/bulk/wagtailcore/page/move/?id={own}&id={draft}",
    "/desk/api/main/pages/",
    "/desk/api/main/pages/{draft}/",
    "/desk/api/main/pages/?child_of={section}&for_explorer=1",
    "/desk/api/main/pages/?search=Nobody",
    "/desk/reports/site-history/",
    "/desk/reports/workflow/",
    "/desk/reports/workflow_tasks/",
    "/desk/reports/aging-pages/",
    "/desk/reports/locked/",
    "/desk/reports/page-types-usage/",
    "/desk/snippets/gazeti_stories/author/usage/{author}/",
    "/desk/images/usage/{picture}/",
    "/desk/",
)


@pytest.mark.parametrize("address", LEAKS)
def test_no_list_and_no_search_tells_a_reporter_of_the_drafts_of_others(desk: Desk, address: str) -> None:
    draft = desk.pages["draft"]
    answer = signed_in(desk.people["Reporters"]).get(
        address.format(
            section=desk.pages["section"].pk,
            draft=draft.pk,
            own=desk.pages["own draft"].pk,
            author=draft.authors[0].pk,
            picture=desk.picture.pk,
        ),
        follow=True,
    )
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("address", ["/desk/pages/{section}/", "/desk/api/main/pages/?child_of={section}"])
def test_a_reporter_finds_the_own_stories_and_an_editor_all(desk: Desk, address: str) -> None:
    told = {
        role: signed_in(desk.people[role]).get(address.format(section=desk.pages["section"].pk)).content.decode()
        for role in ("Reporters", "Editors")
    }
    assert "My own draft" in told["Reporters"]
    assert "What everybody reads" in told["Reporters"]
    assert SECRET in told["Editors"]


def test_a_live_story_s_headline_to_come_is_not_told_in_lists(desk: Desk) -> None:
    live = Story.objects.get(pk=desk.pages["live"].pk)
    assert SECRET in live.draft_title
    assert live.get_admin_display_title() == "What everybody reads"


PLACES = {
    "/desk/users/": {"Administrators"},
    "/desk/groups/": {"Administrators"},
    "/desk/sites/": {"Administrators"},
    "/desk/workflows/list/": {"Administrators"},
    "/desk/workflows/tasks/index/": {"Administrators"},
    "/desk/collections/": {"Administrators"},
    "/desk/settings/gazeti_base/newspaper/": {"Administrators"},
    "/desk/redirects/": {"Administrators", "Editors"},
    "/desk/snippets/gazeti_stories/author/": {"Administrators", "Editors"},
    "/desk/snippets/gazeti_stories/topic/add/": {"Administrators", "Editors"},
    "/desk/images/": {"Administrators", "Editors", "Reporters"},
    "/desk/images/add/": {"Administrators", "Editors", "Reporters"},
    "/desk/images/chooser/": {*ROLES},
    "/desk/documents/": {"Administrators", "Editors", "Reporters"},
    "/desk/images/{picture}/": {"Administrators", "Editors"},
    "/desk/reports/site-history/": {"Administrators", "Editors"},
    "/desk/reports/workflow/": {"Administrators", "Editors"},
    "/desk/": {*ROLES},
}


@pytest.mark.parametrize("address", PLACES)
def test_each_place_of_the_desk_opens_to_its_roles_alone(desk: Desk, address: str) -> None:
    asked = address.format(picture=desk.picture.pk)
    assert {role for role in ROLES if arrives(signed_in(desk.people[role]), asked)} == PLACES[address]


def arrives(client: Client, asked: str) -> bool:
    """Whether somebody gets to see what lies at an address or just below; who is refused is led to the desk's home."""
    answer = client.get(asked, follow=True)
    return answer.status_code == 200 and answer.request["PATH_INFO"].startswith(asked)


def test_a_reporter_edits_a_picture_of_the_own(desk: Desk) -> None:
    desk.picture.uploaded_by_user = desk.people["Reporters"]
    desk.picture.save()
    assert signed_in(desk.people["Reporters"]).get(f"/desk/images/{desk.picture.pk}/").status_code == 200


@pytest.mark.parametrize("role", ["Reporters", "Moderators"])
def test_who_may_not_publish_does_not_by_any_button(desk: Desk, role: str) -> None:
    client, draft = signed_in(desk.people[role]), desk.pages["own draft"]
    client.post(f"/desk/pages/{draft.pk}/edit/", filled_form(draft, **{"action-publish": "1"}))
    client.post(f"/desk/bulk/wagtailcore/page/publish/?id={draft.pk}")
    client.post(f"/desk/pages/{desk.pages['own live'].pk}/unpublish/")
    draft.refresh_from_db()
    assert not draft.live
    assert Story.objects.get(pk=desk.pages["own live"].pk).live


@pytest.mark.parametrize(
    ("role", "drafts"), [("Reporters", {"own draft"}), ("Editors", {"own draft", "draft"}), ("Moderators", set())]
)
def test_a_draft_is_deleted_by_its_writer_and_by_editors(desk: Desk, role: str, drafts: set[str]) -> None:
    client = signed_in(desk.people[role])
    opened = {
        n for n in ("own draft", "draft") if client.get(f"/desk/pages/{desk.pages[n].pk}/delete/").status_code == 200
    }
    assert opened == drafts


def test_the_desk_asks_whoever_is_not_signed_in_to_sign_in(desk: Desk) -> None:
    for address in TABLE:
        page = desk.pages["own draft"]
        answer = Client().get(address.format(page=page.pk, revision=page.latest_revision_id))
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]


def test_a_section_stays_a_section_for_a_reporter(desk: Desk) -> None:
    client = signed_in(desk.people["Reporters"])
    client.post(f"/desk/pages/add/gazeti_stories/section/{desk.pages['front'].pk}/", {"title": "Mine", "slug": "mine"})
    assert not Section.objects.filter(slug="mine").exists()
