"""By which addresses and customer numbers somebody is known, whether a colleague noted it or they wrote from there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db.models import Q

from grapevine.people.models import Holding, Identity, Key, RefusedRow
from grapevine.people.models.purchases import KeyKind


def keys(identity_ids: Sequence[int]) -> set[int]:
    """The keys they hold, and the addresses they write from: those of mail and forms are their ids there."""
    held = set(Holding.objects.filter(identity_id__in=identity_ids).values_list("key_id", flat=True))
    written = Key.objects.filter(kind=KeyKind.EMAIL, value__in=_addresses(identity_ids))
    return held | set(written.values_list("pk", flat=True))


def refused(identity_ids: Sequence[int]) -> list[RefusedRow]:
    """Rows of files that were left out and hold a key of theirs. They are kept for a month and few."""
    values = set(Key.objects.filter(pk__in=keys(identity_ids)).values_list("value", flat=True))
    values |= set(_addresses(identity_ids))
    if not values:
        return []
    holds = Q(pk__in=[])
    for value in values:
        holds |= Q(raw__icontains=value) | Q(detail__icontains=value)
    said = "|".join(re.escape(one) for one in sorted(values))
    # A key within a longer one is somebody else's: 17 is not 4711, anna@ not johanna@.
    whole = re.compile(rf"(?<![\w.+-])(?:{said})(?![\w-])", re.IGNORECASE)
    rows = RefusedRow.objects.filter(holds).order_by("pk")
    return [one for one in rows if whole.search(f"{one.raw}\n{one.detail}")]


def _addresses(identity_ids: Sequence[int]) -> list[str]:
    found = Identity.objects.filter(pk__in=identity_ids, external_id__contains="@")
    return sorted({one.strip().lower() for one in found.values_list("external_id", flat=True)})
