"""`gazeti user`: who may sign in, added and listed from the terminal."""

import json

import click

from gazeti.accounts.rules import ROLES
from gazeti.cli.failures import Failure
from gazeti.cli.home import open_newsroom


@click.group(invoke_without_command=True)
@click.option("--link", is_flag=True, help="Print a link, to be used once, that makes the first administrator.")
@click.pass_context
def user(context: click.Context, *, link: bool) -> None:
    """Add people who may sign in, list them, or give them a link to set their password."""
    if link:
        click.echo(_first_link())
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


@user.command("add")
@click.argument("email")
@click.option("--name", default="", help="The person's name, as colleagues see it.")
@click.option("--role", "roles", type=click.Choice(tuple(ROLES)), multiple=True, help="Default: reporter.")
@click.option("--administrator", is_flag=True, help="Give every right, accounts of others included.")
def add(email: str, name: str, roles: tuple[str, ...], *, administrator: bool) -> None:
    """Add a person, and print a link by which they set their password."""
    open_newsroom()
    from django.core.exceptions import ValidationError

    from gazeti.accounts.actions import AlreadyThere, add_user, password_link

    try:
        person = add_user(email, name=name, roles=roles or ["reporter"], is_administrator=administrator)
    except ValidationError as error:
        raise Failure(f'"{email}" is no email address. {" ".join(error.messages)}') from error
    except AlreadyThere as error:
        raise Failure(f"{error} `gazeti user link {email}` prints a link to set a new password.") from error
    click.echo(f"{person.email} may sign in after setting a password by this link. It works once, for three days:\n")
    click.echo(f"  {password_link(person)}")


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for a program.")
def list_users(*, as_json: bool) -> None:
    """List everybody who may sign in."""
    open_newsroom()
    from gazeti.accounts.queries import roles_of, users

    rows: list[dict[str, object]] = [
        {
            "email": person.email,
            "name": person.get_full_name(),
            "administrator": person.is_superuser,
            "roles": roles_of(person),
            "active": person.is_active,
            "last_login": person.last_login.isoformat(timespec="seconds") if person.last_login else None,
        }
        for person in users()
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        _print_table(rows)


@user.command("link")
@click.argument("email")
def link_for(email: str) -> None:
    """Print a link by which a person sets a new password. It works once, for three days."""
    open_newsroom()
    from django.core.exceptions import ValidationError

    from gazeti.accounts.actions import password_link
    from gazeti.accounts.queries import user_of

    person = user_of(email)
    if not person:
        raise Failure(f"Nobody signs in with {email}. `gazeti user list` shows who does.")
    try:
        click.echo(password_link(person))
    except ValidationError as error:
        raise Failure(" ".join(error.messages)) from error


@user.command("forget-factors")
@click.argument("email")
def forget_factors(email: str) -> None:
    """Take away a person's second factors, which they lost, and end their sessions."""
    open_newsroom()
    from django.utils import timezone

    from gazeti.accounts.actions import remove_factors
    from gazeti.accounts.queries import user_of

    person = user_of(email)
    if not person:
        raise Failure(f"Nobody signs in with {email}. `gazeti user list` shows who does.")
    count = remove_factors(person, now=timezone.now())
    click.echo(f"{person.email} had {count} second factors and has none now. All their sessions have ended.")


def _first_link() -> str:
    open_newsroom()
    from gazeti.accounts.queries import first_administrator_link, is_there_an_administrator

    if is_there_an_administrator():
        raise Failure(
            "This newsroom has an administrator already. `gazeti user add EMAIL --administrator` adds another."
        )
    return first_administrator_link()


def _print_table(rows: list[dict[str, object]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Email", "Name", "Role", "Last signed in"):
        table.add_column(title, overflow="fold")
    for row in rows:
        role = "administrator" if row["administrator"] else ", ".join(row["roles"]) or "none"  # type: ignore[arg-type]
        shown = role if row["active"] else f"{role}, closed"
        table.add_row(str(row["email"]), str(row["name"]), shown, str(row["last_login"] or "never"))
    Console(markup=False, highlight=False).print(table)
