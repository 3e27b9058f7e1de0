"""What the full-text index can say of a query: words that every post matching it must hold. Pure.

The index knows which words a post has, not where. So a query is loosened to ANDs and ORs of words and
beginnings of words; whoever asks the index holds its hits against the query itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grapevine.engine.query import syntax, tokens
from grapevine.engine.query.syntax import Node
from grapevine.listen.index_words import LONGEST_WORD, left_out


@dataclass(frozen=True)
class Term:
    """A word, or with `prefix` the beginning of one."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class All:
    """All of the parts."""

    parts: tuple[Need, ...]


@dataclass(frozen=True)
class Any:
    """At least one of the parts."""

    parts: tuple[Need, ...]


Need = Term | All | Any


def needed(node: Node) -> Need | None:
    """What the index can be asked for; None when the query asks for nothing that is in it (fields alone, say)."""
    match node:
        case syntax.Word():
            return _word(node)
        case syntax.Phrase(words=words):
            # One letter begins too many words to be worth asking for (H&M*).
            return _all(_word(word) for word in words if len(word.text) > 1 or not word.prefix)
        case syntax.Hashtag(text=text, prefix=prefix) | syntax.Handle(text=text, prefix=prefix):
            return _split(text, prefix=prefix)
        case syntax.Within(part=part):
            return needed(part)
        case syntax.Near(left=left, right=right):
            return _all((needed(left), needed(right)))
        case syntax.Window(parts=parts) | syntax.And(parts=parts):
            return _all(map(needed, parts))
        case syntax.Or(parts=parts):
            found = [needed(part) for part in parts]
            # One part that the index knows nothing of leaves nothing that must be there.
            return None if None in found else Any(tuple(one for one in found if one is not None))
    return None  # NOT and fields


def _word(word: syntax.Word) -> Need | None:
    text = tokens.fold(word.text) if word.exact else word.text
    if word.pattern:
        # "?" stands for a letter, so only what comes before it is known.
        stem = text.partition("?")[0]
        return _term(stem, prefix=True)
    return _term(text, prefix=word.prefix)


def _split(text: str, *, prefix: bool) -> Need | None:
    """A tag or handle is in the index by its words; of one that is a beginning, the last word is one, too."""
    words = [token.text for token in tokens.read(text).tokens]
    if not words:
        return None
    return _all([*map(_term, words[:-1]), _term(words[-1], prefix=True)])


def _term(text: str, *, prefix: bool = False) -> Need | None:
    if not text or any(tokens.kind_of(character) == tokens.EMOJI for character in text):
        return None
    # Function words are not in the index; a beginning that one of them has could be just that word.
    missing = left_out()
    if any(word.startswith(text) for word in missing) if prefix else text in missing:
        return None
    return Term(text[:LONGEST_WORD], prefix or len(text) > LONGEST_WORD)


def _all(parts: Iterable[Need | None]) -> Need | None:
    found = tuple(dict.fromkeys(one for one in parts if one is not None))
    if not found:
        return None
    return found[0] if len(found) == 1 else All(found)


def as_fts5(need: Need) -> str:
    """For SQLite's MATCH."""
    match need:
        case Term(text=text, prefix=prefix):
            quoted = '"' + text.replace('"', '""') + '"'
            return f"{quoted} *" if prefix else quoted
        case All(parts=parts):
            return "(" + " AND ".join(map(as_fts5, parts)) + ")"
        case Any(parts=parts):
            return "(" + " OR ".join(map(as_fts5, parts)) + ")"


def as_tsquery(need: Need) -> str:
    """For PostgreSQL's @@."""
    match need:
        case Term(text=text, prefix=prefix):
            quoted = "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
            return f"{quoted}:*" if prefix else quoted
        case All(parts=parts):
            return "(" + " & ".join(map(as_tsquery, parts)) + ")"
        case Any(parts=parts):
            return "(" + " | ".join(map(as_tsquery, parts)) + ")"
