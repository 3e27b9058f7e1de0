"""What commands share: waking Django, and ending with a sentence."""

from __future__ import annotations

import os
from typing import NoReturn

import typer

from grapevine.config import environment, serving


def read_environment() -> environment.Environment:
    """The settings. Raises WrongSetting, which the command tells in a sentence."""
    return environment.read()


def follow_supervisor() -> None:
    """End with the `grapevine up` that started this process, if one did."""
    if serving.PARENT in os.environ:
        serving.follow_parent(int(os.environ[serving.PARENT]))


def wake() -> None:
    """Set Django up. Until then nothing is known of databases and rooms."""
    read_environment()  # first, so that a wrong setting is told by its name
    os.environ["DJANGO_SETTINGS_MODULE"] = "grapevine.config.settings"
    import django

    django.setup()


def wake_with_database() -> None:
    """Set Django up for a command that needs the database as this version knows it."""
    wake()
    from grapevine.config import migrating

    if due := migrating.due():
        end(
            f"The database is not up to date ({len(due)} migrations to apply). Run `grapevine migrate` first."
        )


def wake_or_make() -> None:
    """Like `wake_with_database`, but a home without a database gets one: a file can be imported before anything was started."""
    wake()
    from grapevine.config import migrating

    if migrating.is_new():
        migrating.migrate()
    wake_with_database()


def end(sentence: str, *, code: int = 1) -> NoReturn:
    """Tell why it goes no further, and exit."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
