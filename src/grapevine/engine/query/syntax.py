"""What a watch says, as a tree. The parser makes it; matchers, explanations and pages read it.

Every node carries `at`: the half-open range of characters of the query it was written in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Node:
    """Something that a post may satisfy."""

    at: Span


@dataclass(frozen=True, kw_only=True)
class Word(Node):
    """One token.

    `text` is folded (see `tokens.fold`); with `exact` it is the spelling as written, normalised but not case-folded. With
    `prefix` the token begins with `text`. A `?` in `text` stands for exactly one letter when `pattern` is set. `signs` are
    the signs that must follow the token at once, white space aside (`&` in "H&M", `++` in "C++") unless they begin with `#` ("C#").
    """

    text: str
    prefix: bool = False
    pattern: bool = False
    exact: bool = False
    signs: str = ""


@dataclass(frozen=True, kw_only=True)
class Phrase(Node):
    """Words one after the other. Has at least two."""

    words: tuple[Word, ...]


@dataclass(frozen=True, kw_only=True)
class Hashtag(Node):
    """A hashtag (`text` folded, without #), or with `prefix` one that begins so."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, kw_only=True)
class Handle(Node):
    """An @mention: `text` (folded, without @) is the whole handle or its first label; with `prefix` it begins so."""

    text: str
    prefix: bool = False


FieldName = Literal["author", "lang", "country", "source", "type", "site", "url", "links", "has"]


@dataclass(frozen=True, kw_only=True)
class Filter(Node):
    """A field of the post holds `value` (folded). What "holds" means depends on the field; see `documents`.

    `words` are the value's tokens, for the fields that hold words (author's name, source's name). `host` and `path` are set for
    site, url and links when the value is a domain.
    """

    field: FieldName
    value: str
    prefix: bool = False
    words: tuple[str, ...] = ()
    host: str = ""
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class Within(Node):
    """`title:` or `text:`: the part (words, phrases, NEAR, brackets) is looked for in that field alone."""

    field: Literal["title", "text"]
    part: Node


@dataclass(frozen=True, kw_only=True)
class Near(Node):
    """`left` and `right` with at most `distance` words between; `ordered`: left comes first.

    Operands are words, phrases, tags, handles, ORs of them, Nears and Windows, never ANDs, NOTs or filters (the parser
    distributes ANDs and refuses the rest). An occurrence of a Near is the span from the first word of the one to the last of
    the other; they may not overlap.
    """

    left: Node
    right: Node
    distance: int
    ordered: bool = False


@dataclass(frozen=True, kw_only=True)
class Window(Node):
    """`"a b c"~n`: all parts in any order, without overlap, with at most `slack` other words inside the span."""

    parts: tuple[Node, ...]
    slack: int


@dataclass(frozen=True, kw_only=True)
class Not(Node):
    """Satisfied when `part` isn't."""

    part: Node


@dataclass(frozen=True, kw_only=True)
class And(Node):
    """Satisfied when all parts are. Has at least two."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class Or(Node):
    """Satisfied when one of the parts is. Has at least two."""

    parts: tuple[Node, ...]
