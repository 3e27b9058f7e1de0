"""The command that reads texts, for pipes: lines of JSON in, lines of JSON out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any

import typer

from grapevine.cli import from_below, house, waking
from grapevine.config.language import gettext as _
from grapevine.config.language import ngettext, num

AT_ONCE = 2048  # posts read together
SHOWN = 20  # bad lines told one by one; the others are counted
LONGEST = 32 << 20  # bytes of a line
HELD = 4 << 20  # bytes of lines after which a block ends, however few they are

Row = tuple[bytes, str]  # an id as it is written, and the text
Wrong = tuple[int, str]  # a line's number, and why it is no post


def label(
    posts: str = typer.Argument("-", help='Lines of {"id", "text"}; - for standard input.'),
    tier: str = typer.Option("auto", help="fast, deep, or auto: deep where the fast one is not sure."),
) -> None:
    """Write the reading of every post, in input order: language, spam, mood, intents, and whether that is sure.

    Without the deep tier, auto is fast. Ends with 1 when lines were no posts (they are told and counted; the others are read), with 2 when nothing
    could be read.
    """
    with waking.quickly():
        from grapevine.engine.text import reading

        used = tier_of(tier)
        reading.read([""])
    try:
        if posts == "-":
            bad = _pass(sys.stdin.buffer, sys.stdout.buffer, _("standard input"), used)
        else:
            with opened(posts) as source:
                bad = _pass(source, sys.stdout.buffer, Path(posts).name, used)
    except BrokenPipeError:  # who reads us has seen enough, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    if bad:
        told = ngettext(
            "%(number)s line was no post; the others were read.",
            "%(number)s lines were no posts; the others were read.",
            bad,
        )
        typer.echo(told % {"number": num(bad)}, err=True)
        raise typer.Exit(1)


def opened(file: str) -> IO[bytes]:
    """A file or a pipe by its name, such as /dev/fd/63, to be read. Ends when it cannot be opened."""
    path = Path(file)
    try:
        if path.is_dir():
            house.end(_("%(file)s is a folder, not a file.") % {"file": file}, code=2)
        return path.open("rb")
    except FileNotFoundError:
        house.end(_("There is no file %(file)s.") % {"file": file}, code=2)
    except OSError as error:
        house.end(
            _("%(file)s cannot be read: %(reason)s.") % {"file": file, "reason": error.strerror}, code=2
        )


def tier_of(wish: str) -> str:
    """The tier to use. Ends when there is none of that name, or it is not installed."""
    from grapevine.engine.text import reading
    from grapevine.engine.text.reading import deep

    if wish not in reading.TIERS:
        values = {"tier": repr(wish), "tiers": ", ".join(reading.TIERS)}
        house.end(_("There is no tier %(tier)s. Say one of: %(tiers)s.") % values, code=2)
    if wish == "fast" or (wish == "auto" and not deep.is_installed()):
        return "fast"
    try:
        deep.encoder()
    except deep.NotInstalled as error:
        if wish == "deep":
            house.end(from_below.told(error), code=2)
        alone = _("The fast tier reads alone.")
        typer.echo(f"{from_below.told(error)} {alone}", err=True)
        return "fast"
    if not deep.is_quick():
        typer.echo(f"The deep tier reads with {deep.engine()}.", err=True)
    return wish


def _pass(source: IO[bytes], target: IO[bytes], name: str, tier: str) -> int:
    """Read block by block, in bounded memory. Returns how many lines were no posts."""
    import msgspec

    from grapevine.engine.text import reading

    bad = 0
    for rows, wrong in _blocks(source, name):
        for number, why in wrong:
            bad += 1
            if bad <= SHOWN:
                typer.echo(house.at_line(name, number, why), err=True)
        found = reading.read([text for _id, text in rows], tier=tier)
        lines = [
            {
                "id": msgspec.Raw(id_), "lang": one.lang, "lang_p": one.lang_p, "spam": one.spam, "spam_p": one.spam_p,
                "sentiment": one.sentiment, "sentiment_p": one.sentiment_p, "intents": one.intents, "sure": one.sure, "tier": one.tier,
            }
            for (id_, _text), one in zip(rows, found, strict=True)
        ]  # fmt: skip
        target.write(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
        target.flush()
    return bad


def _blocks(source: IO[bytes], name: str) -> Iterator[tuple[list[Row], list[Wrong]]]:
    """Posts in blocks of so many lines and bytes, with the lines between them that were none."""
    rows: list[Row] = []
    wrong: list[Wrong] = []
    size = 0
    for number, line in lines(source, name):
        row = _row(line) if line is not None else too_long()
        if isinstance(row, str):
            wrong.append((number, row))
        else:
            rows.append(row)
        size += len(line or b"")
        if len(rows) + len(wrong) >= AT_ONCE or size >= HELD:
            yield rows, wrong
            rows, wrong, size = [], [], 0
    if rows or wrong:
        yield rows, wrong


def lines(source: IO[bytes], name: str) -> Iterator[tuple[int, bytes | None]]:
    """The lines that hold something, by number; None for one that is too long. Ends when the file is not in UTF-8."""
    number = 0
    while line := source.readline(LONGEST):
        number += 1
        full = len(line) == LONGEST
        if number == 1:
            if line.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in line[:4]:
                why = _("this is UTF-16 or UTF-32; save the file as UTF-8.")
                house.end(house.at_line(name, 1, why), code=2)
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.endswith(b"\n") and full:
            while (rest := source.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


def too_long() -> str:
    """Why a line is not read."""
    return _("longer than %(size)s MB; left out.") % {"size": LONGEST >> 20}


def _row(line: bytes) -> Row | str:
    """The id, as it is written, and the text of a post, as much of it as is read; or why it is none."""
    import msgspec

    from grapevine.engine.text.reading import fast

    try:
        line.decode()  # what is handed on unread must be text, too
        given = msgspec.json.decode(line, type=_posted())
    except msgspec.ValidationError:
        return _('an object with "id" and "text" (a text) is expected.')
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _("not valid JSON (%(error)s).") % {"error": error}
    return bytes(given.id), given.text[: fast.LONGEST]  # copies: the line goes


@cache
def _posted() -> Any:
    import msgspec

    return msgspec.defstruct("Posted", [("id", msgspec.Raw), ("text", str)])


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(label)
