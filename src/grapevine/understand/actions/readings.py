"""Reading texts. Nothing is written here: a text in, a reading out."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from grapevine.engine.text import language, reading
from grapevine.engine.text.language import Languages
from grapevine.understand.contracts import Reading

PATIENCE = 2.0  # seconds: where the code lies in the cache that is enough
_ready = threading.Event()
_begun = threading.Lock()


def read(texts: Sequence[str]) -> list[Reading]:
    """The reading of each text, by the fast tier."""
    return [
        Reading(
            one.lang,
            one.lang_p,
            one.tier,
            one.sentiment,
            one.sentiment_p,
            one.intents,
            one.spam,
            one.spam_p,
            one.sure,
        )
        for one in reading.read(texts)
    ]


def read_soon(texts: Sequence[str]) -> list[Reading] | None:
    """The readings for a page that must not wait: None while the reader is made ready, which on a new installation takes half a minute."""
    if not _ready.is_set():
        if _begun.acquire(blocking=False):
            threading.Thread(target=warm, name="reader-warming", daemon=True).start()
        if not _ready.wait(timeout=PATIENCE):
            return None
    return read(texts)


def languages(texts: Sequence[str]) -> Languages:
    """Only the languages, as arrays: for batches of thousands. May run in any thread."""
    return language.identify(texts)


def warm() -> None:
    """Load what reading needs, and compile it where that was never done, before the first text comes."""
    language.warm()
    read(["Så här läses en text"])
    _ready.set()
