"""Our queries in the tongues of others, as near as each can say them. Tags and handles are asked for as words."""

from __future__ import annotations

import re
from functools import reduce
from typing import Any

from grapevine.engine.query.syntax import And, Handle, Hashtag, Near, Node, Not, Or, Phrase, Word


def has_tags(node: Node) -> bool:
    """Whether a query asks for a tag or handle, which the others know only as words."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            return any(has_tags(part) for part in parts)
        case Not(part=part):
            return has_tags(part)
    return isinstance(node, (Hashtag, Handle))


def _split(parts: tuple[Node, ...]) -> tuple[list[Node], list[Node]]:
    """What must be there, and what must not."""
    return [p for p in parts if not isinstance(p, Not)], [p.part for p in parts if isinstance(p, Not)]


def _words(node: Node) -> list[str]:
    return (
        [node.text]
        if isinstance(node, Word)
        else [word.text for word in node.words]
        if isinstance(node, Phrase)
        else []
    )


def regex(node: Node) -> str:
    """A regular expression for `re.search` with IGNORECASE: looks ahead for each part from the beginning."""
    return rf"\A{_ahead(node)}"


def _ahead(node: Node) -> str:
    match node:
        case And(parts=parts):
            return "".join(map(_ahead, parts))
        case Or(parts=parts):
            return f"(?:{'|'.join(map(_ahead, parts))})"
        case Not(part=part):
            return rf"(?!{_ahead(part)})"
    return rf"(?=(?s:.*?){_place(node)})"


def _place(node: Node) -> str:
    match node:
        case Phrase(words=words):
            return r"[\W_]+".join(map(_place, words))
        case Near(left=left, right=right, distance=distance):
            between = rf"[\W_]+(?:[^\W_]+[\W_]+){{0,{distance}}}"
            return f"(?:{_place(left)}{between}{_place(right)}|{_place(right)}{between}{_place(left)})"
        case (
            Word(text=text, prefix=prefix)
            | Hashtag(text=text, prefix=prefix)
            | Handle(text=text, prefix=prefix)
        ):
            return rf"(?<![^\W_]){re.escape(text)}" + ("" if prefix else r"(?![^\W_])")
    raise TypeError(node)


def fts5(node: Node) -> str:
    """A MATCH of SQLite's FTS5, which knows all of it."""
    match node:
        case And(parts=parts):
            wanted, unwanted = _split(parts)
            said = " AND ".join(f"({fts5(p)})" for p in wanted)
            return reduce(lambda left, part: f"({left}) NOT ({fts5(part)})", unwanted, said)
        case Or(parts=parts):
            return " OR ".join(f"({fts5(p)})" for p in parts)
        case Phrase(words=words):
            return '"' + " ".join(word.text for word in words) + '"'
        case Near(left=left, right=right, distance=distance):
            return f"NEAR({fts5(left)} {fts5(right)}, {distance})"
        case (
            Word(text=text, prefix=prefix)
            | Hashtag(text=text, prefix=prefix)
            | Handle(text=text, prefix=prefix)
        ):
            return f'"{text}"' + ("*" if prefix else "")
    raise TypeError(node)


def tsquery(node: Node) -> str:
    """A tsquery of PostgreSQL. It knows exact distances only, so a NEAR is an OR of them."""
    match node:
        case And(parts=parts):
            return " & ".join(f"({tsquery(p)})" for p in parts)
        case Or(parts=parts):
            return " | ".join(f"({tsquery(p)})" for p in parts)
        case Not(part=part):
            return f"!({tsquery(part)})"
        case Phrase(words=words):
            return " <-> ".join(map(tsquery, words))
        case Near(left=left, right=right, distance=distance):
            pairs = ((left, right), (right, left))
            return " | ".join(
                f"({tsquery(a)} <{n}> {tsquery(b)})" for a, b in pairs for n in range(1, distance + 2)
            )
        case (
            Word(text=text, prefix=prefix)
            | Hashtag(text=text, prefix=prefix)
            | Handle(text=text, prefix=prefix)
        ):
            return f"'{text}'" + (":*" if prefix else "")
    raise TypeError(node)


def tantivy(node: Node, schema: Any) -> Any:
    """A query of tantivy. A NEAR is two phrases with slop."""
    from tantivy import Occur, Query

    match node:
        case And(parts=parts):
            wanted, unwanted = _split(parts)
            clauses = [(Occur.Must, tantivy(p, schema)) for p in wanted]
            return Query.boolean_query(clauses + [(Occur.MustNot, tantivy(p, schema)) for p in unwanted])
        case Or(parts=parts):
            return Query.boolean_query([(Occur.Should, tantivy(p, schema)) for p in parts])
        case Phrase(words=words):
            return Query.phrase_query(schema, "text", [word.text for word in words])
        case Near(left=left, right=right, distance=distance):
            one, other = _words(left), _words(right)
            pairs = (one + other, other + one)
            return Query.boolean_query(
                [(Occur.Should, Query.phrase_query(schema, "text", pair, distance)) for pair in pairs]
            )
        case Word(text=text, prefix=True):
            return Query.regex_query(schema, "text", re.escape(text) + ".*")
        case Word(text=text) | Hashtag(text=text) | Handle(text=text):
            return Query.term_query(schema, "text", text)
    raise TypeError(node)


def mokaccino(node: Node) -> Any:
    """A query of mokaccino, which knows no places: phrases and NEAR ask for their words."""
    from mokaccino import Query

    match node:
        case And(parts=parts):
            return Query.from_and([mokaccino(p) for p in parts])
        case Or(parts=parts):
            return Query.from_or([mokaccino(p) for p in parts])
        case Not(part=part):
            return Query.from_not(mokaccino(part))
        case Phrase(words=words):
            return Query.from_and([mokaccino(word) for word in words])
        case Near(left=left, right=right):
            return Query.from_and([mokaccino(left), mokaccino(right)])
        case Word(text=text, prefix=True):
            return Query.from_kprefix("word", text)
        case Word(text=text) | Hashtag(text=text) | Handle(text=text):
            return Query.from_kv("word", text)
    raise TypeError(node)
