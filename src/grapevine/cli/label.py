"""The command that reads texts, for pipes: lines of JSON in, lines of JSON out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import typer

from grapevine.cli import house

AT_ONCE = 2048  # posts read together
SHOWN = 20  # bad lines told one by one; the others are counted
LONGEST = 32 << 20  # bytes of a line


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
            path = Path(posts)
            if not path.is_file():
                house.end(f"There is no file {posts}.", code=2)
            with path.open("rb") as source:
                bad = _pass(source, sys.stdout.buffer, path.name, used)
    except BrokenPipeError:  # who reads us has seen enough, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    if bad:
        typer.echo(f"{bad:,} lines were no posts; the others were read.", err=True)
        raise typer.Exit(1)


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
    return wish


def _pass(source: IO[bytes], target: IO[bytes], name: str, tier: str) -> int:
    """Read block by block, in bounded memory. Returns how many lines were no posts."""
    import msgspec

    from grapevine.engine.text import reading

    bad = 0
    for rows, wrong in _blocks(source):
        for number, why in wrong:
            bad += 1
            if bad <= SHOWN:
                typer.echo(f"{name}, line {number}: {why}", err=True)
        found = reading.read([row["text"] for row in rows], tier=tier)
        lines = [
            {
                "id": row["id"], "lang": one.lang, "lang_p": one.lang_p, "spam": one.spam, "spam_p": one.spam_p,
                "sentiment": one.sentiment, "sentiment_p": one.sentiment_p, "intents": one.intents, "sure": one.sure, "tier": one.tier,
            }
            for row, one in zip(rows, found, strict=True)
        ]  # fmt: skip
        target.write(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
        target.flush()
    return bad


def _blocks(source: IO[bytes]) -> Iterator[tuple[list[dict[str, Any]], list[tuple[int, str]]]]:
    """Posts in blocks, with the lines between them that were none: (number, why)."""
    rows: list[dict[str, Any]] = []
    wrong: list[tuple[int, str]] = []
    number = 0
    while line := source.readline(LONGEST):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.endswith(b"\n") and len(line) == LONGEST:
            wrong.append((number, f"longer than {LONGEST >> 20} MB; left out."))
            while (rest := source.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            continue
        if not line.strip():
            continue
        row = _row(line)
        if isinstance(row, str):
            wrong.append((number, row))
        else:
            rows.append(row)
        if len(rows) >= AT_ONCE:
            yield rows, wrong
            rows, wrong = [], []
    if rows or wrong:
        yield rows, wrong


def _row(line: bytes) -> dict[str, Any] | str:
    """The post of a line, or why it is none."""
    import msgspec

    try:
        given = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return f"not valid JSON ({error})."
    if not isinstance(given, dict) or "id" not in given or not isinstance(given.get("text"), str):
        return 'an object with "id" and "text" (a text) is expected.'
    return given


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(label)
