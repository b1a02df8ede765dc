"""`gazeti user`: who may sign in, from the terminal."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner, Result
from django.test import Client

from gazeti.accounts.models import User
from gazeti.cli.main import main

pytestmark = pytest.mark.django_db
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in a newsroom on the test's database."""
    (tmp_path / "gazeti.toml").touch()
    monkeypatch.setenv("GAZETI_HOME", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])
    return lambda *words: CliRunner().invoke(main, ["user", *words])


def path_in(text: str) -> str:
    """Return the path of the one link in a text."""
    (link,) = [word for word in text.split() if word.startswith("http://localhost:8000/")]
    return link.removeprefix("http://localhost:8000")


def test_a_person_is_added_and_sets_a_password_by_the_link_once(run: Run, client: Client) -> None:
    done = run("add", "amina@paper.example", "--name", "Amina Farah")
    assert (done.exit_code, done.stderr) == (0, "")
    form = client.get(path_in(done.stdout), follow=True)
    words = {"password1": "tall-jacaranda-9", "password2": "tall-jacaranda-9"}
    client.post(form.redirect_chain[-1][0], words)
    assert User.objects.get().check_password("tall-jacaranda-9")
    assert b"This link is spent" in Client().get(path_in(done.stdout), follow=True).content


def test_a_person_may_write_and_an_administrator_may_everything(run: Run) -> None:
    run("add", "amina@paper.example", "--role", "editor")
    run("add", "ali@paper.example", "--administrator")
    amina, ali = User.objects.get(email="amina@paper.example"), User.objects.get(email="ali@paper.example")
    assert amina.has_perm("wagtailadmin.access_admin")
    assert not amina.has_perm("gazeti_accounts.add_user")
    assert ali.has_perm("gazeti_accounts.add_user")


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("AMINA@paper.example", "Somebody already signs in with AMINA@paper.example."),
        ("amina", '"amina" is no email address.'),
    ],
)
def test_a_taken_or_wrong_address_is_refused(run: Run, email: str, sentence: str) -> None:
    run("add", "amina@paper.example")
    done = run("add", email)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"gazeti: {sentence}")
    assert User.objects.count() == 1


def test_the_list_is_a_table_for_people_and_json_for_programs(run: Run) -> None:
    run("add", "amina@paper.example", "--name", "Amina [Farah]")
    assert "Amina [Farah]" in run("list").stdout
    assert json.loads(run("list", "--json").stdout) == [
        {
            "email": "amina@paper.example",
            "name": "Amina [Farah]",
            "administrator": False,
            "roles": ["reporter"],
            "active": True,
            "last_login": None,
        }
    ]


def test_a_new_link_is_for_those_who_may_sign_in(run: Run) -> None:
    run("add", "amina@paper.example")
    assert "/desk/password/reset/key/" in run("link", "amina@PAPER.example").stdout
    User.objects.update(is_active=False)
    assert run("link", "amina@paper.example").stderr == "gazeti: amina@paper.example may not sign in any more.\n"
    assert run("link", "ali@paper.example").stderr.startswith("gazeti: Nobody signs in with ali@paper.example.")


def test_a_person_gets_the_roles_that_were_named(run: Run) -> None:
    run("add", "amina@paper.example", "--role", "moderator", "--role", "reporter")
    assert set(User.objects.get().groups.values_list("name", flat=True)) == {"Moderators", "Reporters"}
    assert "reporter, moderator" in run("list").stdout


def test_a_role_that_is_none_is_refused(run: Run) -> None:
    done = run("add", "amina@paper.example", "--role", "owner")
    assert done.exit_code != 0
    assert not User.objects.exists()


def test_lost_second_factors_are_taken_away_and_sessions_end(run: Run, client: Client) -> None:
    run("add", "amina@paper.example")
    amina = User.objects.get()
    amina.set_password("tall-jacaranda-9")
    amina.save()
    client.post("/desk/login/", {"login": "amina@paper.example", "password": "tall-jacaranda-9"})
    assert client.get("/desk/sessions/").status_code == 200
    Authenticator.objects.create(user=amina, type="totp", data={})
    Authenticator.objects.create(user=amina, type="recovery_codes", data={})
    assert "had 1 second factors" in run("forget-factors", "AMINA@paper.example").stdout
    assert not Authenticator.objects.exists()
    assert client.get("/desk/sessions/").status_code == 302
    assert run("forget-factors", "ali@paper.example").stderr.startswith("gazeti: Nobody signs in with ali@")


def test_the_first_administrators_link_is_given_until_there_is_one(run: Run) -> None:
    assert "/desk/first-administrator/" in run("--link").stdout
    run("add", "ali@paper.example", "--administrator")
    done = run("--link")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("gazeti: This newsroom has an administrator already.")


def test_without_a_verb_it_tells_its_verbs(run: Run) -> None:
    done = run()
    assert done.exit_code == 0
    assert {"add", "forget-factors", "link", "list"} <= set(done.stdout.split())
