"""Commands about users: add, password, role, list."""

from __future__ import annotations

import sys

import typer

from grapevine.cli import house
from grapevine.config import language
from grapevine.config.language import gettext as _

app = typer.Typer(help="Add users, set their roles and passwords.", no_args_is_help=True)
ROLES = ("administrator", "lead", "member", "reader")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    password: str = typer.prompt(_("Password"), hide_input=True, confirmation_prompt=True)
    return password


def _role(role: str) -> str:
    if role not in ROLES:
        values = {"role": repr(role), "roles": ", ".join(ROLES)}
        house.end(_("There is no role %(role)s. The roles are %(roles)s.") % values, code=2)
    return role


@app.command()
def add(
    email: str,
    name: str = typer.Option("", help="The person's name; the address when not given."),
    role: str = typer.Option("member", help="administrator, lead, member or reader."),
    password_stdin: bool = typer.Option(
        False, "--password-stdin", help="Read the password from standard input."
    ),
) -> None:
    """Add somebody who may sign in."""
    role = _role(role)
    house.wake_with_database()
    language.follow()
    from django.core.exceptions import ValidationError

    from grapevine.core import access, clock
    from grapevine.core.actions import users

    try:
        users.add(
            email=email,
            name=name,
            role=role,
            by=access.SYSTEM,
            at=clock.now(),
            password=_password(password_stdin),
        )
    except users.AddressTaken:
        house.end(_("Somebody has the address %(email)s already.") % {"email": email})
    except ValidationError as error:
        house.end(" ".join(error.messages))
    typer.echo(_("%(email)s is added as %(role)s.") % {"email": email, "role": role})


@app.command()
def password(
    email: str,
    password_stdin: bool = typer.Option(
        False, "--password-stdin", help="Read the password from standard input."
    ),
) -> None:
    """Set somebody's password. Their sessions end."""
    house.wake_with_database()
    language.follow()
    from django.core.exceptions import ValidationError

    from grapevine.core import access, clock
    from grapevine.core.actions import users

    user = _find(email)
    try:
        users.set_password(user=user, password=_password(password_stdin), by=access.SYSTEM, at=clock.now())
    except ValidationError as error:
        house.end(" ".join(error.messages))
    typer.echo(_("%(email)s has a new password.") % {"email": email})


@app.command()
def role(email: str, role: str) -> None:
    """Change what somebody may do."""
    role = _role(role)
    house.wake_with_database()
    from grapevine.core import access, clock
    from grapevine.core.actions import users

    try:
        users.change_role(user=_find(email), role=role, by=access.SYSTEM, at=clock.now())
    except users.LastAdministrator:
        house.end(_("This is the last administrator. Make somebody else one first."))
    typer.echo(_("%(email)s is %(role)s now.") % {"email": email, "role": role})


@app.command("list")
def list_them() -> None:
    """List all users with their roles."""
    house.wake_with_database()
    from grapevine.core import access
    from grapevine.core.selectors import users

    for row in users.all_for(access.SYSTEM):
        typer.echo(f"{row.email}\t{row.role}\t{'active' if row.is_active else 'closed'}\t{row.name}")


def _find(email: str):  # type: ignore[no-untyped-def]
    from grapevine.core.selectors import users

    user = users.of_address(email)
    if user is None:
        told = _("Nobody has the address %(email)s. `grapevine user list` shows who there is.")
        house.end(told % {"email": email})
    return user


def register(root: typer.Typer) -> None:
    """Add the group."""
    root.add_typer(app, name="user")
