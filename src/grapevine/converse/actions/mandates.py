"""What people do with mandates: give, change, accept, withdraw. And what the clock does: remind of an end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from grapevine.converse import channels
from grapevine.converse.events import MandateChanged, MandateEnding
from grapevine.converse.models import Mandate, MandateVersion
from grapevine.converse.selectors.mandates import day_of
from grapevine.converse.terms import Terms
from grapevine.core import access, audit, live, news

GIVE = "converse.mandate.give"
REMINDED_DAYS = 30


class MandateRefused(Exception):
    """It can't be given, changed or accepted like this. `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@transaction.atomic
def give(
    *, user: Any, terms: Terms, starts_on: date, ends_on: date, by: Any, at: datetime, note: str = ""
) -> Mandate:
    """Give somebody a mandate. It holds as soon as they have accepted it. Tells MandateChanged."""
    access.require(by, GIVE)
    _sound(user, starts_on, ends_on, at)
    mandate = Mandate.objects.create(user=user, starts_on=starts_on, ends_on=ends_on, created_at=at)
    _write(mandate, terms, note, by, at)
    audit.record(
        "converse.mandate.given",
        subject=mandate,
        by=by,
        at=at,
        version=1,
        ends_on=ends_on.isoformat(),
        terms=terms.as_json(),
    )
    _tell(mandate, "given", at)
    return mandate


@transaction.atomic
def change(
    *, mandate: Mandate, terms: Terms, starts_on: date, ends_on: date, by: Any, at: datetime, note: str = ""
) -> Mandate:
    """Let a mandate say something else from now on, or last longer. The employee accepts it anew. Tells MandateChanged.

    What it said before holds no longer: a lead who narrows a mandate means it at once.
    """
    access.require(by, GIVE)
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.withdrawn_at is not None:
        raise MandateRefused("withdrawn")
    _sound(mandate.user, starts_on, ends_on, at)
    latest = mandate.versions.get(number=mandate.version)
    same = Terms.of(latest.terms) == terms and latest.note == note
    if same and (starts_on, ends_on) == (mandate.starts_on, mandate.ends_on):
        return mandate
    mandate.version += 1
    mandate.starts_on, mandate.ends_on = starts_on, ends_on
    mandate.save(update_fields=["version", "starts_on", "ends_on"])
    _write(mandate, terms, note, by, at)
    audit.record(
        "converse.mandate.changed",
        subject=mandate,
        by=by,
        at=at,
        version=mandate.version,
        ends_on=ends_on.isoformat(),
        terms=terms.as_json(),
        before=latest.terms,
    )
    _tell(mandate, "changed", at)
    return mandate


@transaction.atomic
def accept(*, mandate: Mandate, version: int, by: Any, at: datetime) -> None:
    """The employee accepts what they have read: that version. Tells MandateChanged.

    Raises MandateRefused when it is somebody else's, or has changed since they read it.
    """
    access.require(by, "converse.mandate.see")
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.user_id != by.pk:
        raise MandateRefused("not-yours")
    if mandate.withdrawn_at is not None:
        raise MandateRefused("withdrawn")
    if mandate.version != version:
        raise MandateRefused("changed-since")
    if mandate.accepted_version == version:
        return
    mandate.accepted_version = version
    mandate.save(update_fields=["accepted_version"])
    mandate.versions.filter(number=version).update(accepted_at=at)
    audit.record("converse.mandate.accepted", subject=mandate, by=by, at=at, version=version)
    _tell(mandate, "accepted", at)


@transaction.atomic
def withdraw(*, mandate: Mandate, by: Any, at: datetime) -> None:
    """End a mandate now: a lead, or the employee who gives it back. Tells MandateChanged."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    access.require(by, "converse.mandate.see" if mandate.user_id == by.pk else GIVE)
    if mandate.withdrawn_at is not None:
        return
    mandate.withdrawn_at = at
    mandate.save(update_fields=["withdrawn_at"])
    audit.record("converse.mandate.withdrawn", subject=mandate, by=by, at=at, version=mandate.version)
    _tell(mandate, "withdrawn", at)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Tell of mandates that end within a month, once of each end. Returns how many. Tells MandateEnding."""
    on = day_of(at)
    due = Mandate.objects.filter(
        withdrawn_at=None, ends_on__range=(on, on + timedelta(days=REMINDED_DAYS))
    ).filter(Q(reminded_on=None) | ~Q(reminded_on=F("ends_on")))
    found = list(due.select_for_update())
    for mandate in found:
        mandate.reminded_on = mandate.ends_on
        mandate.save(update_fields=["reminded_on"])
        audit.record(
            "converse.mandate.reminded",
            subject=mandate,
            by=access.SYSTEM,
            at=at,
            ends_on=mandate.ends_on.isoformat(),
        )
        news.tell(MandateEnding(mandate.pk, mandate.user_id, mandate.ends_on, at))
        live.publish(channels.MANDATES, user=mandate.user_id, what="ending")
    return len(found)


def _sound(user: Any, starts_on: date, ends_on: date, at: datetime) -> None:
    if not access.may(user, "converse.thread.work"):
        raise MandateRefused("may-not-answer")
    if ends_on < starts_on:
        raise MandateRefused("ends-before-it-begins")
    if ends_on < day_of(at):
        raise MandateRefused("ended")


def _write(mandate: Mandate, terms: Terms, note: str, by: Any, at: datetime) -> None:
    MandateVersion.objects.create(
        mandate=mandate,
        number=mandate.version,
        terms=terms.as_json(),
        note=note,
        starts_on=mandate.starts_on,
        ends_on=mandate.ends_on,
        given_by=None if by.pk is None else by,
        at=at,
    )


def _tell(mandate: Mandate, what: str, at: datetime) -> None:
    news.tell(MandateChanged(mandate.pk, mandate.user_id, what, at))
    live.publish(channels.MANDATES, user=mandate.user_id, what=what)
