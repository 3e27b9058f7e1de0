"""The shelf of languages: what a folder per language says of words, phrases and wishes.

Each folder is one language (its ISO 639-1 code) with `words.txt`, `function.txt`, `intents.txt` and, for the tests, `gold.jsonl`; `signs.txt` beside
them is for emoji and smileys, which mean the same everywhere. How they are written: docs/how-to/add-a-language.md. This module reads them and lays them
into one table for the kernel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from itertools import product
from pathlib import Path

INTENTS = (
    "recommends", "asks_help", "asks_information", "complains", "praises", "idea",
    "compares", "buys", "leaves", "thanks", "job", "spam",
)  # fmt: skip
"""What phrases can show; `spam` is no wish of a customer's but is told the same way."""
DOES = ("negators", "boosters", "dampeners", "contrast", "questions", "wishes", "first", "second", "irony")
"""What a word of function.txt does to others, in the order of the kernel's bits."""
MOST_WORDS = 5
MOST_EXPANDED = 5000
FOLDER = Path(__file__).parent
_GROUP = re.compile(r"\(([^()]*)\)")


class ShelfError(ValueError):
    """A line of the shelf that cannot be understood; names file, line and what was expected."""


@dataclass
class Entry:
    """What one word or phrase says. `points`: feeling from -3 to 3; `does`: places in DOES; `wants`: (intent, weight, only in questions)."""

    points: float = 0.0
    does: set[int] = field(default_factory=set)
    wants: list[tuple[int, float, bool]] = field(default_factory=list)


Language = dict[tuple[str, ...], Entry]


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages on the shelf."""
    return tuple(sorted(path.name for path in FOLDER.iterdir() if (path / "words.txt").is_file()))


def fingerprint() -> str:
    """Of all that stands on the shelf: another one when a word changes."""
    files = [
        FOLDER / "signs.txt",
        *(path for code in languages() for path in sorted((FOLDER / code).glob("*.txt"))),
    ]
    whole = sha256()
    for path in files:
        whole.update(f"{path.relative_to(FOLDER).as_posix()}\n".encode() + path.read_bytes())
    return whole.hexdigest()


def load(code: str, folder: Path | None = None) -> Language:
    """All words and phrases of a language. Raises ShelfError."""
    folder = folder or FOLDER / code
    found: Language = {}
    for where, name, words in _lines(folder / "words.txt"):
        points = _number(where, name, -3, 3)
        for form in words.split():
            found.setdefault(_phrase(where, form), Entry()).points = points
    for where, name, words in _lines(folder / "function.txt"):
        if name not in DOES:
            raise ShelfError(f"{where}: “{name}” is none of {', '.join(DOES)}")
        for form in words.split():
            found.setdefault(_phrase(where, form), Entry()).does.add(DOES.index(name))
    for where, name, template in _lines(folder / "intents.txt"):
        intent, _, weight = name.partition(" ")
        if intent not in INTENTS:
            raise ShelfError(f"{where}: “{intent}” is none of {', '.join(INTENTS)}")
        points = _number(where, weight, -4, 4)
        for phrase, only_asked in expanded(where, template):
            wants = found.setdefault(phrase, Entry()).wants
            if (want := (INTENTS.index(intent), points, only_asked)) not in wants:
                wants.append(want)
    return found


@cache
def forms(code: str, name: str) -> tuple[str, ...]:
    """The words of one line of a language's function.txt, longest first, with spaces where the shelf writes _."""
    lines = _lines(FOLDER / code / "function.txt")
    return tuple(
        sorted(
            (
                one.replace("_", " ")
                for _where, which, words in lines
                if which == name
                for one in words.split()
            ),
            key=lambda one: (-len(one), one),
        )
    )


def signs() -> Language:
    """Emoji and smileys with their feeling."""
    found: Language = {}
    for where, name, words in _lines(FOLDER / "signs.txt"):
        if name == "irony":
            for sign in words.split():
                found.setdefault((sign,), Entry()).does.add(DOES.index("irony"))
        else:
            for sign in words.split():
                found.setdefault((sign,), Entry()).points = _number(where, name, -3, 3)
    return found


def _lines(path: Path) -> Iterator[tuple[str, str, str]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        # A smiley begins with a colon, so the first one parts.
        name, colon, rest = line.partition(":")
        if not colon or not rest.strip():
            raise ShelfError(
                f"{path.parent.name}/{path.name}:{number}: expected “name: …”, found “{line[:60]}”"
            )
        yield f"{path.parent.name}/{path.name}:{number}", name.strip(), rest.strip()


def _number(where: str, text: str, least: float, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ShelfError(f"{where}: expected a number, found “{text}”") from None
    if not least <= number <= most or number == 0:
        raise ShelfError(f"{where}: {text} is not between {least} and {most}, or is 0")
    return number


def _phrase(where: str, form: str) -> tuple[str, ...]:
    words = tuple(form.replace("’", "'").split("_"))
    if not all(words) or len(words) > MOST_WORDS:
        raise ShelfError(f"{where}: “{form}” is not one to {MOST_WORDS} words joined by _")
    return words


def expanded(where: str, template: str) -> Iterable[tuple[tuple[str, ...], bool]]:
    """All sequences of words of a template, and whether they count in questions only. Raises ShelfError."""
    text = template.strip().replace("’", "'").replace("_", " ")
    pieces = _GROUP.split(text)
    if any(sign in piece for piece in pieces for sign in "()"):
        raise ShelfError(f"{where}: brackets inside brackets, or one without its pair: “{template}”")
    choices = [piece.split("|") if place % 2 else [piece] for place, piece in enumerate(pieces)]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > MOST_EXPANDED:
        raise ShelfError(f"{where}: “{template}” stands for {size} phrases; at most {MOST_EXPANDED}")
    found: dict[tuple[tuple[str, ...], bool], None] = {}
    for choice in product(*choices):
        words = " ".join(choice).split()
        asked = bool(words) and words[-1] == "?"
        if asked and len(words) > 1:
            words = words[:-1]
        else:
            asked = False  # a question mark alone is a word like others
        if not words or len(words) > MOST_WORDS:
            continue
        found[(*words,), asked] = None
    if not found:
        raise ShelfError(f"{where}: “{template}” gives no phrase of one to {MOST_WORDS} words")
    return found
