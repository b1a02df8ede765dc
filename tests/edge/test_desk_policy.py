"""The desk's content security policy: no script but our files, no frame but a preview's, nothing from elsewhere."""

import re

import pytest
from django.test import Client
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser, AdminTimeInput
from wagtail.admin.widgets.workflows import AdminTaskChooser
from wagtail.images.widgets import AdminImageChooser

from gazeti.base.forms import part
from tests.newsroom import make_story

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|\son\w+=\"|\sstyle=\"|javascript:")


def policy_of(answer: object) -> dict[str, str]:
    """The directives of an answer, each with its sources."""
    parts = answer["Content-Security-Policy"].split(";")  # type: ignore[index]
    return {name: sources for name, _, sources in (part.strip().partition(" ") for part in parts)}


def test_the_desk_runs_our_files_alone_and_nobody_frames_it(admin_client: Client) -> None:
    policy = policy_of(admin_client.get("/desk/"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src-attr"] == "'none'"
    assert (policy["base-uri"], policy["form-action"], policy["frame-ancestors"]) == ("'none'", "'self'", "'none'")
    sources = " ".join(policy.values())
    assert "unsafe-eval" not in sources
    assert "http" not in sources
    assert [name for name, value in policy.items() if "unsafe-inline" in value] == ["style-src-elem"]


def test_pages_of_signing_in_allow_nothing_inline(client: Client) -> None:
    policy = policy_of(client.get("/desk/login/"))
    assert "unsafe" not in " ".join(policy.values())
    assert (policy["style-src"], policy["frame-ancestors"]) == ("'self'", "'none'")


def test_only_previews_may_be_framed_and_by_the_desk_alone(admin_client: Client) -> None:
    story = make_story()
    preview = admin_client.get(f"/desk/pages/{story.pk}/edit/preview/?mode=")
    assert policy_of(preview)["frame-ancestors"] == "'self'"
    assert policy_of(admin_client.get("/desk/block-preview/?id=x"))["frame-ancestors"] == "'self'"
    assert policy_of(admin_client.get(f"/desk/pages/{story.pk}/edit/"))["frame-ancestors"] == "'none'"
    assert policy_of(admin_client.get(story.url))["frame-ancestors"] == "'none'"


@pytest.mark.parametrize(
    "address",
    [
        "/desk/",
        "/desk/pages/{page}/edit/",
        "/desk/pages/add/gazeti_stories/story/{section}/",
        "/desk/pages/{page}/move/",
        "/desk/images/multiple/add/",
        "/desk/images/add/",
        "/desk/users/new/",
        "/desk/groups/new/",
        "/desk/workflows/add/",
        "/desk/redirects/add/",
        "/desk/settings/gazeti_base/newspaper/1/",
        "/desk/account/",
        "/desk/reports/site-history/",
        "/desk/invitations/new/",
        "/desk/reports/accounts/",
    ],
)
def test_the_desk_writes_nothing_inline_that_its_policy_refuses(admin_client: Client, address: str) -> None:
    story = make_story()
    text = admin_client.get(address.format(page=story.pk, section=story.get_parent().pk), follow=True).content.decode()
    assert INLINE.findall(text) == []


@pytest.mark.parametrize(
    ("widget", "begins"),
    [
        (AdminDateInput(), "initDateChooser"),
        (AdminTimeInput(), "initTimeChooser"),
        (AdminDateTimeInput(), "initDateTimeChooser"),
        (AdminPageChooser(), "PageChooser"),
        (AdminImageChooser(), "ImageChooser"),
        (AdminTaskChooser(), "createTaskChooser"),
    ],
)
def test_widgets_say_as_data_what_they_begin_with(widget: object, begins: str) -> None:
    html = widget.render("a", None, {"id": 'id_a"&'})  # type: ignore[attr-defined]
    assert "<script" not in html
    assert f'data-desk-part="{begins}"' in html
    assert "id_a" in html.partition("data-desk-arguments")[2]


def test_a_chooser_without_an_id_and_code_that_is_no_call_are_refused() -> None:
    with pytest.raises(TypeError):
        AdminPageChooser().render("a", None)
    for code in ("go()", "new Chooser(document.body);", "a(); b();", "alert(1)//"):
        with pytest.raises(ValueError, match=r"cannot begin|Expecting"):
            part(code)
