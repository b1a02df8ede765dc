"""`gazeti doctor`: looks at everything a newsroom stands on, and says what to do about what is wrong."""

import json
from typing import TYPE_CHECKING

import click

from gazeti.cli.failures import Failure
from gazeti.cli.findings import Finding
from gazeti.cli.home import newsroom, set_up

if TYPE_CHECKING:
    from gazeti.edge.proxies import Facts

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for a program.")
@click.option("--send-mail-to", "recipient", metavar="ADDRESS", help="Send a test message there.")
@click.option("--nginx", "server", flag_value="nginx", help="Print nginx's configuration instead.")
@click.option("--caddy", "server", flag_value="caddy", help="Print Caddy's configuration instead.")
@click.pass_context
def doctor(context: click.Context, recipient: str | None, server: str | None, *, as_json: bool) -> None:
    """Check database, disk, mail, clock, address, tasks and search. Exit status 1 if anything fails."""
    newsroom()
    if server:
        click.echo(_configuration(server), nl=False)
        return
    findings = _findings(recipient)
    is_well = all(one.state != "fail" for one in findings)
    if as_json:
        click.echo(json.dumps({"ok": is_well, "findings": [one._asdict() for one in findings]}, indent=2))
    else:
        _print_table(findings)
    context.exit(0 if is_well else 1)


def _configuration(server: str) -> str:
    """What a server in front needs to serve this newsroom's pages by itself."""
    set_up()
    from gazeti.edge import proxies

    written, facts = {"nginx": proxies.nginx, "caddy": proxies.caddy}, proxies.facts()
    try:
        if server == "nginx" and facts.is_tls and not facts.has_certificate:
            click.echo(f"gazeti: {_without_tls(facts)}", err=True)
        return written[server](facts)
    except PermissionError as error:
        raise Failure(f"Only root may look for a certificate ({error.filename}). Run it as root.") from error


def _without_tls(facts: "Facts") -> str:
    """What whoever prints nginx's configuration must know before it takes the place of one with TLS."""
    others = ", ".join(facts.other_certificates)
    beside = f" Others are there ({others}), but only one of the address's own name is used." if others else ""
    return (
        f"No certificate lies in {facts.certificate}, so this serves without TLS.{beside} "
        "It tells how to fetch one; then print it again."
    )


def _findings(recipient: str | None) -> list[Finding]:
    from gazeti.config.env import BadSetting

    try:
        set_up()
    except BadSetting as error:
        return [Finding("settings", "fail", str(error))]
    from gazeti.cli.checkups import all_checkups

    return all_checkups(recipient=recipient)


def _print_table(findings: list[Finding]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False)
    for one in findings:
        table.add_row(Text(one.state, style=COLOURS[one.state]), one.part, one.sentence)
    Console(markup=False, highlight=False).print(table)
