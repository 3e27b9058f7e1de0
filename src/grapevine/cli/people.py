"""Commands about people: hand over all that is held about somebody, and forget them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from grapevine.cli import house
from grapevine.config import language
from grapevine.config.language import gettext as _

app = typer.Typer(help="Hand over what is held about somebody, and forget them.", no_args_is_help=True)
WHO = "Their number here, or exactly their address, handle or name."


@app.command()
def export(
    who: str = typer.Argument(help=WHO),
    file: Path = typer.Argument(help="Where to write it, as JSON; - for standard output."),
) -> None:
    """Write all that is held about somebody, in all rooms, to a file."""
    house.wake_with_database()
    language.follow()
    from grapevine.core import access, clock
    from grapevine.people.actions import whole

    told = whole.hand_over(identity=_find(who), by=access.SYSTEM, at=clock.now())
    if str(file) == "-":
        sys.stdout.writelines(told)
        return
    try:
        with file.open("w", encoding="utf-8") as out:
            out.writelines(told)
    except OSError as error:
        values = {"file": str(file), "why": error.strerror or str(error)}
        house.end(_("%(file)s can’t be written: %(why)s.") % values, code=2)


@app.command()
def forget(
    who: str = typer.Argument(help=WHO),
    yes: bool = typer.Option(False, "--yes", help="Don't ask."),
) -> None:
    """Forget somebody in all rooms, with all identities that are one person with them. Nothing of it comes back."""
    house.wake_with_database()
    language.follow()
    from grapevine.core import clock
    from grapevine.people.actions import whole

    identity = _find(who)
    subject = whole.subject_of(identity)
    if not yes and not typer.confirm(_("Forget %(who)s? Nothing of it comes back.") % {"who": str(identity)}):
        raise typer.Exit(1)
    whole.forget_now(
        identity_id=identity.pk,
        identity_ids=list(subject.identity_ids),
        person_id=subject.person_id,
        by_id=None,
        at=clock.now(),
    )
    typer.echo(_("Forgotten."))


def _find(who: str) -> Any:
    from grapevine.people.selectors import whole

    found = whole.named(who)
    if not found:
        house.end(_("Nobody is called %(who)s.") % {"who": repr(who)})
    if len({one.person_id or -one.pk for one in found}) > 1:
        rows = "\n".join(f"{one.pk}\t{one.platform}\t{one}" for one in found)
        house.end(_("Several are called %(who)s. Say which by number:") % {"who": repr(who)} + "\n" + rows)
    return found[0]


def register(root: typer.Typer) -> None:
    """Add the group."""
    root.add_typer(app, name="people")
