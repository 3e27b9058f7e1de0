"""Decisions on plain values."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from grapevine.listen.contracts.readings import WANT_BITS

FRESH = timedelta(days=5)
"""What was published longer ago is history: it continues a conversation and opens none."""

ASKING = ("asks_help", "asks_information", "complains", "idea", "recommends", "praises", "leaves")
"""Wishes that want an answer, be it a thank-you."""
ASKING_BITS = sum(WANT_BITS[name] for name in ASKING)

UNASKED = frozenset({"auto_reply", "bounce", "loop"})
"""A connector's codes for what no person wrote: it opens nothing and wakes nobody."""

HOURS = {1: 1, 2: 4, 3: 24, 4: 72}
"""Within how many hours an answer is due where nobody has set a target, by priority."""

_WORDS = re.compile(r"\w+")


def is_fresh(published_at: datetime, at: datetime) -> bool:
    """Whether what was published then may still open a conversation."""
    return published_at > at - FRESH


def asks(wants: int) -> bool:
    """Whether somebody who wants this waits for an answer."""
    return bool(wants & ASKING_BITS)


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever a platform made of spaces, signs and capitals."""
    return _WORDS.findall(one.casefold()) == _WORDS.findall(other.casefold())


def first_name(name: str) -> str:
    """What somebody is called among people."""
    return name.split(maxsplit=1)[0] if name.split() else name


def named(text: str, names: Mapping[int, str]) -> list[int]:
    """Who is named with @ in a note, by their whole name, or by the first where that is one person's only."""
    if "@" not in text:
        return []
    folded = text.casefold()
    firsts: dict[str, list[int]] = {}
    for user, name in names.items():
        firsts.setdefault(first_name(name).casefold(), []).append(user)
    called = [(name.casefold(), user) for user, name in names.items()]
    called += [(first, users[0]) for first, users in firsts.items() if len(users) == 1]
    found: list[int] = []
    for name, user in sorted(called, key=lambda pair: -len(pair[0])):
        pattern = rf"@{re.escape(name)}(?!\w)"
        if name and re.search(pattern, folded):
            folded = re.sub(pattern, " ", folded)
            if user not in found:
                found.append(user)
    return sorted(found)


def proves_sender(kind: str, notes: Collection[str]) -> bool:
    """Whether a letter came from the address it names, as the server that received it found out: connectors note what is doubtful of that."""
    return kind == "message" and not is_unasked(notes) and not any(one.startswith("sender_") for one in notes)


def is_unasked(notes: Collection[str]) -> bool:
    """Whether no person wrote it."""
    return not UNASKED.isdisjoint(notes)
