"""Commands about users: add, password, role, list."""

from __future__ import annotations

import sys

import typer

from grapevine.cli import house

app = typer.Typer(help="Add users, set their roles and passwords.", no_args_is_help=True)
ROLES = ("administrator", "lead", "member", "reader")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def _role(role: str) -> str:
    if role not in ROLES:
        house.end(f"There is no role {role!r}. The roles are {', '.join(ROLES)}.", code=2)
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
        house.end(f"Somebody has the address {email} already.")
    except ValidationError as error:
        house.end(" ".join(error.messages))
    typer.echo(f"{email} is added as {role}.")


@app.command()
def password(
    email: str,
    password_stdin: bool = typer.Option(
        False, "--password-stdin", help="Read the password from standard input."
    ),
) -> None:
    """Set somebody's password. Their sessions end."""
    house.wake_with_database()
    from django.core.exceptions import ValidationError

    from grapevine.core import access, clock
    from grapevine.core.actions import users

    user = _find(email)
    try:
        users.set_password(user=user, password=_password(password_stdin), by=access.SYSTEM, at=clock.now())
    except ValidationError as error:
        house.end(" ".join(error.messages))
    typer.echo(f"{email} has a new password.")


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
        house.end("This is the last administrator. Make somebody else one first.")
    typer.echo(f"{email} is {role} now.")


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
        house.end(f"Nobody has the address {email}. `grapevine user list` shows who there is.")
    return user


def register(root: typer.Typer) -> None:
    """Add the group."""
    root.add_typer(app, name="user")
