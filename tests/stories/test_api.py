"""The API's door, what it shows to whom, and what it answers when something is wrong."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoAssertNumQueries
from wagtail.models import APIToken, PageViewRestriction

from gazeti.accounts.models import User
from gazeti.stories.actions import revise_story
from gazeti.stories.api.door import MOST_BYTES
from gazeti.stories.models import Story
from tests.newsroom import NOW, make_draft, make_section, make_story, make_withdrawn
from tests.stories.calling import Program, somebody

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"
UNKNOWN = ("", "nothing/", "nothing", "pages", "../desk/", "pages/1/nothing/", "docs/", "openapi.json/", "v3/pages/")


@pytest.fixture
def reporter(db: None) -> Program:
    return Program(somebody("Reporters"))


@pytest.fixture
def editor(db: None) -> Program:
    return Program(somebody("Editors"))


def described() -> dict[str, dict[str, dict[str, object]]]:
    answer = Client().get("/api/openapi.json")
    assert answer.status_code == 200
    return answer.json()["paths"]


def calls() -> Iterator[tuple[str, str]]:
    """Give every call of the description, with numbers for what it leaves open."""
    for path, methods in described().items():
        made = path.replace("{page_id}", "1").replace("{revision_id}", "1").replace("{site_id}", "1")
        for method in methods:
            yield method, made.replace("{type_name}", "gazeti_stories.Story").removeprefix("/api/")


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def test_every_call_without_a_token_is_refused_with_a_challenge(db: None) -> None:
    nobody = Program()
    for method, path in [*calls(), *(("get", path) for path in UNKNOWN), *(("post", path) for path in UNKNOWN)]:
        answer = nobody(method, path)
        assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM), (method, path)
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer["Cache-Control"] == "no-store"


def test_the_description_names_every_address_that_answers(db: None) -> None:
    """Whoever adds a router is in the walk above; only the root and the description itself are in none."""
    made = {route.replace("<page_id>", "{page_id}").removeprefix("api/") for route in routes() if route[:4] == "api/"}
    plain = {route.replace("<", "{").replace(">", "}").replace("int:", "") for route in made}
    assert {f"/api/{route}" for route in plain} - set(described()) == {"/api/", "/api/openapi.json"}


def test_every_described_call_has_its_name_and_asks_for_a_token(db: None) -> None:
    operations = [operation for methods in described().values() for operation in methods.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names)) >= 20
    assert {json.dumps(operation["security"]) for operation in operations} == {'[{"Bearer": []}]'}
    document = Client().get("/api/openapi.json").json()
    assert document["components"]["securitySchemes"] == {"Bearer": {"type": "http", "scheme": "bearer"}}
    assert document["openapi"].startswith("3.1")


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer x", "Basic eDp5", "Bearer wagtail_" + "0" * 33, "bearer \x00", "Bearer é"],
)
def test_a_token_that_is_none_opens_nothing(db: None, header: str) -> None:
    story = make_story()
    answer = Client().get(f"/api/pages/{story.pk}/", headers={"authorization": header})
    assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM)
    assert story.headline not in answer.content.decode()


def test_a_session_of_the_desk_counts_for_nothing(client: Client) -> None:
    client.force_login(User.objects.create_superuser(email="a@example.org", password=None))
    for method, path in calls():
        assert getattr(client, method)(f"/api/{path}").status_code == 401


def test_a_token_counts_until_it_is_revoked_and_while_its_owner_may_sign_in(db: None) -> None:
    person = somebody("Editors")
    token, plain = APIToken.create_token(user=person, name="test")
    call = Program(token=plain)
    assert call("get", "pages/").status_code == 200
    person.is_active = False
    person.save()
    assert call("get", "pages/").status_code == 401
    person.is_active = True
    person.save()
    assert call("get", "pages/").status_code == 200
    token.revoke()
    answer = call("get", "pages/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_who_has_no_role_any_more_is_refused(db: None) -> None:
    person = somebody("Editors")
    call = Program(person)
    assert call("get", "whoami/").status_code == 200
    person.groups.clear()
    assert call("get", "whoami/").status_code == 403


def test_whatever_goes_wrong_is_told_as_a_problem(editor: Program) -> None:
    bare = {"authorization": f"Bearer {editor.token}"}
    json_type = "application/json"
    broken = editor.client.post("/api/pages/", data="{", content_type=json_type, headers=bare)
    large = editor.client.post("/api/pages/", data="x" * (MOST_BYTES + 1), content_type=json_type, headers=bare)
    chunked = editor.client.generic("POST", "/api/pages/", headers={**bare, "transfer-encoding": "chunked"})
    found = {
        400: broken,
        411: chunked,
        413: large,
        404: editor("get", "nothing/"),
        405: editor("put", "pages/"),
        422: editor("post", "pages/", {"meta": {"type": "gazeti_stories.Story"}}),
    }
    for status, answer in found.items():
        assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
        assert answer.json()["detail"]
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert set(found[405]["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize("path", ["pages", "pages/1", "whoami"])
def test_an_address_without_its_slash_is_no_page_either(editor: Program, path: str) -> None:
    answer = editor("get", path)
    assert (answer.status_code, answer.content) == (301, b"")
    assert "Content-Type" not in answer


def test_what_breaks_inside_is_told_as_a_problem_too(editor: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_values: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr("gazeti.stories.api.reading.seen", fail)
    answer = editor("get", "pages/1/revisions/")
    assert (answer.status_code, answer["Content-Type"]) == (500, PROBLEM)
    assert "secret" not in answer.content.decode()


def hidden_stories() -> dict[str, Story]:
    """Give a story in each state in which the public sees none."""
    private = make_story()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    inside = make_story(make_section(title="Closed"))
    PageViewRestriction.objects.create(page=inside.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    embargoed = make_story(published_at=None, embargo_until=NOW.replace(year=2099))
    return {"draft": make_draft(), "private": private, "inside": inside, "embargoed": embargoed}


@pytest.mark.database
def test_what_the_public_may_not_see_is_read_by_nobody_as_live(editor: Program, reporter: Program, run_tasks) -> None:
    shown, hidden = make_story(), hidden_stories()
    run_tasks()
    for call in (editor, reporter):
        lists = ("pages/", "pages/?type=gazeti_stories.Story", "pages/?search=bridge", "pages/?order=-title")
        for path in (*lists, f"pages/?child_of={shown.get_parent().pk}"):
            answer = call("get", path)
            ids = [one["id"] for one in answer.json()["items"]]
            assert shown.pk in ids, path
            assert not set(ids) & {story.pk for story in hidden.values()}, path
        for story in hidden.values():
            assert call("get", f"pages/{story.pk}/").status_code == 404
            assert call("get", "pages/find/", {"html_path": story.address}).status_code == 404
        assert call("get", f"pages/{shown.pk}/").status_code == 200


def test_a_withdrawn_story_is_gone(editor: Program) -> None:
    story = make_withdrawn()
    assert editor("get", f"pages/{story.pk}/").status_code == 410
    assert editor("get", "pages/find/", {"html_path": story.address}).status_code == 410
    assert editor("get", "pages/").json()["count"] == 2


def test_a_draft_is_read_by_who_may_edit_it(editor: Program, reporter: Program) -> None:
    for state, story in hidden_stories().items():
        revision = story.latest_revision_id
        for path in (f"pages/{story.pk}/?version=draft", f"pages/{story.pk}/revisions/"):
            assert editor("get", path).status_code == 200, state
            assert reporter("get", path).status_code == 404, state
        assert editor("get", f"pages/{story.pk}/revisions/{revision}/").status_code == 200
        assert reporter("get", f"pages/{story.pk}/revisions/{revision}/").status_code == 404


@pytest.mark.database
def test_a_reporter_reads_their_own_draft_and_no_other(db: None) -> None:
    person = somebody("Reporters")
    own, other = make_draft(by=None), make_draft()
    Story.objects.filter(pk=own.pk).update(owner=person)
    call = Program(person)
    assert call("get", f"pages/{own.pk}/?version=draft").json()["title"] == own.title
    assert [one["id"] for one in call("get", "pages/?version=draft").json()["items"]] == [own.pk]
    assert call("get", f"pages/{other.pk}/?version=draft").status_code == 404


def test_new_words_of_a_live_story_are_in_its_draft_alone(editor: Program, reporter: Program) -> None:
    story = make_story()
    revise_story(story, now=NOW, headline="The secret of the new bridge")
    for path in (f"pages/{story.pk}/", "pages/"):
        assert "secret" not in editor("get", path).content.decode()
    assert "secret" in editor("get", f"pages/{story.pk}/?version=draft").content.decode()
    assert reporter("get", f"pages/{story.pk}/?version=draft").status_code == 403
    assert reporter("get", f"pages/{story.pk}/revisions/").status_code == 403


@pytest.mark.parametrize("relation", ["child_of", "descendant_of", "ancestor_of"])
def test_a_hidden_page_is_no_place_to_look_from(editor: Program, reporter: Program, relation: str) -> None:
    draft = make_draft()
    assert editor("get", f"pages/?{relation}={draft.pk}").status_code == 200
    assert reporter("get", f"pages/?{relation}={draft.pk}").status_code == 404
    assert reporter("get", f"pages/?{relation}={draft.pk + 1000}").status_code == 404


@pytest.mark.database
def test_no_answer_names_what_is_hidden(editor: Program) -> None:
    """Not by an address inside text, not as translation, not by an alias of it."""
    source = make_story(headline="A secret about bridges")
    text = f'<p>See <a linktype="page" id="{source.pk}">this</a>.</p>'
    story = make_story(translation_of=source, body=[("text", text)])
    alias = source.create_alias(update_slug="again")
    PageViewRestriction.objects.create(page=source, restriction_type=PageViewRestriction.LOGIN)
    told = editor("get", f"pages/{story.pk}/").json()
    assert told["translation_of"] is None
    for form in ("html", "markdown"):
        assert editor("get", f"pages/{story.pk}/?rich_text_format={form}").status_code == 422
    assert source.slug not in json.dumps(told) + editor("get", f"pages/{story.pk}/?rich_text_format=db_markdown").text
    assert editor("get", f"pages/{alias.pk}/").status_code == 404


@pytest.mark.database
def test_a_list_of_twenty_costs_few_queries(
    reporter: Program, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(20):
        make_story()
    assert len(reporter("get", "pages/?type=gazeti_stories.Story").json()["items"]) == 20
    with django_assert_max_num_queries(10):
        answer = reporter("get", "pages/?type=gazeti_stories.Story&order=-published_at")
    assert answer.json()["count"] == 20


def test_only_an_administrator_is_told_of_sites(editor: Program) -> None:
    chief = Program(User.objects.create_superuser(email="chief@example.org", password=None))
    assert editor("get", "sites/").status_code == 403
    assert chief("get", "sites/").json()["count"] == 1
    assert chief("post", "sites/", {"hostname": "x.example"}).status_code == 405


def test_who_writes_edits_or_moderates_makes_tokens_of_their_own_at_the_desk(client: Client) -> None:
    other, _plain = APIToken.create_token(user=somebody("Editors"), name="theirs")
    for role in ("Reporters", "Editors", "Moderators"):
        person = somebody(role)
        client.force_login(person)
        assert "/desk/api-tokens/" in client.get("/desk/").content.decode()
        made = client.post("/desk/api-tokens/new/", {"name": "my program", "user": person.pk})
        plain = made.context["token"]
        assert Program(token=plain)("get", "whoami/").json()["user"]["email"] == person.email
        listed = client.get("/desk/api-tokens/").content.decode()
        assert plain[:12] in listed
        assert other.name not in listed
        assert client.get(f"/desk/api-tokens/edit/{other.pk}/").status_code == 404
        assert client.post(f"/desk/api-tokens/delete/{other.pk}/").status_code == 404
        assert client.post(f"/desk/api-tokens/delete/{APIToken.objects.get(user=person).pk}/").status_code == 302
        assert Program(token=plain)("get", "whoami/").status_code == 401
        wrong = client.post("/desk/api-tokens/new/", {"name": "theirs", "user": other.user_id})
        assert wrong.status_code == 200
    assert APIToken.objects.filter(revoked_at=None).count() == 1


def test_who_has_no_role_makes_no_token(client: Client) -> None:
    client.force_login(User.objects.create_user(email="reader@example.org", password=None))
    assert client.get("/desk/api-tokens/").status_code in (302, 403)
    assert client.post("/desk/api-tokens/new/", {"name": "x", "user": 1}).status_code in (302, 403)
    assert not APIToken.objects.exists()
