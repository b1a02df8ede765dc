"""The paper's own words and pages, written once and purged from every page that shows them."""

import pytest

from gazeti import log
from gazeti.base.actions import file_information_page, name_newspaper, publish_information_page
from gazeti.base.models import InformationPage, Newspaper
from tests.newsroom import make_paper

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BODY = [{"type": "text", "value": "<p>We check.</p>"}]


def purged_since(position: int) -> set[str]:
    return {tag for entry in log.read(position) if entry.stream == "purges" for tag in entry.data["tags"]}


def test_naming_the_paper_purges_every_page_once() -> None:
    start = log.head()
    name_newspaper(name="The Corner Paper", place="Nairobi")
    assert Newspaper.load().name == "The Corner Paper"
    assert purged_since(start) == {"site"}
    head = log.head()
    name_newspaper(name="The Corner Paper", place="Nairobi")
    assert log.head() == head


def test_an_information_page_is_a_draft_until_it_is_published() -> None:
    page = file_information_page(make_paper(), title="Ethics", slug="ethics", body=BODY)
    assert not page.live
    start = log.head()
    publish_information_page(page)
    assert InformationPage.objects.get().live
    assert purged_since(start) == {"site", f"page:{page.pk}", "path:/ethics/"}


def test_an_information_page_is_found_again_by_its_address() -> None:
    front = make_paper()
    first = file_information_page(front, title="Ethics", slug="ethics", body=BODY)
    assert file_information_page(front, title="Other", slug="ethics", body=[]) == first
    assert InformationPage.objects.count() == 1


def test_an_information_page_may_not_take_an_address_of_the_house() -> None:
    from django.core.exceptions import ValidationError

    page = file_information_page(make_paper(), title="Ethics", slug="ethics", body=BODY)
    page.slug = "search"
    with pytest.raises(ValidationError, match="address Gazeti itself needs"):
        page.full_clean()
