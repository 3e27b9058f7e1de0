"""Answers of an IMAP server to FETCH as plain values, the structure of a mail among them (RFC 3501, section 7.4.2). Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(rb'(\()|(\))|"((?:[^"\\]|\\.)*)"|([^\s()"]+)', re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_DEEPEST = 60
_LITERAL = re.compile(rb"\{\d+\+?\}$")


class NotUnderstood(ValueError):
    """The server's answer is none that the standard knows."""


@dataclass(frozen=True)
class Leaf:
    """A part of a mail that holds no others: its number as IMAP counts, its media type, its size as sent.

    `choice` is the number of the part whose children say the same in different forms, where it is one of those.
    """

    number: str
    media_type: str
    size: int
    choice: str = ""


def answers(data: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """What `imaplib` collected of a FETCH, message by message: the values by their names."""
    pieces: list[Any] = []
    for one in data:
        if one is None:
            continue
        if isinstance(one, tuple):
            pieces += [_LITERAL.sub(b"", one[0]), Literal(one[1])]
            continue
        pieces.append(one)
        whole = _read(pieces)
        pieces = []
        items = next((item for item in whole if isinstance(item, list)), None)
        if items is None:
            raise NotUnderstood("no list of values")
        yield {_text(items[at]).upper(): items[at + 1] for at in range(0, len(items) - 1, 2)}


class Literal(bytes):
    """Bytes that the server counted: taken as they are."""


def _read(pieces: Sequence[Any]) -> list[Any]:
    """The values in the pieces, lists within lists."""
    stack: list[list[Any]] = [[]]
    for piece in pieces:
        if isinstance(piece, Literal):
            stack[-1].append(bytes(piece))
            continue
        for found in _TOKEN.finditer(piece):
            opens, closes, quoted, atom = found.groups()
            if opens:
                if len(stack) > _DEEPEST:
                    raise NotUnderstood("lists within lists within lists")
                stack.append([])
            elif closes:
                if len(stack) == 1:
                    raise NotUnderstood("a list that was never begun")
                done = stack.pop()
                stack[-1].append(done)
            elif atom:
                stack[-1].append(None if atom.upper() == b"NIL" else atom)
            else:
                stack[-1].append(_ESCAPED.sub(rb"\1", quoted))
    if len(stack) > 1:
        raise NotUnderstood("a list that never ends")
    return stack[0]


def leaves(structure: Any, number: str = "", choice: str = "") -> Iterator[Leaf]:
    """The parts of a BODYSTRUCTURE that hold no others. An attached mail counts as one."""
    if not isinstance(structure, list) or not structure:
        raise NotUnderstood("no structure")
    if isinstance(structure[0], list):
        parts = list(itertools.takewhile(lambda one: isinstance(one, list), structure))
        kind = _text(structure[len(parts)]) if len(parts) < len(structure) else ""
        inner = (number or "0") if kind.lower() == "alternative" else ""
        for place, part in enumerate(parts, start=1):
            yield from leaves(part, f"{number}.{place}" if number else f"{place}", inner)
        return
    if len(structure) < 7:
        raise NotUnderstood("a part without a size")
    kind = f"{_text(structure[0])}/{_text(structure[1])}".lower()
    size = _text(structure[6])
    yield Leaf(number or "1", kind, int(size) if size.isdecimal() else 0, choice)


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""
