"""Which language a text is in: py3langid's model, walked over whole batches.

The library reads one text at a time in Python (27,000 texts a second). Its model is a finite automaton over bytes that counts features,
and a naive Bayes table; both are plain arrays, so the same arithmetic is done here in compiled code over a batch. A test proves that the
two agree.

Only the languages we read are answered. A text that looks like one of the `OTHERS` (at least `MARGIN` times as likely), has no feature the
model knows or leaves it unsure (below `SURE`) gets no language.

Reference: Lui & Baldwin, langid.py: An Off-the-shelf Language Identification Tool, ACL 2012; Barbaresi, py3langid.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text import packing
from grapevine.engine.text.language import _model

READ = ("sv", "da", "no", "nn", "nl", "de", "en")
"""The languages we answer, by ISO 639-1; `no` is Norwegian (bokmål)."""

OTHERS = (
    *(
        "fi",
        "fr",
        "es",
        "it",
        "pt",
        "pl",
        "tr",
        "is",
        "af",
        "et",
        "cs",
        "hu",
        "id",
        "ro",
        "ca",
        "lt",
        "hr",
        "tl",
    ),
    *("ru", "uk", "ar", "fa", "el", "he", "hi", "th", "zh", "ja", "ko", "vi"),
)
MARGIN = 3.0
SURE = 0.34
LONGEST = 4000
"""So many characters of a text are looked at."""


@dataclass(frozen=True)
class Languages:
    """What a batch was read as. `index` points into `names` (-1: none), `p` is how likely, both of shape (n,)."""

    index: NDArray[np.int8]
    p: NDArray[np.float32]
    names: tuple[str, ...] = READ

    def codes(self) -> list[str]:
        """The language of each text; empty where none is answered."""
        names = (*self.names, "")
        return [names[i] for i in self.index.tolist()]


@lru_cache(maxsize=4)
def _tables(read: tuple[str, ...], others: tuple[str, ...]) -> _model.Tables:
    return _model.load(read, others)


def warm() -> None:
    """Load the model and compile the kernel, so that the first batch doesn't wait for it (about half a second)."""
    identify(["så här"])


def identify(
    texts: Sequence[str],
    *,
    read: tuple[str, ...] = READ,
    others: tuple[str, ...] = OTHERS,
    sure: float = SURE,
) -> Languages:
    """The language of each text. Empty texts have none. Raises ValueError for a language the model doesn't know."""
    from grapevine.engine.text.language import (
        _kernel,
    )  # with its compiler: loaded by who reads, not by every page

    tables = _tables(read, others)
    data, offsets = packing.pack([_encode(text[:LONGEST]) for text in texts])
    index, p = _kernel.classify(
        data,
        offsets,
        tables.moves,
        tables.rows,
        tables.outputs,
        tables.weights,
        tables.prior,
        len(read),
        np.float32(np.log(MARGIN)),
        np.float32(sure),
    )
    return Languages(index=index, p=p, names=read)


def _encode(text: str) -> bytes:
    # As the library does: capitals alone say nothing, so a shouted text is lowered.
    if text.isupper():
        text = text.lower()
    if text.isascii():
        return text.encode()
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
