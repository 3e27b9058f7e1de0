"""A stream of posts to store: invented, deterministic, about 110 bytes long, with authors, times and copies in lifelike proportions.

Function words of four languages between made-up words whose frequencies fall as in real talk (Zipf), so that indexes, languages and
near-duplicates have the work they would have. One post in twenty repeats an earlier one, as on the networks.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import numpy as np

from grapevine.listen import stopwords

BRANDS = ("Kaffa", "Brygga", "Rostad")
WATCHES = tuple(
    (brand, f"{brand.lower()}{suffix}")
    for brand in BRANDS
    for suffix in ("", " AND (god* OR good OR lekker)", "kaffe")
)
LANGS = ("sv", "da", "nl", "en")
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
_CONSONANTS = "b br d f fl g gr h j k kl l m n p r s st t tr v".split()
_SYLLABLES = [a + b for a in _CONSONANTS for b in "a e i o u y å ä ö an er el in or".split()]
_ENCODE = msgspec.json.Encoder().encode


class Talk:
    """An endless run of posts. Two of the same seed give the same posts."""

    def __init__(
        self,
        *,
        seed: int = 1,
        per_second: float = 0.6,
        begin: datetime = BEGIN,
        prefix: str = "p",
        authors: int = 400_000,
    ) -> None:
        """`per_second` is how fast published times go on; `authors` how many there may be."""
        self._rng = random.Random(seed)
        numbers = np.random.default_rng(seed)
        words = ["".join(self._rng.choices(_SYLLABLES, k=self._rng.randint(2, 4))) for _ in range(40_000)]
        weights = 1 / np.arange(10, len(words) + 10)
        drawn = numbers.choice(len(words), 400_000, p=weights / weights.sum())
        self._words = [words[place] for place in drawn]
        self._small = {lang: _as_often_as_said(function_words(lang), self._rng) for lang in LANGS}
        # A few write a lot and most write once: the tail of a Pareto distribution.
        self._authors = ((numbers.pareto(0.6, 400_000) * 40) % authors).astype(np.int64).tolist()
        self._step, self._begin, self._prefix = timedelta(seconds=1 / per_second), begin, prefix
        self._number = 0
        self._latest: list[str] = []

    def posts(self, count: int) -> Iterator[dict[str, object]]:
        """The next posts, as values of a JSON line."""
        rng = self._rng
        for _ in range(count):
            self._number += 1
            number = self._number
            author = rng.choice(self._authors)
            yield {
                "id": f"{self._prefix}{10**12 + number}",
                "text": self.text(rng),
                "published_at": (self._begin + number * self._step).isoformat(),
                "author": f"handle{author}",
                "author_id": str(author),
                "author_name": f"Name {author}",
                "url": f"https://social.example/p/{number}",
                "likes": number % 7,
            }

    def lines(self, count: int) -> Iterator[bytes]:
        """The same as lines of JSON."""
        for post in self.posts(count):
            yield _ENCODE(post) + b"\n"

    def text(self, rng: random.Random) -> str:
        """What one says: mostly something new, sometimes what another has said."""
        if self._latest and rng.random() < 0.05:
            return rng.choice(self._latest)
        small = self._small[rng.choice(LANGS)]
        pieces = []
        for _ in range(rng.randint(6, 10)):
            pieces.append(rng.choice(small))
            pieces.append(rng.choice(self._words))
        pieces[rng.randrange(len(pieces))] = rng.choice(BRANDS)
        text = " ".join(pieces).capitalize() + rng.choice(".!?…")
        self._latest = [*self._latest[-499:], text] if rng.random() < 0.2 else self._latest
        return text


def function_words(lang: str) -> list[str]:
    """The small words that say which language it is, the commonest first."""
    common = stopwords.unindexed()
    return sorted(stopwords.of_all()[lang], key=lambda word: (word not in common, word))


def _as_often_as_said(words: list[str], rng: random.Random) -> list[str]:
    """Words repeated in proportion to 1 / rank."""
    return rng.choices(words, [1 / (rank + 4) for rank in range(len(words))], k=20_000)
