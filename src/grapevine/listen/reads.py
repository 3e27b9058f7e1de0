"""How posts read, as mentions keep it: small numbers that filters and counts can use.

A mention's mood is one of `MOODS`; 0 stands for "unsure", which is counted as no mood at all. Wishes are bits of one number, by their
place in `WANTS` (only ever added to at the end: the numbers are stored). Spam has neither, and nor has what a brand says itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grapevine.connectors.base import Post
from grapevine.listen import several
from grapevine.listen.accounts import Accounts
from grapevine.understand.actions import readings
from grapevine.understand.contracts import INTENTS, MOODS, Corrected, Readings
from grapevine.understand.selectors import corrections

SUBJECT = "post"
"""What posts are called where corrections are kept."""

UNSURE = 0
MOOD_NUMBERS = {name: number for number, name in enumerate(MOODS, start=1)}
WANTS = INTENTS
_NONE: dict[int, Read] = {}
WANT_BITS = {name: 1 << place for place, name in enumerate(WANTS)}


class Read(NamedTuple):
    """One post's reading as its mentions keep it."""

    lang: str
    mood: int
    wants: int
    spam: bool
    by_brand: bool = False

    @property
    def mood_name(self) -> str:
        """One of MOODS; empty when unsure."""
        return MOODS[self.mood - 1] if self.mood else ""

    @property
    def want_names(self) -> list[str]:
        return [name for name, bit in WANT_BITS.items() if self.wants & bit]


class OfPost(NamedTuple):
    """How one post reads: by itself, and for those brands that read it otherwise."""

    plainly: Read
    own: Mapping[int, Read]

    def by(self, brand_id: int) -> Read:
        return self.own.get(brand_id, self.plainly)


def scope_of(brand_id: int) -> str:
    """Under which name a brand's corrections are kept."""
    return f"brand:{brand_id}"


def brand_of(scope: str) -> int | None:
    """The brand of a scope; None for what is none of ours."""
    kind, _, number = scope.partition(":")
    return int(number) if kind == "brand" and number.isdecimal() and len(number) < 19 else None


def of_texts(texts: Sequence[tuple[str, str]], *, deeper: bool = False) -> list[Read]:
    """How posts of these titles and texts read. Needs no database; may run in any thread.

    `deeper` lets the deep tier, where there is one, read what the fast one isn't sure of: some milliseconds for each.
    """
    return of_batch(batch_of(texts, deeper=deeper))


def batch_of(texts: Sequence[tuple[str, str]], *, deeper: bool = False) -> Readings:
    """The same as arrays, which `by_brands` goes on with."""
    whole = [readings.whole(title, text) for title, text in texts]
    return readings.read_deeper(whole) if deeper else readings.read_many(whole)


def of_batch(batch: Readings) -> list[Read]:
    """A batch's readings as mentions keep them."""
    spam = batch.is_spam()
    moods: NDArray[np.int64] = np.where(batch.sure() & ~spam, batch.moods.argmax(1) + 1, UNSURE)
    bits = np.array([1 << place for place in range(len(WANTS))], np.int64)
    wants: NDArray[np.int64] = np.where(spam, 0, batch.wanted().astype(np.int64) @ bits)
    return [*map(Read, batch.codes(), moods.tolist(), wants.tolist(), spam.tolist())]


def by_brands(
    posts: Sequence[Post],
    found: Sequence[Read],
    hits: Sequence[Iterable[int]],
    brands: Mapping[int, int],
    accounts: Accounts,
    *,
    shipped: Readings | None = None,
) -> list[OfPost]:
    """How posts read for the brands that they mention: where a brand has learnt or wished something, where there are several, and where
    a brand speaks itself.

    `hits` are the watches that caught each post, `brands` says whose they are. What a brand learnt stands on `shipped`, what the posts read as
    before; without it, on the fast tier. Asks no database: who has one calls `readings.refresh` before.
    """
    texts = [(post.title, post.text) for post in posts]
    own: list[dict[int, Read]] = [_NONE] * len(texts)
    for brand in {brand for brand in brands.values() if readings.reads_alone(scope_of(brand))}:
        there = [place for place, hit in enumerate(hits) if any(brands[watch] == brand for watch in hit)]
        for place, read in zip(there, _read_by(brand, texts, there, shipped), strict=True):
            own[place] = {**own[place], brand: read}
    for place, felt in several.moods(texts, hits, brands).items():
        for brand, mood in felt.items():
            read = own[place].get(brand, found[place])
            if not read.spam:  # which has no mood
                number = MOOD_NUMBERS[mood.sentiment] if mood.sure else UNSURE
                own[place] = {**own[place], brand: read._replace(mood=number)}
    for place, hit in enumerate(hits) if accounts else ():
        for brand in accounts.behind(posts[place]) if hit else ():
            spoken = own[place].get(brand, found[place])
            own[place] = {**own[place], brand: Read(spoken.lang, UNSURE, 0, False, True)}
    return [*map(OfPost, found, own)]


def _read_by(
    brand: int, texts: Sequence[tuple[str, str]], there: Sequence[int], shipped: Readings | None
) -> list[Read]:
    """The posts of some places as a brand reads them."""
    whole = [readings.whole(*texts[place]) for place in there]
    rows = np.array(there, np.int64)
    if shipped is None:
        shipped, rows = readings.read_many(whole), np.arange(len(whole))
    return of_batch(readings.adapted(shipped, rows, whole, scope_of(brand), held=True))


def corrected(found: Mapping[int, OfPost], brands: Mapping[int, Collection[int]]) -> dict[int, OfPost]:
    """Readings of stored posts by id, with what people said of them instead of what the machine thought. One question."""
    if not found:
        return {}
    told = corrections.said(SUBJECT, found.keys())
    result = dict(found)
    for post_id, scopes in told.items():
        read = found[post_id]
        own = {
            brand: _as_said(read.by(brand), scopes[scope_of(brand)])
            for brand in brands.get(post_id, ())
            if scope_of(brand) in scopes
        }
        result[post_id] = OfPost(read.plainly, {**read.own, **own})
    return result


def _as_said(read: Read, said: Corrected) -> Read:
    if read.by_brand:
        return read
    spam = read.spam if said.spam is None else said.spam
    if spam:
        return Read(read.lang, UNSURE, 0, True)
    mood = read.mood if said.mood is None else MOOD_NUMBERS[said.mood]
    wants = read.wants if said.intents is None else sum(WANT_BITS[name] for name in said.intents)
    return Read(read.lang, mood, wants, False)
