"""`grapevine doctor`: what is configured, what works and what doesn't."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from grapevine.cli import house
from grapevine.config.language import gettext as _
from grapevine.config.language import gettext_noop

_MARKS = {"ok": gettext_noop("ok"), "warning": gettext_noop("look at"), "failed": gettext_noop("broken")}
_LOOKED_AT = (
    gettext_noop("settings"), gettext_noop("version"), gettext_noop("home"), gettext_noop("secret key"), gettext_noop("clock"),
    gettext_noop("database"), gettext_noop("migrations"), gettext_noop("web"), gettext_noop("worker"), gettext_noop("live"),
    gettext_noop("jobs"), gettext_noop("users"), gettext_noop("static files"), gettext_noop("languages"), gettext_noop("backups"),
    gettext_noop("sources"), gettext_noop("deep tier"),
)  # fmt: skip


def doctor(as_json: bool = typer.Option(False, "--json", help="Tell it to machines.")) -> None:
    """Tell what is configured, what works and what doesn't. Exit code 1 when something is broken."""
    house.read_environment()
    from grapevine.config import examination

    findings = examination.examine()
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        marks = {state: _(mark) for state, mark in _MARKS.items()}
        width = max(map(len, marks.values())) + 1
        for finding in findings:
            typer.echo(f"{marks[finding.state]:<{width}}{_(finding.what)}: {finding.told}")
    if any(finding.state == "failed" for finding in findings):
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)
