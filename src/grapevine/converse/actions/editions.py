"""Leads write a new edition of a guideline, the check, the triage or the signature. Nothing written is ever overwritten."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from grapevine.converse import sections, shipped, tree_rules
from grapevine.converse.events import EditionWritten
from grapevine.converse.models import Edition, EditionKind
from grapevine.converse.selectors import editions
from grapevine.core import access, audit, news

CHANGE = "converse.guideline.change"
LONGEST = 30_000
MOST_QUESTIONS = 20
PLACES = frozenset({"first_name", "name", "relation"})
"""What a signature may name."""


class Unsound(Exception):
    """It can't be used like this. `faults`: codes with what they are about."""

    def __init__(self, faults: list[tree_rules.Fault]) -> None:
        self.faults = faults
        super().__init__(", ".join(f"{one.code} {one.at}" for one in faults))


class WrittenMeanwhile(Exception):
    """Somebody else wrote an edition since this one was begun."""


@transaction.atomic
def write(
    *,
    kind: str,
    content: Mapping[str, Any],
    based_on: int,
    by: Any,
    at: datetime,
    key: str = "",
    note: str = "",
    renews: bool = False,
    retired: bool = False,
) -> Edition:
    """Write the next edition. `renews`: whoever passed the check passes it anew. Tells EditionWritten.

    `based_on` is the number of the edition it was made from. Raises Unsound, WrittenMeanwhile.
    """
    access.require(by, CHANGE)
    if found := faults(kind, content):
        raise Unsound(found)
    if editions.latest_number(kind, key) != based_on:
        raise WrittenMeanwhile
    try:
        with transaction.atomic():
            row = Edition.objects.create(
                kind=kind,
                key=key,
                number=based_on + 1,
                content=dict(content),
                note=note,
                renews=renews,
                retired=retired,
                written_by=None if by.pk is None else by,
                at=at,
            )
    except IntegrityError:
        raise WrittenMeanwhile from None
    audit.record(
        f"converse.{kind}.{'retired' if retired else 'written'}",
        subject=row,
        by=by,
        at=at,
        key=key,
        version=row.number,
        renews=renews,
    )
    news.tell(EditionWritten(kind, key, row.number, renews, at))
    return row


def faults(kind: str, content: Mapping[str, Any]) -> list[tree_rules.Fault]:
    """What is wrong with an edition's content; nothing when it can be used."""
    if kind == EditionKind.TRIAGE:
        return tree_rules.faults(content)
    return _OF_KIND[EditionKind(kind)](content)


def _of_guideline(content: Mapping[str, Any]) -> list[tree_rules.Fault]:
    title, body = content.get("title") or {}, content.get("body") or {}
    found = []
    if not any(title.get(lang, "").strip() and body.get(lang, "").strip() for lang in shipped.LANGUAGES):
        found.append(tree_rules.Fault("no-text"))
    for lang in shipped.LANGUAGES:
        if bool(title.get(lang, "").strip()) != bool(body.get(lang, "").strip()):
            found.append(tree_rules.Fault("half", lang))
        if len(body.get(lang, "")) > LONGEST:
            found.append(tree_rules.Fault("too-long", lang))
        found += [tree_rules.Fault("unknown-tag", tag) for tag in sections.unknown_tags(body.get(lang, ""))]
    return found


def _of_check(content: Mapping[str, Any]) -> list[tree_rules.Fault]:
    questions = content.get("questions") or []
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        return [tree_rules.Fault("questions")]
    found = []
    for number, question in enumerate(questions, start=1):
        options = question.get("options") or []
        if not any((question.get("text") or {}).values()):
            found.append(tree_rules.Fault("question-without-text", str(number)))
        if not 2 <= len(options) <= 6 or not all(any(one["text"].values()) for one in options):
            found.append(tree_rules.Fault("options", str(number)))
        if not any(one.get("right") for one in options) or all(one.get("right") for one in options):
            found.append(tree_rules.Fault("no-right-one", str(number)))
    return found


def _of_signature(content: Mapping[str, Any]) -> list[tree_rules.Fault]:
    found = []
    for lang, template in (content.get("template") or {}).items():
        try:
            named = {
                name for _text, name, _spec, _conv in string.Formatter().parse(template) if name is not None
            }
        except ValueError:
            named = {""}
        if not named <= PLACES:
            found.append(tree_rules.Fault("unknown-place", lang))
        elif template.strip() and not named & {"first_name", "name"}:
            found.append(tree_rules.Fault("nameless", lang))
        elif len(template) > 200:
            found.append(tree_rules.Fault("too-long", lang))
    return found or ([] if any((content.get("template") or {}).values()) else [tree_rules.Fault("no-text")])


_OF_KIND = {
    EditionKind.GUIDELINE: _of_guideline,
    EditionKind.CHECK: _of_check,
    EditionKind.SIGNATURE: _of_signature,
}
