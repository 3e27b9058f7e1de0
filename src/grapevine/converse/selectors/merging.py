"""Whether conversations that somebody wants to put together are with one person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from grapevine.converse import writers
from grapevine.converse.models import Thread
from grapevine.people.selectors import names, siblings


@dataclass(frozen=True)
class Side:
    """A conversation that is to be put together with others, and with whom it is."""

    thread_id: int
    subject: str
    called: writers.Called


def strangers(thread_ids: Collection[int]) -> tuple[Side, ...]:
    """These conversations, where they are not all with one person as far as we know; else none.

    One person are identities that somebody joined, and those that go by one address or handle.
    """
    rows = Thread.objects.filter(pk__in=thread_ids).exclude(identity=None).order_by("pk")
    threads = list(rows.values_list("pk", "subject", "identity_id"))
    ids = {identity for _pk, _subject, identity in threads}
    kin = siblings.together(ids)
    handles = {pk: one.handle.casefold() for pk, one in names.writers(ids).items()}
    groups: list[tuple[set[int], set[str]]] = []
    for pk in sorted(ids):
        person = {pk, *kin.get(pk, ())}
        handle = {handles[pk]} if handles.get(pk) else set()
        same = [one for one in groups if one[0] & person or one[1] & handle]
        groups = [one for one in groups if one not in same]
        groups.append((person.union(*(one[0] for one in same)), handle.union(*(one[1] for one in same))))
    if len(groups) < 2:
        return ()
    called = writers.called(ids)
    return tuple(Side(pk, subject, called.get(identity, writers.NOBODY)) for pk, subject, identity in threads)
