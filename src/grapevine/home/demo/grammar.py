"""The little language of the material: `[one|other|]` is one of several, `{slot}` is filled in by the writer.

A template may begin with remarks, each closed by ` | `: `+asks_help,idea` adds intents, `~positive` sets the mood,
`@months=1,2` says when it fits. ` || ` parts a title from its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from grapevine.home.demo.dice import Dice

START = "\x02"
"""Marks where a filled slot begins, so that it can be given a capital at the start of a sentence."""
_TOKENS = re.compile(r"[\[\]|]|\{(\w+)\}|[^\[\]|{]+")
_REMARK = re.compile(r"([+~@])([^|]*?) \| ")


@dataclass(frozen=True)
class Slot:
    """A place to fill in."""

    name: str


@dataclass(frozen=True)
class Choice:
    """One of several ways to go on."""

    ways: tuple[tuple[Node, ...], ...]


Node = str | Slot | Choice


@dataclass(frozen=True)
class Template:
    """One line of material, read."""

    key: str
    text: tuple[Node, ...]
    title: tuple[Node, ...] = ()
    intents: tuple[str, ...] = ()
    mood: str = ""
    months: tuple[int, ...] = ()
    slots: frozenset[str] = field(default_factory=frozenset)


def parse(line: str) -> tuple[Node, ...]:
    """Read one template into nodes. Raises ValueError for brackets that do not match."""
    stack: list[list[list[Node]]] = [[[]]]
    for token in _TOKENS.finditer(line):
        piece = token.group()
        if piece == "[":
            stack.append([[]])
        elif piece == "]":
            if len(stack) == 1:
                raise ValueError(f"a bracket closes that never opened: {line}")
            ways = stack.pop()
            stack[-1][-1].append(Choice(tuple(tuple(way) for way in ways)))
        elif piece == "|" and len(stack) > 1:
            stack[-1].append([])
        elif token.group(1):
            stack[-1][-1].append(Slot(token.group(1)))
        else:
            stack[-1][-1].append(piece)
    if len(stack) > 1:
        raise ValueError(f"a bracket never closes: {line}")
    return tuple(stack[0][0])


def slots_of(nodes: tuple[Node, ...]) -> frozenset[str]:
    """Names of all slots, those inside choices too."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Slot):
            found.add(node.name)
        elif isinstance(node, Choice):
            for way in node.ways:
                found |= slots_of(way)
    return frozenset(found)


def read(key: str, line: str) -> Template:
    """Read one line of a material file. Raises ValueError."""
    intents: tuple[str, ...] = ()
    mood = ""
    months: tuple[int, ...] = ()
    while remark := _REMARK.match(line):
        mark, value = remark.groups()
        line = line[remark.end() :]
        if mark == "+":
            intents = tuple(part.strip() for part in value.split(","))
        elif mark == "~":
            mood = value.strip()
        else:
            months = tuple(int(month) for month in value.removeprefix("months=").split(","))
    title, _, text = line.rpartition(" || ")
    nodes, head = parse(text), parse(title) if title else ()
    return Template(
        key=key,
        text=nodes,
        title=head,
        intents=intents,
        mood=mood,
        months=months,
        slots=slots_of(nodes + head),
    )


def render(nodes: tuple[Node, ...], dice: Dice, fill: Callable[[str], str]) -> str:
    """Say a template: choices drawn from `dice`, slots from `fill`."""
    said: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            said.append(node)
        elif isinstance(node, Slot):
            said.append(START + fill(node.name))
        else:
            said.append(render(dice.pick(node.ways), dice, fill))
    return "".join(said)


_SENTENCE = re.compile(rf"(^|[.!?][\"”]? |\n){START}(?!https?:)(\w)")


def tidy(text: str, *, capitals: bool = True) -> str:
    """Capitals at sentence starts that a slot opened, and no double or trailing spaces."""
    if capitals:
        text = _SENTENCE.sub(lambda found: found.group(1) + found.group(2).upper(), text)
    text = text.replace(START, "")
    text = re.sub(r"[ \t]{2,}", " ", text).strip()
    text = re.sub(r"(?<!\.)\.\.(?!\.)", ".", text)
    text = re.sub(r"([?!])\.(?!\.)", r"\1", text)
    return re.sub(r" ([.,!?])(?=\s|$)", r"\1", text)
