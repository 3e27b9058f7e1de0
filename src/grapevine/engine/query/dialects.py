"""Queries written for other tools, put into our language: "paste your query here".

Each dialect is a small list of rewritings outside quotes, with a note for every one that was needed, so that the user
sees what was changed. What a rewriting cannot do is left as it is; the parser then says where it stumbles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

DIALECTS = {
    "brandwatch": "Brandwatch",
    "meltwater": "Meltwater",
    "talkwalker": "Talkwalker",
    "x": "X",
    "pulsar": "Pulsar",
    "youscan": "YouScan",
    "awario": "Awario",
    "lucene": "Lucene",
}

NOTES = {
    "field": "{was} became {now}.",
    "case": "Lower-case operators became capitals.",
    "one-less": "{was} counts the second word too, so it became {now}.",
    "list": "{was} became {now}.",
    "exact": "{was} asks for the exact spelling and became {now}.",
    "or-by-default": "A space means OR there, so ORs were written out.",
    "edit-distance": "{was}: spelling variants are not looked for.",
    "dropped": "{was} has no counterpart here and was left out.",
    "boost": "{was} only ranks results and was left out.",
}

Rewriting = tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str]]]
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”|\{[^}]*\}')


@dataclass(frozen=True)
class Note:
    """One thing that was changed: a key of NOTES with the values of its placeholders."""

    code: str
    was: str = ""
    now: str = ""

    @property
    def message(self) -> str:
        """In plain English; pages translate by code."""
        return NOTES[self.code].format(was=self.was, now=self.now)


@dataclass(frozen=True)
class Translated:
    """A query in our language, and what was changed on the way."""

    query: str
    notes: tuple[Note, ...]


def from_dialect(text: str, dialect: str) -> Translated:
    """Put a query of another tool (a key of DIALECTS) into our language. Raises KeyError for an unknown dialect.

    The result is not checked: parse it.
    """
    notes: list[Note] = []
    for pattern, rewrite in _REWRITINGS[dialect]:
        text = _outside_quotes(text, pattern, rewrite, notes)
    if dialect == "lucene":
        text = _or_by_default(text, notes)
    return Translated(text.strip(), tuple(dict.fromkeys(notes)))


def _outside_quotes(
    text: str,
    pattern: re.Pattern[str],
    rewrite: Callable[[re.Match[str]], tuple[str, str]],
    notes: list[Note],
) -> str:
    """Rewrite each find that does not begin inside quotes or braces."""
    quoted = [found.span() for found in _QUOTED.finditer(text)]

    def one(found: re.Match[str]) -> str:
        if any(start < found.start() < end for start, end in quoted):
            return found.group()
        code, now = rewrite(found)
        if now != found.group():
            notes.append(Note(code) if code == "case" else Note(code, found.group().strip(), now.strip()))
        return now

    return pattern.sub(one, text)


def _field(was: str, now: str) -> Rewriting:
    return re.compile(rf"(?<![\w:]){re.escape(was)}", re.IGNORECASE), lambda found: ("field", now)


def _each(code: str, pattern: str, now: str | Callable[[re.Match[str]], str], flags: int = 0) -> Rewriting:
    def rewrite(found: re.Match[str]) -> tuple[str, str]:
        return code, now(found) if callable(now) else found.expand(now)

    return re.compile(pattern, flags), rewrite


_CAPITALS = _each(
    "case", r"(?<!\S)(?:and|or|not|o?near(?:/\d+)?)(?=[\s(])", lambda found: found.group().upper()
)


def _awario_near(found: re.Match[str]) -> str:
    words = [word.strip() for word in found.group(3).split(",") if word.strip()]
    operator = f"{'O' if found.group(1) else ''}NEAR/{found.group(2)}"
    return (
        "("
        + f" {operator} ".join(f'"{word}"' if " " in word and word[0] != '"' else word for word in words)
        + ")"
    )


def _or_by_default(text: str, notes: list[Note]) -> str:
    """Write OR between clauses that are parted by a space alone, as Lucene reads them; + and - clauses are kept."""
    pieces = re.findall(r'[-+!]?[\w.]*:?(?:"[^"]*"(?:~\d+)?|\((?:[^()]|\([^()]*\))*\))|\S+', text)
    if any(piece in ("AND", "OR", "NOT", "&&", "||") for piece in pieces) or len(pieces) < 2:
        return text
    must = [piece[1:] for piece in pieces if piece.startswith("+")]
    without = [f"-{piece[1:]}" for piece in pieces if piece[0] in "-!"]
    may = [piece for piece in pieces if piece[0] not in "+-!"]
    wanted = must or (
        [f"({' OR '.join(may)})" if len(may) > 1 and without else " OR ".join(may)] if may else []
    )
    if not must and len(may) > 1:
        notes.append(Note("or-by-default"))
    return " AND ".join(wanted) + ("" if not without else " " + " ".join(without))


_REWRITINGS: dict[str, list[Rewriting]] = {
    "brandwatch": [
        _field("at_mentions:", "mention:"),
        _field("hashtags:", "hashtag:"),
        _field("authorLocation:", "country:"),
        _field("continent:", "country:"),
        _each("list", r"\braw:\(([^()\s]+)\)", r"raw:\1"),
    ],
    "meltwater": [_field("ingress:", "text:"), _CAPITALS],
    "talkwalker": [_field("domain:", "site:"), _field("sourcecountry:", "country:"), _CAPITALS],
    "x": [
        _each("dropped", r"(?<!\S)-?is:\w+\s*", ""),
        _each("list", r"(?<!\S)has:mentions\b", "has:mention"),
        _each("list", r"(?<!\S)has:hashtags\b", "has:hashtag"),
        _each("list", r"(?<!\S)has:links\b", "has:link"),
        _field("retweets_of:", "author:"),
    ],
    "pulsar": [_each("exact", r'!"([^"]*)"', r"{\1}")],
    "youscan": [
        _each("one-less", r"(?<=\s)/(\d+)(?=\s)", lambda found: f"NEAR/{max(0, int(found.group(1)) - 1)}"),
        _each("list", r"(?<=\s)\|(?=\s)", "OR"),
    ],
    "awario": [
        _each(
            "list",
            r"\b(o?)near/(\d+):((?:\"[^\"]*\"|[^\s\",]+)(?:,(?:\"[^\"]*\"|[^\s\",]+))+)",
            _awario_near,
            re.IGNORECASE,
        ),
        _each("exact", r"\+\+(\w+)", r"{\1}"),
        _CAPITALS,
    ],
    "lucene": [
        _each("boost", r"\^\d+(?:\.\d+)?", ""),
        _each("edit-distance", r"(?<=\w)~\d*(?=[\s)]|$)", ""),
    ],
}
