"""Questions about mandates. `judge` is asked before every reply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone

from grapevine.converse import mandate_rules as rules
from grapevine.converse.mandate_rules import Facts, Standing, Verdict
from grapevine.converse.models import Approval, ApprovalState, Mandate, MandateVersion, Message, Thread
from grapevine.converse.selectors import checks
from grapevine.converse.terms import Terms
from grapevine.core import access
from grapevine.engine.text import money

SEE = "converse.mandate.see"
GIVE = "converse.mandate.give"
_APPROVED = (ApprovalState.APPROVED, ApprovalState.CHANGED)
SHOWN_AFTER_END = timedelta(days=60)


@dataclass(frozen=True)
class Shown:
    """A mandate on the pages."""

    standing: Standing
    user_id: int
    user_name: str
    note: str
    given_by: str
    given_at: datetime
    accepted_at: datetime | None
    state: str  # holds, waits (to be accepted), later, ended, withdrawn
    ends_soon: bool

    @property
    def id(self) -> int:
        return self.standing.id

    @property
    def terms(self) -> Terms:
        return self.standing.terms


@dataclass(frozen=True)
class Past:
    """What a mandate said in one of its versions."""

    number: int
    terms: Terms
    note: str
    starts_on: date
    ends_on: date
    given_by: str
    at: datetime
    accepted_at: datetime | None


def day_of(at: datetime) -> date:
    """The day in the house's time: mandates begin and end with it."""
    return at.astimezone(timezone.get_default_timezone()).date()


def judge(*, by: Any, thread: Thread, text: str, at: datetime) -> Verdict:
    """Whether `by` may say this in the thread without asking: inside one of their mandates, or why not. Four questions."""
    facts = Facts(
        source_id=thread.source_id,
        brand_id=thread.brand_id,
        lang=thread.lang,
        wants=rules.names_of(thread.wants),
        label_ids=frozenset(one.pk for one in thread.labels.all()),
        promised=money.read(text, thread.lang),
    )
    if by.pk is None:
        return rules.judged((), facts, day_of(at), passed=False)
    return rules.judged(standing_of(by.pk), facts, day_of(at), passed=checks.passed(by.pk, at))


def still_covers(*, message: Message, at: datetime) -> bool:
    """Whether an answer may go out now: a lead approved it, or the mandate it was written under holds, and one that was put off is inside one."""
    if Approval.objects.filter(message=message, state__in=_APPROVED).exists():
        return True
    if message.send_at is not None:
        return judge(by=message.user, thread=message.thread, text=message.text, at=at).inside
    row = _latest().filter(mandate_id=message.mandate_id or 0).first()
    return row is not None and _standing(row).holds(day_of(at))


def standing_of(user_id: int) -> list[Standing]:
    """Somebody's mandates, the withdrawn ones left out; those that end last come first."""
    rows = _latest().filter(mandate__user_id=user_id, mandate__withdrawn_at=None)
    return [_standing(row) for row in rows.order_by("-mandate__ends_on", "-mandate_id")[:20]]


def relation_of(user_id: int, mandate_id: int | None) -> Terms | None:
    """The terms somebody speaks by, for their signature: those of a mandate, or of the one they have had last."""
    rows = _latest().filter(mandate__user_id=user_id)
    row = (rows.filter(mandate_id=mandate_id) if mandate_id else rows).order_by("-mandate__ends_on").first()
    return Terms.of(row.terms) if row else None


def shown(*, at: datetime, user_id: int | None = None) -> list[Shown]:
    """Mandates as pages list them: somebody's, or everybody's; those that ended two months ago or longer are left out."""
    on = day_of(at)
    rows = _latest().filter(mandate__ends_on__gte=on - SHOWN_AFTER_END)
    if user_id is not None:
        rows = rows.filter(mandate__user_id=user_id)
    found = [_shown(row, on) for row in rows.order_by("mandate__user__name", "-mandate__ends_on")[:500]]
    return [one for one in found if user_id is None or one.state != "withdrawn"]


def one(mandate: Mandate, *, at: datetime) -> Shown:
    """A mandate for its own page."""
    return _shown(_latest().get(mandate=mandate), day_of(at))


def history(mandate: Mandate) -> list[Past]:
    """What it said before, the latest first."""
    return [
        Past(
            row.number,
            Terms.of(row.terms),
            row.note,
            row.starts_on,
            row.ends_on,
            row.given_by.name if row.given_by else "",
            row.at,
            row.accepted_at,
        )
        for row in mandate.versions.select_related("given_by").order_by("-number")
    ]


def to_accept(user_id: int, *, at: datetime) -> int:
    """How many mandates somebody was given and has not accepted yet."""
    present = Mandate.objects.filter(user_id=user_id, withdrawn_at=None, ends_on__gte=day_of(at))
    return sum(
        accepted != version for version, accepted in present.values_list("version", "accepted_version")
    )


def ending(*, at: datetime, user_id: int | None = None) -> list[Shown]:
    """Mandates that hold and end within a month, the first to end first."""
    on = day_of(at)
    rows = _latest().filter(mandate__withdrawn_at=None, mandate__ends_on__range=(on, on + timedelta(days=30)))
    if user_id is not None:
        rows = rows.filter(mandate__user_id=user_id)
    return [_shown(row, on) for row in rows.order_by("mandate__ends_on", "pk")[:50]]


def reachable_by(user: Any, mandate_id: int, *, permission: str = SEE) -> Mandate:
    """A mandate, for somebody with `permission`. Raises AccessDenied, Http404."""
    access.require(user, permission)
    found = Mandate.objects.filter(pk=mandate_id).select_related("user").first()
    if found is None:
        raise Http404("no such mandate")
    return found


def languages_of(user_ids: Iterable[int], *, at: datetime) -> dict[int, tuple[str, ...]]:
    """The languages in which users may speak today, for whoever shares out the work; an empty tuple means any."""
    on = day_of(at)
    found: dict[int, tuple[str, ...]] = {}
    for row in _latest().filter(mandate__user_id__in=list(user_ids), mandate__withdrawn_at=None):
        standing = _standing(row)
        if standing.holds(on):
            before = found.get(row.mandate.user_id)
            widest = () if before == () or not standing.terms.langs else (before or ()) + standing.terms.langs
            found[row.mandate.user_id] = tuple(dict.fromkeys(widest))
    return found


def held(*, at: datetime) -> dict[int, list[Terms]]:
    """By user, what those who may speak today may say: one question, for whoever shares out the work."""
    on = day_of(at)
    found: dict[int, list[Terms]] = {}
    rows = _latest().filter(mandate__withdrawn_at=None, mandate__starts_on__lte=on, mandate__ends_on__gte=on)
    for row in rows.order_by("pk"):
        standing = _standing(row)
        if standing.holds(on):
            found.setdefault(row.mandate.user_id, []).append(standing.terms)
    return found


def _latest() -> QuerySet[MandateVersion]:
    rows = MandateVersion.objects.filter(number=F("mandate__version"))
    return rows.select_related("mandate", "mandate__user", "given_by")


def _standing(row: MandateVersion) -> Standing:
    mandate = row.mandate
    return Standing(
        id=mandate.pk,
        version=row.number,
        terms=Terms.of(row.terms),
        accepted=mandate.accepted_version == row.number,
        starts_on=mandate.starts_on,
        ends_on=mandate.ends_on,
        withdrawn=mandate.withdrawn_at is not None,
    )


def _shown(row: MandateVersion, on: date) -> Shown:
    standing = _standing(row)
    state = "holds"
    if standing.withdrawn:
        state = "withdrawn"
    elif standing.ends_on < on:
        state = "ended"
    elif not standing.accepted:
        state = "waits"
    elif standing.starts_on > on:
        state = "later"
    return Shown(
        standing=standing,
        user_id=row.mandate.user_id,
        user_name=row.mandate.user.name,
        note=row.note,
        given_by=row.given_by.name if row.given_by else "",
        given_at=row.at,
        accepted_at=row.accepted_at,
        state=state,
        ends_soon=state in ("holds", "waits") and rules.nearly_due(standing.ends_on, on),
    )
