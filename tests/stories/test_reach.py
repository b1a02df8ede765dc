"""What the layer before the desk keeps from people: drafts of others, files, and numbers that fit no row."""

import pytest
from django.core.files.base import ContentFile

from gazeti.media.actions import keep_document
from tests.stories.roles import ROLES, signed_in
from tests.stories.test_roles import SECRET, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_soak]
HUGE = "9" * 23


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("action", ["move", "delete", "publish", "unpublish"])
def test_who_chooses_pages_together_is_told_of_the_own_alone(desk: Desk, action: str) -> None:
    address = f"/desk/bulk/wagtailcore/page/{action}/?id="
    live, own = desk.pages["live"], desk.pages["own draft"]
    for role in ("Reporters", "Moderators"):
        answer = signed_in(desk.people[role]).get(f"{address}{live.pk}")
        assert answer.status_code == 404
        assert SECRET not in answer.content.decode()
    reporter = signed_in(desk.people["Reporters"])
    assert reporter.get(f"{address}{own.pk}").status_code == 200
    assert reporter.get(f"{address}{own.pk}&id={live.pk}").status_code == 404
    assert signed_in(desk.people["Editors"]).get(f"{address}{live.pk}").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["choose-page/chosen-multiple/?id={}", "choose-page/{}/", "pages/{}/", "api/main/pages/{}/", "choose-page/?id={}"],
)
@pytest.mark.parametrize("role", ["Reporters", "Moderators"])
def test_no_other_list_tells_of_an_update_to_come(desk: Desk, address: str, role: str) -> None:
    answer = signed_in(desk.people[role]).get(f"/desk/{address.format(desk.pages['live'].pk)}", follow=True)
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_files_are_listed_to_who_works_with_them(desk: Desk, kind: str) -> None:
    keep_document(ContentFile(b"%PDF-1.4", name="budget.pdf"), title="The budget")
    address = f"/desk/api/main/{kind}/"
    opened = {role for role in ROLES if signed_in(desk.people[role]).get(address).status_code == 200}
    assert opened == {"Reporters", "Editors", "Administrators"}
    assert signed_in(desk.people["Moderators"]).get(f"{address}{desk.picture.pk}/").status_code == 404


NOWHERE = (
    f"stories/{HUGE}/overrides/",
    f"stories/{HUGE}/preflight/",
    f"stories/{HUGE}/share/",
    f"stories/{HUGE}/weight/",
    f"pages/{HUGE}/",
    f"pages/{HUGE}/edit/",
    "pages/{page}/move/" + f"{HUGE}/confirm/",
    f"choose-page/?id={HUGE}",
    f"choose-page/chosen-multiple/?id={HUGE}",
    "choose-page/chosen-multiple/?id=²",
    "choose-page/chosen-multiple/?id=٣",
    "choose-page/chosen-multiple/?id=%00",
    f"bulk/wagtailcore/page/publish/?id={HUGE}",
    "bulk/wagtailcore/page/publish/?id=abc",
    "bulk/wagtailcore/page/publish/?id=",
    f"bulk/gazeti_media/picture/delete/?id={HUGE}",
    f"images/chooser/chosen/{HUGE}/",
    f"images/chooser/chosen/-{HUGE}/",
    f"api-tokens/?user={HUGE}",
    "api/main/pages/?search=%00",
)


@pytest.mark.parametrize("address", NOWHERE)
def test_a_number_that_fits_no_row_is_nowhere_for_anybody(desk: Desk, address: str) -> None:
    for role in ("Reporters", "Editors"):
        answer = signed_in(desk.people[role]).get(f"/desk/{address.format(page=desk.pages['own draft'].pk)}")
        assert answer.status_code == 404, role


def test_a_long_number_may_be_searched_for(desk: Desk) -> None:
    assert signed_in(desk.people["Editors"]).get(f"/desk/pages/search/?q={HUGE}").status_code == 200
