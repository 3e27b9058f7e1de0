"""Replies in one's own words: is this nearly what was said many times before? Pointed out, never in the way.

Of each reply that went out its words are kept as hashes (`engine.text.folding`), with a few keys by which nearly equal ones find each other. The
texts are those of the messages; nothing is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from grapevine.converse.models import Message, SaidBand, SaidBefore
from grapevine.engine.text import folding

NEARLY = 0.75
"""So far word sets agree that are called nearly the same."""
FEWEST_WORDS = 5
"""Everybody says "thank you very much": shorter replies are never called copies."""
MANY = 3
"""From so many on it is pointed out."""
KEPT = timedelta(days=180)
_LOOKED_AT = 200


@dataclass(frozen=True)
class Alike:
    """Earlier replies that say nearly the same: how many (at most `_LOOKED_AT` are looked at), and the latest few."""

    count: int
    message_ids: tuple[int, ...]

    @property
    def is_many(self) -> bool:
        return self.count >= MANY


@transaction.atomic
def keep(*, message: Message, at: datetime) -> None:
    """Remember the words of a reply. In the transaction in which it goes out; a second time changes nothing."""
    prints = folding.fingerprints([message.text])
    if len(prints.words) < FEWEST_WORDS:
        return
    said, new = SaidBefore.objects.get_or_create(
        message=message, defaults={"words": prints.words.astype("<u4").tobytes(), "at": at}
    )
    if new:
        SaidBand.objects.bulk_create(
            SaidBand(said=said, key=key) for key in set(folding.keys(prints)[0].tolist())
        )


def alike(text: str, *, leave_out: Sequence[int] = ()) -> Alike:
    """Earlier replies that are nearly the same as this text. One question along an index."""
    prints = folding.fingerprints([text])
    if len(prints.words) < FEWEST_WORDS:
        return Alike(0, ())
    near = (
        SaidBand.objects.filter(key__in=set(folding.keys(prints)[0].tolist()))
        .exclude(said__message_id__in=list(leave_out))
        .order_by("-said_id")
        .values_list("said_id", "said__message_id", "said__words")[: _LOOKED_AT * 6]
    )
    candidates = {said: (message, words) for said, message, words in near}
    found = [
        message
        for _said, (message, words) in sorted(candidates.items(), reverse=True)[:_LOOKED_AT]
        if folding.agreement(prints.words, np.frombuffer(bytes(words), "<u4")) >= NEARLY
    ]
    return Alike(len(found), tuple(found[:3]))


def prune(*, at: datetime) -> int:
    """Let go what was said half a year ago or longer; returns how many."""
    old = SaidBefore.objects.filter(at__lt=at - KEPT).order_by("pk").values_list("pk", flat=True)[:5000]
    ids = list(old)
    SaidBefore.objects.filter(pk__in=ids).delete()
    return len(ids)
