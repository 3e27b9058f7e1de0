"""What commands share: waking Django, and ending with a sentence."""

from __future__ import annotations

import os
from typing import NoReturn

import typer

from grapevine.config import environment, serving
from grapevine.config.language import gettext as _
from grapevine.config.language import ngettext, num


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
        told = ngettext(
            "The database is not up to date (%(number)s migration to apply). Run `grapevine migrate` first.",
            "The database is not up to date (%(number)s migrations to apply). Run `grapevine migrate` first.",
            len(due),
        )
        end(told % {"number": num(len(due))})


def wake_or_make() -> None:
    """Like `wake_with_database`, but a home without a database gets one: a file can be imported before anything was started."""
    wake()
    from grapevine.config import migrating

    if migrating.is_new():
        migrating.migrate()
    wake_with_database()


def at_line(file: str, line: int, why: str) -> str:
    """What is wrong in a line of a file."""
    return _("%(file)s, line %(line)s: %(why)s") % {"file": file, "line": num(line), "why": why}


def end(sentence: str, *, code: int = 1) -> NoReturn:
    """Tell why it goes no further, and exit."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
