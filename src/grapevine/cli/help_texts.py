"""What `--help` says, in the command's language: the docstrings and options of all commands, and the words that Typer puts around them.

They stand in the code as English; the catalogue gets them by `english`, which walks through the commands as `--help` does.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from typing import Any

from grapevine.config import language
from grapevine.config.language import gettext as _
from grapevine.config.language import gettext_noop

TYPERS = (
    gettext_noop("Arguments"), gettext_noop("Options"), gettext_noop("Commands"), gettext_noop("required"),
    gettext_noop("default: {default}"), gettext_noop("Aborted!"), gettext_noop("Missing command."),
    gettext_noop("No such command {name!r}."),
)  # fmt: skip
"""Typer's own words."""


def speak(command: Any) -> None:
    """Translate what a command and those below it say of themselves. Costs nothing where the language is English."""
    if language.spoken() == "en":
        return
    gettext.bindtextdomain("django", str(language.PACKAGE / "config" / "locale"))
    gettext.textdomain("django")
    os.environ["LANGUAGE"] = language.spoken()  # which Python's gettext follows, and Typer asks that
    for one in _all(command):
        one.help = _(one.help) if one.help else one.help
        for parameter in one.params:
            if getattr(parameter, "help", None):
                parameter.help = _(parameter.help)


def english(command: Any) -> Iterator[str]:
    """All that is said of a command and those below it."""
    for one in _all(command):
        yield from filter(None, (one.help, *(getattr(parameter, "help", None) for parameter in one.params)))


def _all(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _all(below)
