"""Files that tell who listens to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from grapevine.people.selectors import names
from grapevine.sources.selectors import platforms
from grapevine.spread import identified, tie_lines
from grapevine.spread.models import GivenTie, RefusedTie, TieFile

MOST, PAGE, MOST_CANDIDATES = 100, 100, 12


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant: `line` names exactly them."""

    identity_id: int
    line: str
    channel: str


@dataclass(frozen=True)
class Refused:
    """A line that became no tie, and why in words; where several are called so, who they are by name."""

    line: int
    reason: str
    raw: str
    several: tuple[tuple[str, tuple[Candidate, ...]], ...]


@dataclass(frozen=True)
class Tie:
    """A tie of a file: identities and what they are called."""

    listener_id: int
    listener: str
    speaker_id: int
    speaker: str
    weight: float


def rows() -> list[TieFile]:
    """The files, the latest first."""
    return list(TieFile.objects.filter(removed_at=None).order_by("-added_at", "-pk")[:MOST])


def reachable(file_id: int, *, removed: bool = False) -> TieFile:
    """The file of this number. Raises Http404."""
    found = TieFile.objects.filter(pk=file_id).first()
    if found is None or (found.removed_at is not None and not removed):
        raise Http404
    return found


def refused(file: TieFile, *, after: int = 0) -> tuple[tuple[Refused, ...], int | None]:
    """A page of refused lines in their order, and after which line the next one begins (None: that is all that were kept)."""
    found = list(RefusedTie.objects.filter(file=file, line__gt=after).order_by("line")[: PAGE + 1])
    shown = found[:PAGE]
    several = _several(
        [name for one in shown if one.reason == "several" for name in tie_lines.names_in(one.raw)]
    )
    lines = tuple(
        Refused(
            one.line,
            str(tie_lines.REASONS.get(one.reason, one.reason)),
            one.raw,
            tuple((name, several[name]) for name in tie_lines.names_in(one.raw) if name in several)
            if one.reason == "several"
            else (),
        )
        for one in shown
    )
    return lines, shown[-1].line if len(found) > PAGE else None


def ties(file: TieFile, *, after: int = 0) -> tuple[tuple[Tie, ...], int | None]:
    """A page of a file's ties in the order of its lines, and after which number the next one begins (None: that is all)."""
    found = list(GivenTie.objects.filter(file=file, pk__gt=after).order_by("pk")[: PAGE + 1])
    shown = found[:PAGE]
    called = names.identities({end for one in shown for end in (one.listener_id, one.speaker_id)})
    told = tuple(
        Tie(one.listener_id, called.get(one.listener_id, ""), one.speaker_id, called.get(one.speaker_id, ""), one.weight)
        for one in shown
    )  # fmt: skip
    return told, shown[-1].pk if len(found) > PAGE else None


def _several(called: Iterable[str]) -> dict[str, tuple[Candidate, ...]]:
    """Of these names those that several people have, with who they are."""
    found = {
        name: ids
        for (name, _any), ids in identified.people((one, "") for one in called).items()
        if len(ids) > 1
    }
    who = names.writers({one for ids in found.values() for one in ids})
    sources = platforms.called({one.platform for one in who.values()})
    return {
        name: tuple(
            Candidate(
                one,
                f"{who[one].handle or who[one].name} #{one}",
                sources.get(who[one].platform, who[one].channel),
            )
            for one in sorted(ids)[:MOST_CANDIDATES]
            if one in who
        )
        for name, ids in found.items()
    }
