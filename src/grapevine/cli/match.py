"""The command that holds posts against watches, for pipes: lines of JSON in, lines of JSON out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import typer

from grapevine.cli import from_below, house, waking
from grapevine.config.language import gettext as _
from grapevine.config.language import num

BLOCK = 1 << 20  # bytes read at once: some 7,000 posts, which fit into the processor's caches
SHOWN = 20  # bad lines told one by one; the others are counted


def match(
    posts: str = typer.Argument("-", help='Lines of {"id", "text", …}; - for standard input.'),
    watches: str = typer.Option(..., help='A file with lines of {"id", "query"}.'),
    skip_bad: bool = typer.Option(
        False, "--skip-bad", help="Leave out watches that can't be read instead of ending."
    ),
) -> None:
    """Write {"id": post, "watches": [ids]} for every post with a match, in input order.

    Ends with 2 when a watch can't be read (unless --skip-bad), with 1 when lines were no posts (they are told and counted; the
    others are matched), else with 0.
    """
    with waking.quickly():
        from grapevine.engine.query.watchset import WatchSet

        compiled = WatchSet()
        bad_watches = _put(compiled, Path(watches), skip_bad)
    try:
        if posts == "-":
            counts = _pass(compiled, sys.stdin.buffer, sys.stdout.buffer, _("standard input"))
        else:
            path = Path(posts)
            if not path.exists() or path.is_dir():
                house.end(_("There is no file %(file)s.") % {"file": posts}, code=2)
            with path.open("rb") as source:
                counts = _pass(compiled, source, sys.stdout.buffer, path.name)
    except BrokenPipeError:  # who reads us has seen enough, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    if counts.rejected or bad_watches:
        told = _("Lines read: %(read)s; of them no posts: %(rejected)s; watches left out: %(watches)s.")
        values = {"read": counts.read, "rejected": counts.rejected, "watches": bad_watches}
        typer.echo(told % {name: num(number) for name, number in values.items()}, err=True)
    if counts.rejected:
        raise typer.Exit(1)


def _put(compiled: Any, path: Path, skip_bad: bool) -> int:
    """Read the file of watches; returns how many were left out. Ends at the first that can't be read unless `skip_bad`."""
    import msgspec

    from grapevine.engine.query import QueryError, parse

    if not path.exists() or path.is_dir():
        house.end(_("There is no file %(file)s.") % {"file": path}, code=2)
    found: dict[int | str, Any] = {}
    bad = 0

    def wrong(line: int, why: str) -> None:
        nonlocal bad
        bad += 1
        told = house.at_line(path.name, line, why)
        if not skip_bad:
            house.end(told, code=2)
        typer.echo(told, err=True)

    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            given = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            wrong(number, _("not valid JSON (%(error)s).") % {"error": error})
            continue
        watch_id, query = (given.get("id"), given.get("query")) if isinstance(given, dict) else (None, None)
        if isinstance(watch_id, bool) or not isinstance(watch_id, (int, str)) or not isinstance(query, str):
            wrong(number, _('an object with "id" (a number or a text) and "query" (a text) is expected.'))
        elif watch_id in found:
            wrong(number, _("the id %(id)s stands in the file already.") % {"id": repr(watch_id)})
        else:
            try:
                found[watch_id] = parse(query)
            except QueryError as error:
                values = {"id": repr(watch_id), "fault": from_below.fault(error)}
                wrong(number, _("watch %(id)s: %(fault)s") % values)
    compiled.put_many(found.items())
    return bad


class _Counts:
    read = 0
    rejected = 0


def _pass(compiled: Any, source: IO[bytes], target: IO[bytes], name: str) -> _Counts:
    """Match block by block, in bounded memory."""
    counts = _Counts()
    for block in _blocks(source):
        lines = compiled.match_lines(block)
        target.write(lines.output)
        for number, why in lines.rejected:
            counts.rejected += 1
            if counts.rejected <= SHOWN:
                typer.echo(house.at_line(name, counts.read + number + 1, from_below.told(why)), err=True)
        counts.read += block.count(b"\n") + (not block.endswith(b"\n"))
    target.flush()
    return counts


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    """The input in pieces that end with a line; a piece is as long as its last line needs."""
    rest = source.read(3).removeprefix(b"\xef\xbb\xbf")
    while True:
        piece = source.read1(BLOCK) if hasattr(source, "read1") else source.read(BLOCK)
        if not piece:
            break
        end = piece.rfind(b"\n") + 1
        if end:
            yield rest + piece[:end]
            rest = piece[end:]
        else:
            rest += piece
    if rest:
        yield rest


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(match)
