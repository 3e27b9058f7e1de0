"""How much is new to somebody of what they might answer: the number in the window's title and beside the way to the inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from grapevine.converse.models import Seen
from grapevine.converse.selectors import walks
from grapevine.core import access, once

MOST = 100


@once.a_page
def count(user: Any) -> int:
    """Conversations of mine, of my teams and of nobody with something from them I have not seen. Counted up to `MOST`.

    So many are looked at in each view, those that are due first, and no more: it is asked on every page.
    """
    if not user.pk or not access.may(user, "converse.thread.see"):
        return 0
    last: dict[int, datetime | None] = {}
    for view in ("mine", "team", "free"):
        rows = walks.of_view(view, user).order_by("due_at", "pk")
        last |= dict(rows.values_list("pk", "last_from_them_at")[:MOST])
    seen = dict(Seen.objects.filter(user=user, thread_id__in=last).values_list("thread_id", "at"))
    new = [pk for pk, at in last.items() if at is not None and (pk not in seen or seen[pk] < at)]
    return min(MOST, len(new))


def told(number: int) -> str:
    """The number as it is shown; nothing for nothing."""
    return "" if not number else str(number) if number < MOST else f"{MOST - 1}+"
