"""What of ours is to somebody or about them, wherever it stands since threads were put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from grapevine.converse.models import Direction, Message, Rearrangement, Thread
from grapevine.people.selectors import names

_OURS = (Direction.OURS, Direction.NOTE)
_SHORTEST = 3
"""A shorter name is a word like others."""


class About:
    """The threads somebody began, those they speak in, and what of ours in them is theirs to know."""

    def __init__(self, identity_ids: Sequence[int]) -> None:
        self.ids = tuple(identity_ids)
        self._name = _pattern(names.called(self.ids))
        self._theirs = set(Thread.objects.filter(identity_id__in=self.ids).values_list("pk", flat=True))
        moved = Rearrangement.objects.filter(other_id__in=self._theirs).values_list("message_ids", flat=True)
        self._moved = {pk for row in moved for pk in row}

    def threads(self) -> list[int]:
        """Threads they began or speak in, and those that what was theirs was put into."""
        spoken = Message.objects.filter(Q(identity_id__in=self.ids) | Q(pk__in=self._moved))
        return sorted(self._theirs | set(spoken.values_list("thread_id", flat=True)))

    def others(self) -> QuerySet[Message]:
        """What others than they said."""
        said = Message.objects.filter(direction=Direction.THEIRS)
        return said.filter(~Q(identity_id__in=self.ids) | Q(identity=None), deleted_at=None)

    def ours(self) -> list[Message]:
        """Our answers to them and notes about them: what answers theirs, what stands in their part of a thread, and what names them."""
        rows = Message.objects.filter(thread_id__in=self.threads(), direction__in=_OURS).exclude(text="")
        to_others = set(rows.filter(answers__in=self.others()).values_list("pk", flat=True))
        foreign = Rearrangement.objects.filter(kept_id__in=self._theirs, kind="merge", undone_at=None)
        for moved in foreign.exclude(other_id__in=self._theirs).values_list("message_ids", flat=True):
            to_others |= set(moved)
        found = set(rows.filter(answers__identity_id__in=self.ids).values_list("pk", flat=True))
        own = rows.filter(Q(thread_id__in=self._theirs) | Q(pk__in=self._moved))
        found |= set(own.values_list("pk", flat=True)) - to_others
        while more := set(rows.filter(answers__in=found).values_list("pk", flat=True)) - found:
            found |= more
        return [one for one in rows.order_by("at", "pk") if one.pk in found or self.named_in(one.text)]

    def notes(self) -> list[Message]:
        """All notes where they speak, whomever they are about."""
        rows = Message.objects.filter(thread_id__in=self.threads(), direction=Direction.NOTE)
        return list(rows.exclude(text=""))

    def named_in(self, text: str) -> bool:
        """Whether a text calls them by a name they bear."""
        return self._name is not None and self._name.search(text) is not None


def _pattern(called: frozenset[str]) -> re.Pattern[str] | None:
    said = sorted(one for one in called if len(one) >= _SHORTEST)
    if not said:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, said))})(?!\w)", re.IGNORECASE)
