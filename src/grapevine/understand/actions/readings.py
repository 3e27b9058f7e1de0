"""Reading texts. Nothing is written here: a text in, a reading out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import structlog
from numpy.typing import NDArray

from grapevine.engine.text import language, reading
from grapevine.engine.text.reading import about as names
from grapevine.engine.text.reading import adapter, deep
from grapevine.understand import memory
from grapevine.understand.contracts import Adapted, NameMood, Reading, Readings

log = structlog.get_logger(__name__)


def whole(title: str, text: str) -> str:
    """A post's title and text as one text to be read."""
    return f"{title}\n{text}" if title else text


def read(texts: Sequence[str]) -> list[Reading]:
    """The reading of each text, by the fast tier."""
    return reading.read(texts)


def read_many(texts: Sequence[str]) -> Readings:
    """The readings as arrays, for batches of thousands. May run in any thread."""
    return reading.batch(texts)


def is_deep_installed() -> bool:
    """Whether there is a deep tier here. Loads nothing."""
    return deep.is_installed()


def wake_deep() -> bool:
    """Load the deep tier; False where there is none, or its engine does not run on this machine, which is logged."""
    if not is_deep_installed():
        return False
    try:
        deep.encoder()
    except deep.NotInstalled as error:
        log.warning("understand.deep_not_usable", reason=str(error))
        return False
    return True


def deep_engine() -> str:
    """What the deep tier runs on, in words. Raises `NotInstalled` where there is none."""
    return deep.engine()


def read_deeper(texts: Sequence[str]) -> Readings:
    """As `read_many`, but the deep tier reads what the fast one isn't sure of. Raises `NotInstalled` where there is none."""
    return reading.batch(texts, tier="auto")


def refresh() -> None:
    """See whether a scope has learnt something, before a batch: at most one small question of the database every half second."""
    memory.refresh()


def adapted(
    batch: Readings, rows: NDArray[np.int64], texts: Sequence[str], scope: str, *, held: bool = False
) -> Readings:
    """The readings of some rows of a batch as a scope sees them: with what it learnt, and its own limit of what is sure.

    `texts` are those of the rows, one for each. A scope that learnt and wished nothing gets the rows as they are. With `held` the
    database is not asked (in a thread that has none); call `refresh` before.
    """
    if not held:
        memory.refresh()
    reader = memory.reader(scope)
    if reader is None:
        return adapter.taken(batch, rows)
    learnt = reader.adapter
    read = learnt.apply(batch, rows, texts) if learnt is not None else adapter.taken(batch, rows)
    return Adapted.of(read, reader.least)


def some(batch: Readings, rows: Sequence[int]) -> Readings:
    """Some rows of a batch."""
    return adapter.taken(batch, np.array(rows, np.int64))


def read_for(scope: str, texts: Sequence[str], *, deeper: bool = False) -> Readings:
    """The readings of texts as a scope sees them; `deeper` with the deep tier, where there is one, for what the fast one isn't sure of."""
    read = read_deeper(texts) if deeper and wake_deep() else read_many(texts)
    return adapted(read, np.arange(len(texts)), texts, scope)


def has_learnt(scope: str) -> bool:
    """Whether a scope reads with something learnt, as this process knows it."""
    reader = memory.reader(scope)
    return reader is not None and reader.adapter is not None


def about(texts: Sequence[tuple[str, Mapping[str, Sequence[tuple[int, int]]]]]) -> list[dict[str, NameMood]]:
    """What is felt about each name in texts that have several. Each text comes with the places (begin, end) where the names stand, by name."""
    return names.about_many(texts)


def reads_alone(scope: str) -> bool:
    """Whether a scope reads otherwise than what ships, as this process knows it. Asks no database."""
    return memory.reader(scope) is not None


def mark(scope: str) -> str:
    """A short text that changes when the scope's reader does: by an upgrade, by what it learnt, by its wish."""
    reader = memory.reader(scope)
    return f"{adapter.fingerprint()}/{reader.mark if reader else ''}"


def languages(texts: Sequence[str]) -> list[str]:
    """Only the language of each text, one of `contracts.LANGUAGES`; empty where we are not sure or do not read it."""
    return read_many(texts).codes()


def warm() -> None:
    """Load what reading needs, and compile it where that was never done, before the first text comes."""
    language.warm()
    read(["Så här läses en text"])
    # What learning from a correction needs: nobody shall wait for a compiler who corrects the first one.
    adapter.learn([adapter.Lesson("Så här läses en text", "neutral", None, None)])
