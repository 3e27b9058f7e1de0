"""`grapevine doctor`: what is configured, what works and what doesn't."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from grapevine.cli import house

_MARKS = {"ok": "ok      ", "warning": "look at ", "failed": "broken  "}


def doctor(as_json: bool = typer.Option(False, "--json", help="Tell it to machines.")) -> None:
    """Tell what is configured, what works and what doesn't. Exit code 1 when something is broken."""
    house.read_environment()
    from grapevine.config import examination

    findings = examination.examine()
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            typer.echo(f"{_MARKS[finding.state]}{finding.what}: {finding.told}")
    if any(finding.state == "failed" for finding in findings):
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)
