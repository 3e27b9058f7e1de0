"""The guideline for who reads it: its pages, the lines that bear on a conversation, the signature it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from grapevine.converse import in_language, sections
from grapevine.converse.mandate_rules import names_of
from grapevine.converse.models import EditionKind, Thread
from grapevine.converse.selectors import editions, mandates
from grapevine.converse.selectors.editions import Written
from grapevine.ui import markdown
from grapevine.understand.contracts import MOODS

MOST_LINES = 4


@dataclass(frozen=True)
class Part:
    """A section of a page, as HTML. `bears_on`: the words in braces after its heading."""

    title: str
    anchor: str
    html: SafeString
    bears_on: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A page of the guideline in one language."""

    key: str
    number: int
    title: str
    lang: str
    parts: tuple[Part, ...]
    note: str
    written_by: str
    at: datetime | None
    shipped: bool


@dataclass(frozen=True)
class Line:
    """What a page says about such a conversation: its section's heading and beginning, and where all of it stands."""

    title: str
    html: SafeString
    href: str
    lang: str


def page(written: Written, lang: str = "") -> Page:
    """A page as one reads it."""
    found = in_language.lang_of(written.content["body"], lang)
    parts = [
        Part(one.title, one.anchor, markdown.render(one.body), tuple(sorted(one.tags)))
        for one in sections.read(written.content["body"].get(found, ""))
    ]
    return Page(
        key=written.key,
        number=written.number,
        title=in_language.chosen(written.content["title"], found),
        lang=found,
        parts=tuple(parts),
        note=written.note,
        written_by=written.written_by,
        at=written.at,
        shipped=written.at is None,
    )


def bearing_on(thread: Thread, *, labels: Iterable[str], lang: str = "") -> list[Line]:
    """The lines that bear on a thread, what fits most first; what always holds fills up the end."""
    mood = MOODS[thread.mood - 1] if 0 < thread.mood <= len(MOODS) else ""
    facts: Mapping[str, Any] = {"wants": names_of(thread.wants), "mood": mood, "labels": list(labels)}
    found: list[tuple[int, sections.Section, Written, str]] = []
    for written in editions.guidelines():
        known = in_language.lang_of(written.content["body"], lang)
        read = sections.read(written.content["body"].get(known, ""))
        found += [(fits, one, written, known) for fits, one in sections.bearing(read, **facts)]
    found.sort(key=lambda one: -one[0])
    return [
        Line(
            section.title,
            markdown.render(section.gist),
            f"{reverse('converse:guideline', args=[written.key])}?lang={known}#{section.anchor}",
            known,
        )
        for _fits, section, written, known in found[:MOST_LINES]
    ]


def signature(user: Any, *, lang: str, mandate_id: int | None = None) -> str:
    """How somebody signs, in the language of the conversation: the first name, and what they do here as their mandate has it."""
    template = in_language.chosen(editions.current(EditionKind.SIGNATURE).content["template"], lang)
    terms = mandates.relation_of(user.pk, mandate_id) if user.pk else None
    return signed(template, name=user.name, relation=terms.relation if terms else "")


def signed(template: str, *, name: str, relation: str) -> str:
    """A signature from its template. Without a relation the sign before its place goes too."""
    first = (name.split(maxsplit=1) or [name])[0]
    places = {"first_name": first, "name": name, "relation": relation or "\0"}
    made = template.format(**places)
    if not relation:
        made = made.replace(", \0", "").replace("(\0)", "").replace("\0", "").rstrip(" ,–-·|")
    return made.strip()[:120]
