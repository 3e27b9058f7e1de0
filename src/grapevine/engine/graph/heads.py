"""What a text file says of itself before its first tie: a heading of its columns, and whether ties count both ways."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from pathlib import Path

SPEAKS = frozenset(
    "source src from from_id source_id sourceid speaker sender influencer influences followed followee".split()
)
HEARS = frozenset(
    "target tgt dst dest destination to to_id target_id targetid listener receiver recipient follower influenced".split()
)
EITHER = frozenset("node1 node2 id1 id2 user1 user2 person1 person2 node_1 node_2 id_1 id_2".split())
WEIGHTS = frozenset("weight weights w value count strength probability chance p".split())
LINES = 1_000
_SAID = re.compile(r"\bdirected\s*[=:]\s*(0|1|true|false|yes|no)\b", re.IGNORECASE)
_SNAP = re.compile(r"^#\s*(un)?directed graph\b", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """`heading`: the words over the columns, as they stand on line `number`, which is no tie. `directed`: what a comment says of it."""

    heading: str = ""
    number: int = 0
    listener_first: bool | None = None
    """Whether the first column is of those who listen, and the second of those who speak; None where the heading doesn't say."""
    directed: bool | None = None
    said: str = ""
    """The words by which a comment says whether ties are directed."""


def of(path: Path) -> Head:
    """Read the head of a text file, gz or not. A file that can't be read has none: whoever reads the rest tells."""
    from grapevine.engine.graph import reading

    directed, said = None, ""
    try:
        with reading.open_plain(path) as file:
            for number in range(1, LINES + 1):
                read = file.readline(4096)
                line = read.decode("utf-8-sig", "replace").strip()
                if not read:
                    break
                if line.startswith("#"):
                    found = _directed(line)
                    directed, said = found if found and not said else (directed, said)
                elif line:
                    return _heading(line, number, directed, said)
    except (OSError, EOFError, zlib.error):
        return Head()
    return Head(directed=directed, said=said)


def _directed(comment: str) -> tuple[bool, str] | None:
    if found := _SAID.search(comment):
        return found[1].lower() in ("1", "true", "yes"), found[0]
    if found := _SNAP.match(comment):
        return not found[1], found[0].lstrip("# ")
    return None


def _heading(line: str, number: int, directed: bool | None, said: str) -> Head:
    words = [word.strip("\"'").lower() for word in line.replace(",", " ").split()]
    known = SPEAKS | HEARS | EITHER
    is_heading = len(words) in (2, 3) and (
        (words[0] in known and words[1] in known and not any(_number(word) for word in words[2:]))
        or words[2:] in [[one] for one in WEIGHTS]
    )
    if not is_heading:
        return Head(directed=directed, said=said)
    listener_first = None
    if words[0] in HEARS and words[1] in SPEAKS:
        listener_first = True
    elif words[0] in SPEAKS and words[1] in HEARS:
        listener_first = False
    return Head(line, number, listener_first, directed, said)


def _number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True
