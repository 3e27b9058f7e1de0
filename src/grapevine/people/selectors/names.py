"""How identities are called on pages: by the handle they chose, never by the person we think stands behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from grapevine.core import beginnings, bulk
from grapevine.people.models import Identity


def identity(identity_id: int) -> str | None:
    """The handle (or shown name) of an identity; empty when the platform gave neither, None when there is no such identity."""
    return identities([identity_id]).get(identity_id)


def identities(identity_ids: Iterable[int]) -> dict[int, str]:
    """Handles (or shown names) by identity."""
    rows = Identity.objects.filter(pk__in=list(identity_ids)).values_list("pk", "handle", "name")
    return {pk: handle or name for pk, handle, name in rows}


@dataclass(frozen=True)
class Writer:
    """Who wrote: the handle (or address) and the name they gave, the channel (the connector's name) they wrote through, and the name space of
    the source they wrote at."""

    handle: str
    name: str
    channel: str
    platform: str


def writers(identity_ids: Iterable[int]) -> dict[int, Writer]:
    """Who wrote, by identity. Of who wrote in public a page shows the handle alone (`identities`); who wrote to us gave us their name."""
    rows = Identity.objects.filter(pk__in=list(identity_ids)).values_list("pk", "handle", "name", "platform")
    return {
        pk: Writer(handle, name, platform.partition("/")[0], platform) for pk, handle, name, platform in rows
    }


def called(identity_ids: Iterable[int]) -> frozenset[str]:
    """All that identities are called, to find them in what others wrote: handles, names shown, and the name they told us."""
    rows = Identity.objects.filter(pk__in=list(identity_ids))
    found = rows.values_list("handle", "name", "person__name")
    return frozenset(one.strip() for row in found for one in row if one and one.strip())


def first_heard(identity_ids: Iterable[int]) -> dict[int, datetime]:
    """When each identity's first post known to us was published."""
    return dict(Identity.objects.filter(pk__in=list(identity_ids)).values_list("pk", "first_seen_at"))


def beginning(words: str, *, limit: int) -> dict[int, str]:
    """Identities whose handle, or the name they show, begins with `words`, by what they are called. Three statements along indexes."""
    words = " ".join(words.split())
    if not words:
        return {}
    found: dict[int, str] = {}
    forms = [words] if words.startswith("@") else [words, f"@{words}"]
    for column, form in (*(("handle", form) for form in forms), ("name", words)):
        rows = beginnings.of(Identity.objects.all(), column, form)
        found |= {pk: handle or name for pk, handle, name in rows.values_list("pk", "handle", "name")[:limit]}
    return dict(list(found.items())[:limit])


def by_handle(handles: Iterable[str]) -> dict[str, list[int]]:
    """Identities by the handle they chose, in any case, with or without its @; several may have the same. A statement for each thousand handles."""
    wanted: dict[str, list[str]] = {}
    for handle in handles:
        wanted.setdefault(handle.strip().removeprefix("@").casefold(), []).append(handle)
    found: dict[str, list[int]] = {}
    for part in bulk.chunks(sorted(wanted), 1_000):
        rows = beginnings.any_of(
            Identity.objects.order_by("pk"), "handle", [form for one in part for form in (one, f"@{one}")]
        )
        for pk, handle in rows.values_list("pk", "handle"):
            for one in wanted.get(handle.removeprefix("@").casefold(), ()):
                found.setdefault(one, []).append(pk)
    return found
