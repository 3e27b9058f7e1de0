"""Whether the compiled code of matcher and reader is at hand in this process.

Where the matcher has never run (a new installation, a new version) its code is compiled first, which may take a minute. A page
must not wait for that: it takes the plain matcher meanwhile, and the code is made ready beside it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import structlog

from grapevine.engine.query import Node
from grapevine.engine.text import folding
from grapevine.listen import index_words, matching
from grapevine.understand.actions import readings

if TYPE_CHECKING:
    from grapevine.engine.query.watchset import Id, WatchSet

PATIENCE = 3.0
log = structlog.get_logger(__name__)
_ready = threading.Event()
_begun = threading.Lock()


def compiled(watches: Iterable[tuple[Id, Node]]) -> WatchSet | None:
    """A set of these watches, or None while the code that would match them is not ready; it soon will be."""
    if not is_ready():
        return None
    made = matching.nothing()
    made.put_many(watches)
    return made


def is_ready() -> bool:
    """Whether the compiled code can be used at once. If not it soon will be: it is made ready beside the page.

    Where the code lies in the cache that takes a second or two: worth waiting for, by the one who comes first.
    """
    return _ready.is_set() or (_begin() and _ready.wait(timeout=PATIENCE))


def ensure() -> None:
    """Make the code ready here and now, unless it is. For the worker, before a transaction: nobody may wait for a compiler under a lock."""
    if not _ready.is_set():
        warm()


def _begin() -> bool:
    """Begin to make the code ready; False when somebody has begun already."""
    if not _begun.acquire(blocking=False):
        return False
    threading.Thread(target=warm, name="matcher-warming", daemon=True).start()
    return True


def warm() -> None:
    """Make the code ready, by using all of it once."""
    try:
        watches = matching.nothing()
        watches.put_many(
            [("words", 'kaffe NEAR/2 ("god morgon" OR mugg*) -te'), ("fields", "has:link lang:sv #kaffe")]
        )
        everything: dict[str, list[Any]] = {
            "title": ["Mugg"],
            "lang": ["sv"],
            "url": ["https://example.org"],
            "hashtags": [["kaffe"]],
            "links": [[]],
        }
        watches.match_texts(["Kaffe i en mugg, god morgon"])
        watches.match_texts(["Kaffe i en mugg, god morgon"], everything)
        _warm_the_rest("Kaffe i en mugg, god morgon, och så en till")
    except Exception:
        # The plain matcher goes on doing it, and says nothing wrong.
        log.exception("matcher.not_compiled")
    else:
        _ready.set()


def _warm_the_rest(text: str) -> None:
    """What else is compiled on a post's way in: language, folding, words of the index. None of it may happen under a lock."""
    readings.warm()
    prints = folding.fingerprints([text, text])
    folding.Folder().fold(np.arange(1, 3, dtype=np.int64), np.zeros(2, np.uint64), prints)
    index_words.of_many([text])
