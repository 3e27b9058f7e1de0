"""Vectors of texts are made, and go with their texts."""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import transaction

from grapevine.engine.text import meaning as engine
from grapevine.understand import meaning
from grapevine.understand.models import TextVector


class Meant(NamedTuple):
    """A text to be kept by meaning; `author` is its author's id at the platform of the source."""

    subject_id: int
    text: str
    source_id: int | None
    author: str


def held(*, subject: str, low: int, high: int) -> tuple[set[int], set[int]]:
    """The texts numbered from `low` to `high` (not included) that have a vector: by the present encoder, and by an earlier one."""
    rows = TextVector.objects.filter(subject=subject, subject_id__gte=low, subject_id__lt=high)
    present: set[int] = set()
    earlier: set[int] = set()
    for subject_id, model in rows.values_list("subject_id", "model"):
        (present if model == meaning.model() else earlier).add(subject_id)
    return present, earlier


def make(texts: Sequence[Meant]) -> list[bytes]:
    """The vectors of texts, packed for `keep`. Takes a tenth of a second for each, so do it outside of a transaction."""
    numbers, scales = engine.packed(meaning.encode([one.text for one in texts]))
    return [scale.tobytes() + row.tobytes() for scale, row in zip(scales, numbers, strict=True)]


@transaction.atomic
def keep(*, subject: str, texts: Sequence[Meant], made: Sequence[bytes]) -> None:
    """Keep the vectors of texts, in place of those they had. The caller sees to it that the texts are still there, in the same transaction."""
    drop(subject=subject, subject_ids=[one.subject_id for one in texts])
    TextVector.objects.bulk_create(
        TextVector(
            subject=subject,
            subject_id=one.subject_id,
            source_id=one.source_id,
            author=one.author[:300],
            model=meaning.model(),
            scale=struct.unpack("=f", vector[:4])[0],
            numbers=vector[4:],
        )
        for one, vector in zip(texts, made, strict=True)
    )


@transaction.atomic
def drop(*, subject: str, subject_ids: Collection[int]) -> int:
    """Texts are gone or say something else: so are their vectors. In the transaction that removes them. Returns how many there were."""
    rows = TextVector.objects.filter(subject=subject, subject_id__in=list(subject_ids))
    return _gone(rows.delete()[0])


@transaction.atomic
def drop_older(*, subject: str, than: int) -> int:
    """Let go of the texts before the `than`th newest by number: no more than that many are kept."""
    return _gone(TextVector.objects.filter(subject=subject, subject_id__lt=than).delete()[0])


@transaction.atomic
def forget_authors(*, authors: Collection[tuple[int, str]]) -> int:
    """The vectors of what authors (source id, id at the platform) wrote. For privacy holders."""
    return _gone(
        sum(
            TextVector.objects.filter(source_id=source_id, author=author[:300]).delete()[0]
            for source_id, author in sorted(authors)
        )
    )


def _gone(count: int) -> int:
    if count:
        meaning.raise_version()
    return count
