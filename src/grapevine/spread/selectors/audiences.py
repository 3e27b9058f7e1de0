"""Audiences, for their pages and for rooms above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404

from grapevine.core import access
from grapevine.people.selectors import contact, names
from grapevine.spread import advised, model_words, reasons
from grapevine.spread.advised import Advised
from grapevine.spread.contracts.audiences import Kept, Member
from grapevine.spread.models import Audience, AudienceMember, WorkState
from grapevine.spread.questions import Brief
from grapevine.spread.reasons import Why
from grapevine.spread.selectors import works

MAKE = "spread.audience.make"
PAGE = 50
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
    """An audience with all that its page shows. `wished`: what was asked for, in pairs of words and values."""

    row: Audience
    network: str
    model: Any
    assumption: Any
    knobs: tuple[tuple[Any, Any], ...]
    brief: Brief
    told: Advised | None
    members: tuple[MemberRow, ...]
    more: int

    @property
    def is_done(self) -> bool:
        return self.row.state == WorkState.DONE

    @property
    def count(self) -> int:
        """How many are in it."""
        return sum(not one.is_out for one in self.members) + self.more

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
    found = Audience.objects.present().select_related("network").order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    return tuple(
        Row(
            one.pk, one.name, one.network.name if one.network is not None else "", one.state, one.get_state_display(),
            one.members.filter(taken_out_at=None).count(), one.made_at, one.kept_at, one.is_demo,
        )
        for one in found[:limit]
    )  # fmt: skip


def page(row: Audience, *, at: datetime) -> Page:
    """All of one audience; who is not to be contacted is asked anew."""
    brief = Brief.from_json(row.asked)
    done = row.state == WorkState.DONE
    members = list(row.members.order_by("place")[: SHOWN + 1])
    more = max(0, row.members.count() - SHOWN) if len(members) > SHOWN else 0
    words = model_words.of_model(brief.model.name)
    return Page(
        row, row.network.name if row.network is not None else "", words.label, words.help,
        tuple(model_words.described(brief.model.name, brief.model.knobs)), brief,
        Advised.from_json(row.result) if done else None, _members(members[:SHOWN], at=at), more,
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
    found = []
    for one in rows:
        who, why = called.get(one.identity_id), Why.from_json(one.why)
        told = refusals.get(one.identity_id, ())
        found.append(
            MemberRow(
                one.pk, one.identity_id, one.place + 1, (who.handle or who.name) if who is not None else "", who.channel if who else "",
                why.language, why.listeners, one.gain, one.cost, tuple(reasons.in_words(why, one.gain)), told[0].words if told else "",
                one.taken_out_at is not None,
            )
        )  # fmt: skip
    return tuple(found)
