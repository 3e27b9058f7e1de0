"""The command that reads texts, for pipes: lines of JSON in, lines of JSON out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any

import typer

from grapevine.cli import house

AT_ONCE = 2048  # posts read together
SHOWN = 20  # bad lines told one by one; the others are counted
LONGEST = 32 << 20  # bytes of a line
HELD = 4 << 20  # bytes of lines after which a block ends, however few they are
TOO_LONG = f"longer than {LONGEST >> 20} MB; left out."

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
    used = tier_of(tier)
    try:
        if posts == "-":
            bad = _pass(sys.stdin.buffer, sys.stdout.buffer, "standard input", used)
        else:
            with opened(posts) as source:
                bad = _pass(source, sys.stdout.buffer, Path(posts).name, used)
    except BrokenPipeError:  # who reads us has seen enough, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    if bad:
        typer.echo(f"{bad:,} lines were no posts; the others were read.", err=True)
        raise typer.Exit(1)


def opened(file: str) -> IO[bytes]:
    """A file or a pipe by its name, such as /dev/fd/63, to be read. Ends when it cannot be opened."""
    path = Path(file)
    try:
        if path.is_dir():
            house.end(f"{file} is a folder, not a file.", code=2)
        return path.open("rb")
    except FileNotFoundError:
        house.end(f"There is no file {file}.", code=2)
    except OSError as error:
        house.end(f"{file} cannot be read: {error.strerror}.", code=2)


def tier_of(wish: str) -> str:
    """The tier to use. Ends when there is none of that name, or it is not installed."""
    from grapevine.engine.text import reading
    from grapevine.engine.text.reading import deep

    if wish not in reading.TIERS:
        house.end(f"There is no tier {wish!r}. Say one of: {', '.join(reading.TIERS)}.", code=2)
    if wish == "fast" or (wish == "auto" and not deep.is_installed()):
        return "fast"
    try:
        deep.encoder()
    except deep.NotInstalled as error:
        if wish == "deep":
            house.end(str(error), code=2)
        typer.echo(f"{error} The fast tier reads alone.", err=True)
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
                typer.echo(f"{name}, line {number}: {why}", err=True)
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
        row = _row(line) if line is not None else TOO_LONG
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
                house.end(f"{name}, line 1: this is UTF-16 or UTF-32; save the file as UTF-8.", code=2)
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.endswith(b"\n") and full:
            while (rest := source.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


def _row(line: bytes) -> Row | str:
    """The id, as it is written, and the text of a post, as much of it as is read; or why it is none."""
    import msgspec

    from grapevine.engine.text.reading import fast

    try:
        line.decode()  # what is handed on unread must be text, too
        given = msgspec.json.decode(line, type=_posted())
    except msgspec.ValidationError:
        return 'an object with "id" and "text" (a text) is expected.'
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return f"not valid JSON ({error})."
    return bytes(given.id), given.text[: fast.LONGEST]  # copies: the line goes


@cache
def _posted() -> Any:
    import msgspec

    return msgspec.defstruct("Posted", [("id", msgspec.Raw), ("text", str)])


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(label)
