"""A guideline's text in its parts: which section says what, and which conversations it bears on.

A section begins with `## Heading`; words in braces after the heading say what it bears on: `{complains, negative, label:crisis}`. They are a wish, a
mood, a label by its name, or `always`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

from grapevine.understand.contracts import INTENTS, MOODS

ALWAYS = "always"
LABEL = "label:"
_HEADING = re.compile(
    r"^##[ \t]+(?P<title>[^\n]*?)[ \t]*(?:\{(?P<tags>[^{}\n]*)\})?[ \t]*#*[ \t]*$", re.MULTILINE
)


@dataclass(frozen=True)
class Section:
    """One part of a page. The text before the first heading is a section without title."""

    title: str
    tags: frozenset[str]
    body: str

    @property
    def anchor(self) -> str:
        return slugify(self.title, allow_unicode=True)[:60]

    @property
    def gist(self) -> str:
        """Its beginning, for a place with little room: the first paragraph or list, at most five lines."""
        lines = self.body.strip().split("\n\n", 1)[0].splitlines()
        return "\n".join(lines[:5])


def read(text: str) -> tuple[Section, ...]:
    """The sections of a page, in order."""
    text = text.replace("\r\n", "\n")
    heads = list(_HEADING.finditer(text))
    found = [Section("", frozenset(), text[: heads[0].start()] if heads else text)]
    ends = [*(one.start() for one in heads[1:]), len(text)][: len(heads)]
    for head, end in zip(heads, ends, strict=True):
        found.append(
            Section(head["title"].strip(), _tags(head["tags"] or ""), text[head.end() : end].strip())
        )
    return tuple(one for one in found if one.title or one.body.strip())


def _tags(written: str) -> frozenset[str]:
    return frozenset(" ".join(one.split()).casefold() for one in written.split(",") if one.strip())


def unknown_tags(text: str) -> list[str]:
    """Words in braces that bear on nothing: misspelt wishes and moods."""
    known = {ALWAYS, *INTENTS, *MOODS}
    return sorted(
        {tag for one in read(text) for tag in one.tags if tag not in known and not tag.startswith(LABEL)}
    )


def without_tags(text: str) -> str:
    """The text as people read it."""
    return _HEADING.sub(lambda head: f"## {head['title'].strip()}", text.replace("\r\n", "\n"))


def bearing(
    sections: Iterable[Section], *, wants: Iterable[str] = (), mood: str = "", labels: Iterable[str] = ()
) -> list[tuple[int, Section]]:
    """The sections that bear on a conversation with how many of their words fit, in order. What bears on all comes with 0."""
    facts = {
        *wants,
        *([mood] if mood else []),
        *(f"{LABEL}{' '.join(name.split()).casefold()}" for name in labels),
    }
    found = [(len(one.tags & facts), one) for one in sections]
    return [(fits, one) for fits, one in found if fits or ALWAYS in one.tags]
