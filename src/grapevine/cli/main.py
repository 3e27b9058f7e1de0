"""The `grapevine` command. One file per group of commands; Django is imported only by those that need it."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer

from grapevine.cli import (
    data,
    doctor,
    evaluate,
    export,
    help_texts,
    importing,
    label,
    match,
    parts,
    people,
    spread,
    up,
    users,
)
from grapevine.config.environment import WrongSetting
from grapevine.config.language import gettext as _


class House(typer.Typer):
    """Typer, with what a person can mend told in a sentence instead of a traceback."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # All that is written is personal: the log of the database beside it, backups, exports, uploads.
        os.umask(0o077)
        try:
            command = typer.main.get_command(self)
            help_texts.speak(command)
            return command(*args, **kwargs)
        except WrongSetting as error:
            print(error, file=sys.stderr)
            sys.exit(2)
        except Exception as error:
            sentence = _sentence(error)
            if sentence is None:
                raise
            print(sentence, file=sys.stderr)
            sys.exit(1)


def _sentence(error: Exception) -> str | None:
    """What to tell of an error that is not ours; None when it is (then the traceback is wanted)."""
    if type(error).__module__.startswith("psycopg_pool") or type(error).__name__ == "OperationalError":
        reason = " ".join(str(error).split())
        return _("The database does not answer: %(reason)s `grapevine doctor` tells more.") % {
            "reason": reason
        }
    if type(error).__name__ == "HalfWay":  # of grapevine.config.migrating, which Django must wake first
        return str(error)
    if isinstance(error, PermissionError):
        told = _("%(file)s may not be written. Set GRAPEVINE_HOME to a folder of yours, or change its owner.")
        return told % {"file": error.filename}
    return None


app = House(
    name="grapevine",
    help="Word of mouth, made visible and workable.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for group in (up, parts, data, importing, export, match, label, evaluate, doctor):
    group.register(app)
users.register(app)
people.register(app)
spread.register(app)


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Tell the version and exit."),
) -> None:
    if version:
        import grapevine

        print(grapevine.__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


if __name__ == "__main__":
    app()
