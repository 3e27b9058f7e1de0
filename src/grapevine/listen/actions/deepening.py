"""Letting the deep tier read what the fast one wasn't sure of, where it is installed: in the worker, in the order in which mentions came.

The deep tier is slower by hundreds. Where more comes than it can read, the latest are read: those are what people look at.
"""

from __future__ import annotations

from datetime import datetime

from grapevine.core import bulk, jobs
from grapevine.listen.actions import rereading
from grapevine.listen.models import Deepening
from grapevine.understand.actions import readings

CHUNK = 1000
AT_ONCE = 200
LATEST = 5_000
"""So many of the latest mentions are looked at when it begins, and when it cannot keep up."""
BEHIND = 50_000


def run_through(*, at: datetime, run: jobs.Run | None = None) -> int:
    """Read deeper all that came since the last time; returns how many posts were read. Nothing where the deep tier isn't installed."""
    if not readings.is_deep_installed():
        return 0
    done = 0
    while rows := _after(_place()):
        unsure = list(dict.fromkeys(post_id for _id, post_id, mood, spam in rows if not mood and not spam))
        if unsure and not readings.wake_deep():
            return done
        for some in bulk.chunks(unsure, AT_ONCE):
            rereading.posts(post_ids=some, at=at)
            done += len(some)
            if run is not None:
                run.progress(done)
                run.pause()
        Deepening.objects.update_or_create(pk=1, defaults={"last_mention": rows[-1][0]})
    return done


def _place() -> int:
    newest = _newest()
    kept = Deepening.objects.filter(pk=1).values_list("last_mention", flat=True).first()
    if kept is None or newest - kept > BEHIND:
        return max(0, newest - LATEST)
    return kept


def _newest() -> int:
    return int(bulk.ask("SELECT COALESCE(MAX(id), 0) FROM listen_mention")[0][0])


def _after(last: int) -> list[tuple[int, int, int, bool]]:
    statement = (
        "SELECT id, post_id, mood, spam OR by_brand FROM listen_mention WHERE id > %s ORDER BY id LIMIT %s"
    )
    return [(row[0], row[1], row[2], bool(row[3])) for row in bulk.ask(statement, [last, CHUNK])]
