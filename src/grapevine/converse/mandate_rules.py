"""Whether a reply is inside a mandate: plain values in, reasons out. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from grapevine.converse.terms import CROWNS, Terms
from grapevine.engine.text import money
from grapevine.understand.contracts import INTENTS

ALWAYS = frozenset({"thanks", "praises"})
"""Whoever may speak may thank, and take praise."""


@dataclass(frozen=True)
class Facts:
    """The conversation and the reply, as far as mandates ask."""

    source_id: int
    brand_id: int | None = None
    lang: str = ""
    wants: frozenset[str] = frozenset()
    label_ids: frozenset[int] = frozenset()
    promised: money.Found = field(default_factory=lambda: money.Found((), (), ()))


@dataclass(frozen=True)
class Reason:
    """Why a reply isn't inside: a code and what it is about, put into words where it is shown."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """A mandate as it stands on a day."""

    id: int
    version: int
    terms: Terms
    accepted: bool
    starts_on: date
    ends_on: date
    withdrawn: bool = False

    def holds(self, on: date) -> bool:
        """Whether one may speak by it on that day."""
        return self.accepted and not self.withdrawn and self.starts_on <= on <= self.ends_on


@dataclass(frozen=True)
class Verdict:
    """Whether a reply may go without asking: under which mandate, or why not (of the mandate that came nearest)."""

    inside: bool
    mandate: Standing | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def mandate_id(self) -> int | None:
        return self.mandate.id if self.mandate else None


def names_of(bits: int) -> frozenset[str]:
    """The wishes of a thread, by name."""
    return frozenset(name for place, name in enumerate(INTENTS) if bits & 1 << place)


def outside(terms: Terms, facts: Facts) -> tuple[Reason, ...]:
    """Everything about these facts that these terms don't cover."""
    found: list[Reason] = []
    if terms.brand_ids and facts.brand_id not in terms.brand_ids:
        found.append(Reason("brand", {"brand_id": facts.brand_id}))
    if terms.source_ids and facts.source_id not in terms.source_ids:
        found.append(Reason("source", {"source_id": facts.source_id}))
    if terms.langs and facts.lang and facts.lang not in terms.langs:
        found.append(Reason("lang", {"lang": facts.lang}))
    if terms.wants and (others := facts.wants - set(terms.wants) - ALWAYS):
        found.append(Reason("wants", {"wants": [name for name in INTENTS if name in others]}))
    if terms.label_ids and not facts.label_ids & set(terms.label_ids):
        found.append(Reason("labels", {"label_ids": list(terms.label_ids)}))
    if kept := facts.label_ids & set(terms.except_label_ids):
        found.append(Reason("label-kept", {"label_ids": sorted(kept)}))
    return (*found, *_promises(terms, facts.promised))


def _promises(terms: Terms, said: money.Found) -> Iterable[Reason]:
    limit = {"limit": str(terms.amount), "limit_currency": terms.currency}
    sums = [(one, _currency(one.currency, terms.currency)) for one in (*said.promised, *said.together)]
    ours = [one.value for one, currency in sums if currency == terms.currency]
    if ours and max(ours) > terms.amount:
        yield Reason("amount", {"amount": str(max(ours)), "currency": terms.currency, **limit})
    for one in [one for one, currency in sums if currency != terms.currency][:1]:
        yield Reason("currency", {"amount": str(one.value), "currency": one.currency, **limit})
    if said.percents and max(said.percents) > terms.percent:
        yield Reason("percent", {"percent": str(max(said.percents)), "limit_percent": terms.percent})
    if said.open_ended:
        yield Reason("open-ended", {"said": said.open_ended[0][:80], **limit})
    if said.unread:
        yield Reason("too-long", {"characters": money.LONGEST})


def _currency(said: str, ours: str) -> str:
    """Crowns without a land are those of the mandate, where it is in crowns; a sum that names no currency is in the mandate's."""
    return ours if said == money.UNNAMED or (said == "kr" and ours in CROWNS) else said


def judged(mandates: Sequence[Standing], facts: Facts, on: date, *, passed: bool) -> Verdict:
    """The verdict on a reply by somebody who has these mandates, of the day `on`. `passed`: the guidelines' check.

    Of several mandates the first counts that covers everything; none is put together with another.
    """
    held = [one for one in mandates if one.holds(on)]
    needed = () if passed else (Reason("check"),)
    if not held:
        return Verdict(False, None, (*_none_holds(mandates, on), *needed))
    tried = [(outside(one.terms, facts), one) for one in held]
    reasons, best = min(tried, key=lambda one: len(one[0]))
    return Verdict(not reasons and passed, best, (*reasons, *needed))


def _none_holds(mandates: Sequence[Standing], on: date) -> tuple[Reason, ...]:
    present = [one for one in mandates if not one.withdrawn and one.ends_on >= on]
    waiting = [one for one in present if not one.accepted]
    if waiting:
        return (Reason("not-accepted", {"mandate_id": waiting[0].id}),)
    if present:
        return (Reason("not-begun", {"on": min(one.starts_on for one in present).isoformat()}),)
    ended = [one.ends_on for one in mandates if not one.withdrawn]
    return (Reason("ended", {"on": max(ended).isoformat()}),) if ended else (Reason("none"),)


def nearly_due(ends_on: date, on: date, *, days: int = 30) -> bool:
    """Whether a mandate's end is near enough to be reminded of."""
    return 0 <= (ends_on - on).days <= days
