"""What the forms of this room may choose from."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import formats, timezone

from grapevine.core import access
from grapevine.spread.models import Audience, Cascade, Network
from grapevine.spread.observed import Seen

MOST = 100
AUDIENCES = "spread.audience.make"
"""What it takes to see audiences, by name or by who is in them."""


def networks() -> list[tuple[int, str]]:
    """Networks that are done, the newest first: number and name with the day it was seen until."""
    rows = Network.objects.done().order_by("-until", "-pk")[:MOST]
    return [
        (one.pk, f"{one.name} · {formats.date_format(timezone.localtime(one.until), 'DATE_FORMAT')}")
        for one in rows
    ]


def network(network_id: int) -> Network:
    """A network that is done. Raises Http404."""
    found = Network.objects.done().filter(pk=network_id).first()
    if found is None:
        raise Http404("no such network")
    return found


def audiences(*, by: Any) -> list[tuple[int, str]]:
    """Audiences that were kept, the latest first; none for those who may not see whom to brief."""
    if not access.may(by, AUDIENCES):
        return []
    rows = Audience.objects.done().exclude(kept_at=None).order_by("-kept_at", "-pk")[:MOST]
    return list(rows.values_list("pk", "name"))


def cascade(cascade_id: int) -> Cascade:
    """A cascade that was read. Raises Http404."""
    found = Cascade.objects.done().filter(pk=cascade_id).first()
    if found is None:
        raise Http404("no such cascade")
    return found


def cascades() -> list[tuple[int, str, bool]]:
    """Real cascades that were read, the latest first, each with whether what was learnt of it foretells anything."""
    rows = Cascade.objects.done().order_by("-pk").only("pk", "name", "result")[:MOST]
    learnt = ((row, Seen.from_json(row.result).estimated) for row in rows)
    return [(row.pk, row.name, told is not None and told.foretells) for row, told in learnt]
