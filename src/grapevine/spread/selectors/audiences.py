"""Audiences, for their pages and for rooms above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import Http404
from django.utils.translation import ngettext

from grapevine.core import access
from grapevine.people.selectors import contact, names
from grapevine.sources.selectors import platforms
from grapevine.spread import advised, model_words, reasons, wished
from grapevine.spread.advised import Advised
from grapevine.spread.contracts.audiences import Kept, Member
from grapevine.spread.models import Audience, AudienceMember, WorkState
from grapevine.spread.questions import Brief
from grapevine.spread.reasons import Why
from grapevine.spread.selectors import works
from grapevine.ui.numbers import num

MAKE = "spread.audience.make"
PAGE = 50
_IN = Q(taken_out_at=None)
SHOWN = 500
"""So many members stand on the page; the file has them all."""


@dataclass(frozen=True)
class Row:
    """An audience in the list."""

    id: int
    name: str
    network: str
    state: str
    state_label: Any
    members: int
    at: datetime
    kept_at: datetime | None
    is_demo: bool


@dataclass(frozen=True)
class MemberRow:
    """Somebody advised, with the reasons in words. `refused`: why they are not to be contacted by now; empty when they may be."""

    id: int
    identity_id: int
    place: int
    called: str
    channel: str
    language: str
    listeners: int
    gain: float | None
    cost: float
    why: tuple[str, ...]
    refused: str
    is_out: bool


@dataclass(frozen=True)
class Page:
    """An audience with all that its page shows. `wished`: what was asked for, in pairs of words and values. `count` people are in it and cost
    `spent`; `taken_out` and `put_back` tell how it was changed since it was worked out."""

    row: Audience
    network: str
    model: Any
    assumption: Any
    knobs: tuple[tuple[Any, Any], ...]
    wished: tuple[tuple[str, str], ...]
    told: Advised | None
    members: tuple[MemberRow, ...]
    more: int
    count: int
    spent: float | None
    taken_out: int
    put_back: int

    @property
    def is_done(self) -> bool:
        return self.row.state == WorkState.DONE

    @property
    def like(self) -> str:
        """Its number, for an address."""
        return str(self.row.pk)

    @property
    def changed(self) -> str:
        """How it was changed since it was worked out, in words; empty when it wasn't."""
        said = []
        if self.taken_out:
            taken = ngettext(
                "%(number)s person was taken out", "%(number)s people were taken out", self.taken_out
            )
            said.append(taken % {"number": num(self.taken_out)})
        if self.put_back:
            back = ngettext(
                "%(number)s person was put back", "%(number)s people were put back", self.put_back
            )
            said.append(back % {"number": num(self.put_back)})
        return ", ".join(said)

    @property
    def left_out(self) -> list[str]:
        """Who could not be chosen, and why."""
        return advised.left_out(self.told) if self.told is not None else []

    @property
    def refused_now(self) -> int:
        """How many of those shown are not to be contacted by now."""
        return sum(bool(one.refused) and not one.is_out for one in self.members)

    @property
    def reach(self) -> str:
        return advised.reach(self.told) if self.told is not None else ""

    @property
    def guarantee(self) -> str:
        return advised.guarantee(self.told) if self.told is not None else ""

    @property
    def way(self) -> str:
        """How they were chosen."""
        return advised.way(self.told) if self.told is not None else ""

    @property
    def trials(self) -> tuple[str, str]:
        """What stands behind it, and how often."""
        return advised.trials(self.told) if self.told is not None else ("", "")


def reachable_by(by: Any, audience_id: int) -> Audience:
    """An audience that isn't removed. Raises AccessDenied, Http404."""
    access.require(by, MAKE)
    return works.reachable(Audience, audience_id, related=("network", "made_by", "kept_by"))


def member_reachable_by(by: Any, audience_id: int, member_id: int) -> AudienceMember:
    """Somebody of an audience. Raises AccessDenied, Http404."""
    audience = reachable_by(by, audience_id)
    found = audience.members.select_related("audience").filter(pk=member_id).first()
    if found is None:
        raise Http404("no such member")
    return found


def rows(*, before: int | None = None, limit: int = PAGE) -> tuple[Row, ...]:
    """The latest audiences; `before` is the number of the last one of the page before."""
    there = Count("members", filter=Q(members__taken_out_at=None))
    found = Audience.objects.present().select_related("network").annotate(there=there).order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    return tuple(
        Row(
            one.pk, one.name, one.network.name if one.network is not None else "", one.state, one.get_state_display(),
            one.there, one.made_at, one.kept_at, one.is_demo,
        )
        for one in found[:limit]
    )  # fmt: skip


def page(row: Audience, *, at: datetime) -> Page:
    """All of one audience; who is not to be contacted is asked anew."""
    brief = Brief.from_json(row.asked)
    done = row.state == WorkState.DONE
    # Who was advised has a gain; who was left out of it beforehand has none.
    counted = row.members.aggregate(
        every=Count("pk"),
        there=Count("pk", filter=_IN),
        spent=Sum("cost", filter=_IN),
        taken_out=Count("pk", filter=~_IN & Q(gain__isnull=False)),
        put_back=Count("pk", filter=_IN & Q(gain=None)),
    )
    told = Advised.from_json(row.result) if done else None
    spent = (counted["spent"] or 0.0) if told is not None and told.spent is not None else None
    languages = list((row.network.result if row.network is not None else {}).get("languages", ()))
    briefed = Audience.objects.present().filter(pk__in=brief.audience_ids).order_by("pk")
    wish = wished.of(
        brief,
        languages=languages,
        briefed=list(briefed.values_list("name", flat=True)),
        priced=row.costs.count(),
    )
    words = model_words.of_model(brief.model.name)
    return Page(
        row, row.network.name if row.network is not None else "", words.label, words.help,
        tuple(model_words.described(brief.model)), tuple(wish),
        told, _members(list(row.members.order_by("place")[:SHOWN]), at=at), max(0, counted["every"] - SHOWN),
        counted["there"], spent, counted["taken_out"], counted["put_back"],
    )  # fmt: skip


def lines(members: Iterable[AudienceMember]) -> list[tuple[Any, ...]]:
    """Members as lines of a file, without their names: handle, channel, number of the identity, listeners, gain, cost, reasons."""
    every = list(members)
    called = names.writers(one.identity_id for one in every)
    found = []
    for one in every:
        who, why = called.get(one.identity_id), Why.from_json(one.why)
        handle, channel = (who.handle or who.name, who.channel) if who is not None else ("", "")
        said = " ".join(reasons.in_words(why, one.gain))
        found.append(
            (
                one.place + 1,
                handle,
                channel,
                one.identity_id,
                why.language,
                why.listeners,
                one.gain,
                one.cost,
                said,
            )
        )
    return found


def kept(*, limit: int = 100) -> list[tuple[int, str]]:
    """Audiences that were kept, the latest first: number and name."""
    rows = Audience.objects.done().exclude(kept_at=None).order_by("-kept_at", "-pk")[:limit]
    return list(rows.values_list("pk", "name"))


def taken_over(audience_id: int, *, at: datetime) -> Kept | None:
    """A kept audience for a room above; None when there is none of this number. Who is not to be contacted is left out."""
    row = Audience.objects.done().exclude(kept_at=None).filter(pk=audience_id).first()
    if row is None or row.kept_at is None:
        return None
    refused = contact.refused(at=at)
    members = row.members.filter(taken_out_at=None).order_by("place")
    return Kept(
        row.pk,
        row.name,
        row.kept_at,
        tuple(
            Member(
                one.identity_id,
                one.place,
                one.gain,
                tuple(reasons.in_words(Why.from_json(one.why), one.gain)),
            )
            for one in members
            if one.identity_id not in refused
        ),
    )


def _members(rows: list[AudienceMember], *, at: datetime) -> tuple[MemberRow, ...]:
    ids = [one.identity_id for one in rows]
    called, refusals = names.writers(ids), contact.refusals(ids, at=at)
    sources = platforms.called({who.platform for who in called.values()})
    found = []
    for one in rows:
        who, why = called.get(one.identity_id), Why.from_json(one.why)
        told = refusals.get(one.identity_id, ())
        found.append(
            MemberRow(
                one.pk, one.identity_id, one.place + 1, (who.handle or who.name) if who is not None else "",
                sources.get(who.platform, who.channel) if who is not None else "", why.language, why.listeners, one.gain, one.cost,
                tuple(reasons.in_words(why, one.gain)), told[0].words if told else "", one.taken_out_at is not None,
            )
        )  # fmt: skip
    return tuple(found)
