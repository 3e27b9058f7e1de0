"""Somebody as a whole: all that any room holds of them is handed over, or forgotten, through the registry of personal data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from grapevine.core import access, audit, jobs, privacy
from grapevine.people.models import Identity

FORGET = "people.forget"
_BLACKENED = "forgotten:"


def subject_of(identity: Identity) -> privacy.Subject:
    """Whom the holders are asked about: this identity with all that are one person with it."""
    if identity.person_id is None:
        return _subject([identity.pk], None)
    every = Identity.objects.filter(person_id=identity.person_id).order_by("pk")
    return _subject(list(every.values_list("pk", flat=True)), identity.person_id)


def _subject(identity_ids: list[int], person_id: int | None) -> privacy.Subject:
    rows = Identity.objects.filter(pk__in=identity_ids).exclude(external_id__startswith=_BLACKENED)
    authors = []
    for platform, external_id in rows.order_by("pk").values_list("platform", "external_id"):
        number = platform.rpartition("/")[2]
        if number.isdecimal():
            authors.append((int(number), external_id))
    return privacy.Subject(identity_ids=tuple(identity_ids), authors=tuple(authors), person_id=person_id)


@transaction.atomic
def hand_over(*, identity: Identity, by: Any, at: datetime) -> Iterator[str]:
    """All that is held about somebody as one JSON document, piece by piece, a piece for each holder. That it was handed over is written down."""
    access.require(by, "people.person.hand-over")
    subject = subject_of(identity)
    audit.record(
        "people.person.handed_over", subject=identity, by=by, at=at, identities=len(subject.identity_ids)
    )
    return _told(subject, at)


def _told(subject: privacy.Subject, at: datetime) -> Iterator[str]:
    yield '{"made": ' + json.dumps(at.isoformat()) + ',\n"held": [\n'
    for number, holder in enumerate(privacy.holders()):
        part = {
            "where": holder.name,
            "why it is kept": holder.purpose,
            "how long": holder.retention,
            "what": holder.hand_over(subject),
        }
        text = json.dumps(part, ensure_ascii=False, indent=1, default=str)
        yield (",\n" if number else "") + text
    yield "\n]}\n"


@transaction.atomic
def forget(*, identity: Identity, by: Any, at: datetime) -> None:
    """Have somebody forgotten in all rooms, with all identities that are theirs, by the worker. Asked for twice it is done once.

    Their posts and messages lose text and author, conversations with them go; what is known of them goes. Rows that others point at stay
    without a name, and so do counts, and who of us did what, when.
    """
    access.require(by, "people.person.forget")
    subject = subject_of(identity)
    payload = {
        "identity_id": identity.pk,
        "identity_ids": list(subject.identity_ids),
        "person_id": subject.person_id,
        "by_id": None if by is access.SYSTEM else by.pk,
    }
    if jobs.put(FORGET, payload, key=key(identity)) is not None:
        audit.record(
            "people.person.forgetting", subject=identity, by=by, at=at, identities=len(subject.identity_ids)
        )


def key(identity: Identity) -> str:
    """By which a person's forgetting is found while it lasts: the same for all identities that are theirs."""
    whom = f"identity:{identity.pk}" if identity.person_id is None else f"person:{identity.person_id}"
    return f"{FORGET}:{whom}"


def forget_now(
    *, identity_id: int, identity_ids: list[int], person_id: int | None, by_id: int | None, at: datetime,
    run: jobs.Run | None = None,
) -> int:  # fmt: skip
    """Forget somebody, each holder in a transaction of its own; returns how many rows were touched.

    Who is stopped in the midst is run again: a holder that has nothing left does nothing, and who somebody was is forgotten after
    all that is found by it.
    """
    holders = privacy.from_the_top()
    touched = 0
    for number, holder in enumerate(holders, 1):
        with transaction.atomic():
            touched += holder.forget(_subject(identity_ids, person_id))
            if run is not None:
                run.progress(number, total=len(holders))
    with transaction.atomic():
        by = get_user_model().objects.filter(pk=by_id).first() if by_id is not None else None
        identity = Identity.objects.get(pk=identity_id)
        audit.record("people.person.forgotten", subject=identity, by=by or access.SYSTEM, at=at, rows=touched)
    return touched
