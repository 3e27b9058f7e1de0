"""What a text says: its language, its mood, what it wants, whether it is spam, and how sure that is.

    >>> from grapevine.engine.text import reading
    >>> reading.read(["Kan varmt rekommendera Havre & Hav!"])[0].sentiment
    'positive'

Two tiers. The fast one (`fast`) reads every text. The deep one (`deep`), where a sentence encoder is installed, reads again what the
fast one is not sure of. Same text, same reading, whatever the batch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text import language, shelf
from grapevine.engine.text.reading import fast
from grapevine.engine.text.reading.fast import shares

MOODS = fast.MOODS
INTENTS = tuple(name for name in shelf.INTENTS if name != "spam")
TIERS = ("fast", "deep", "auto")

SURE = 0.72
"""How likely a mood must be for a reading to count as sure."""
SPAM = 0.5
SPAM_BY_PHRASE = 0.9
"""How likely spam is where the phrases of a language's shelf say so."""
ENOUGH = 0.75
"""Points (a quarter of those on the shelf) from which an intent counts."""
LEARNT = {"complains": (0.82, 1.5), "idea": (0.5, 0.0)}
"""Of wishes with a head of their own: how likely they must be to count, and how much the mood weighs beside the head."""
EAGER = {"idea": 1.5}
"""Wishes whose phrases count for more: who has an idea mostly says so in words that show half of it."""
DOUBT = 0.8
"""Below it the language is asked of the second witness, too."""
HEED = 0.4
"""How much the second witness weighs beside the heads."""
FEW = 0.35
"""The fact LENGTH of a text of three words: shorter ones look like any language."""
STRANGE = 0.6
"""How likely one of our own languages may be to the heads where the second witness names another."""
LEAST = 0.22
"""How likely a language must be to be said at all."""
COOL, BRIEF, USUAL = 0.77, 0.8, 0.65
"""The fast tier's sums are divided by the first, so that what is said to be likely comes true as often. How likely also depends on how long a text is: one of fewer
words is surer than its sums say, one of more (where much speaks for each mood) less so, by e to the power of the second times how far it is from the usual."""
DEEP, FIRMER = 0.65, 1.3
"""How much the deep tier's voice weighs where both have read a text, and by how much what both say is firmer."""


_WIDE = re.compile("[Ａ-Ｚａ-ｚ]")
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


@dataclass(frozen=True)
class Reading:
    """One text's reading. `lang` is empty where none can be told (too little is said), and may be one that we name but do not read; `sentiment_p` are negative, neutral, positive; `intents` in the order of INTENTS."""

    lang: str
    lang_p: float
    spam: bool
    spam_p: float
    sentiment: str
    sentiment_p: tuple[float, float, float]
    intents: tuple[str, ...]
    sure: bool
    tier: str


@dataclass(frozen=True)
class Batch:
    """The readings of n texts as arrays: `langs` places in LANGUAGES (-1: none), `others` places in `language.OTHERS` (-1: none; a language that we
    can name but do not read), `moods` (n, 3), `spam` (n,), `points` (n, intents).
    """

    langs: NDArray[np.int64]
    others: NDArray[np.int64]
    langs_p: NDArray[np.float32]
    moods: NDArray[np.float32]
    spam: NDArray[np.float32]
    points: NDArray[np.float32]
    ironic: NDArray[np.bool_]
    worded: NDArray[np.bool_]
    deep: NDArray[np.bool_]

    def sure(self) -> NDArray[np.bool_]:
        """Whether a person may rely on the mood: likely enough, in a language that we read, and not said tongue in cheek."""
        return (self.moods.max(1) >= SURE) & (self.langs >= 0) & ~self.ironic & self.worded

    def is_spam(self) -> NDArray[np.bool_]:
        """Which texts are likely enough spam to be called so."""
        return self.spam >= SPAM

    def wanted(self) -> NDArray[np.bool_]:
        """Which wishes each text shows, (n, len(INTENTS))."""
        return self.points >= ENOUGH

    def codes(self) -> list[str]:
        """The language of each text; empty where none is told, or one that we tell apart but do not read."""
        names = (*(name if name in language.READ else "" for name in fast.LANGUAGES), "")
        return [names[place] for place in self.langs.tolist()]

    def readings(self) -> list[Reading]:
        """One by one."""
        codes = (*fast.LANGUAGES, *language.OTHERS, "")
        named = np.where((self.langs < 0) & (self.others >= 0), len(fast.LANGUAGES) + self.others, self.langs)
        wants: list[tuple[str, ...]] = [()] * len(self.langs)
        for row, place in np.argwhere(self.wanted()).tolist():
            wants[row] = (*wants[row], INTENTS[place])
        columns = zip(
            named.tolist(),
            self.langs_p.astype(float).round(4).tolist(),
            self.is_spam().tolist(),
            self.spam.astype(float).round(4).tolist(),
            self.moods.argmax(1).tolist(),
            self.moods.astype(float).round(4).tolist(),
            wants,
            self.sure().tolist(),
            self.deep.tolist(),
            strict=True,
        )
        return [
            Reading(
                codes[lang],
                lang_p,
                spam,
                spam_p,
                MOODS[mood],
                (p[0], p[1], p[2]),
                wanted,
                sure,
                "deep" if deep else "fast",
            )
            for lang, lang_p, spam, spam_p, mood, p, wanted, sure, deep in columns
        ]


def read(texts: Sequence[str], *, tier: str = "fast") -> list[Reading]:
    """The reading of each text. `tier` is fast, deep or auto. Raises `deep.NotInstalled` for a deep tier that is not there."""
    return batch(texts, tier=tier).readings()


def batch(texts: Sequence[str], *, tier: str = "fast") -> Batch:
    """The readings as arrays, for thousands at a time. Raises `deep.NotInstalled`, and ValueError for a tier there is none of."""
    if tier not in TIERS:
        raise ValueError(f"There is no tier {tier!r}; there are {', '.join(TIERS)}.")
    from grapevine.engine.text.reading._features import INTENTS as FIRST
    from grapevine.engine.text.reading._features import IRONIC, LENGTH

    codes, others, likely, sums = _languages(texts)
    facts = sums.facts
    firm = np.exp(np.float32(BRIEF) * (np.float32(USUAL) - facts[:, LENGTH])) / np.float32(COOL)
    moods = shares(sums.moods * firm[:, None])
    points = facts[:, FIRST : FIRST + len(shelf.INTENTS)].copy()
    for wish, more in EAGER.items():
        points[:, INTENTS.index(wish)] *= np.float32(more)
    place = shelf.INTENTS.index("spam")
    # The model learnt spam in English; phrases of the shelf tell it in the other languages.
    spam = np.maximum(
        np.where(sums.sizes > 0, _sigmoid(sums.spam), 0),
        np.where(points[:, place] >= ENOUGH, SPAM_BY_PHRASE, 0),
    )
    made = Batch(
        langs=codes, others=others, langs_p=likely, moods=moods, spam=spam.astype(np.float32), points=points[:, : len(INTENTS)],
        ironic=facts[:, IRONIC] > 0, worded=facts[:, LENGTH] > 0, deep=np.zeros(len(texts), np.bool_),
    )  # fmt: skip
    if tier != "fast" and texts:
        _read_deeply(made, texts, facts, every=tier == "deep")
    _add_learnt(made, sums.learnt)
    return made


def _read_deeply(made: Batch, texts: Sequence[str], facts: NDArray[np.float32], *, every: bool) -> None:
    """Let the deep tier read moods, too: of every text, or of those that the fast one is not sure of."""
    from grapevine.engine.text.reading import deep

    rows = np.arange(len(texts)) if every else np.flatnonzero(~made.sure() & made.worded)
    if len(rows):
        seen = deep.moods([texts[row] for row in rows.tolist()], facts[rows])
        made.moods[rows] = _agreed(made.moods[rows], seen)
        made.deep[rows] = True


def _add_learnt(made: Batch, learnt: NDArray[np.float32]) -> None:
    """Add what the heads of wishes say, `learnt` (n, len(LEARNT)), to what the phrases do: together with the mood, as the tier that spoke last told it."""
    moods = made.moods
    gloom = np.log((moods[:, 0] + np.float32(0.5) * moods[:, 1]) / (moods[:, 2] + np.float32(0.05)))
    for column, (wish, (least, heed)) in enumerate(LEARNT.items()):
        p = _sigmoid(learnt[:, column] + np.float32(heed) * gloom)
        wished = made.points[:, INTENTS.index(wish)]
        np.maximum(wished, np.where(made.worded, p * np.float32(ENOUGH / least), 0), out=wished)


def _agreed(fast_: NDArray[np.float32], deep_: NDArray[np.float32]) -> NDArray[np.float32]:
    """What both tiers say together: the weighted geometric mean, made firmer, since two witnesses that agree know more than either."""
    logs = (1 - DEEP) * np.log(fast_ + np.float32(1e-6)) + DEEP * np.log(deep_ + np.float32(1e-6))
    return shares((logs * FIRMER).astype(np.float32))


def _sigmoid(sums: NDArray[np.float32]) -> NDArray[np.float32]:
    p: NDArray[np.float32] = np.float32(1) / (np.float32(1) + np.exp(-np.clip(sums, -30, 30)))
    return p


def _languages(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32], Any]:
    """Language, or the other one that it is, its likelihood and the sums of the heads. Where the heads are in doubt, py3langid's model is the second
    witness.
    """
    from grapevine.engine.text.reading._features import LENGTH

    sums = fast.read(texts)
    worded = sums.facts[:, LENGTH] > 0
    p = shares(sums.languages)
    doubt = np.flatnonzero((p.max(1) < DOUBT) & worded)
    changed = np.zeros(len(texts), np.bool_)
    best = p.argmax(1).astype(np.int64)
    others = np.full(len(texts), -1, np.int64)
    if len(doubt):
        plain = {row: _plain(texts[row]) for row in doubt.tolist()}
        second = language.identify(list(plain.values()), sure=0.0)
        names = np.array([fast.LANGUAGES.index(name) for name in second.names])
        known = second.index >= 0
        rows, how = doubt[known], second.p[known, None].astype(np.float32)
        votes = np.repeat((1 - how) / np.float32(p.shape[1]), p.shape[1], axis=1)
        votes[np.arange(len(rows)), names[second.index[known]]] += how[:, 0]
        joint = p[rows] ** np.float32(1 - HEED) * votes ** np.float32(HEED)
        p[rows] = joint / joint.sum(1, keepdims=True)
        changed[rows] = p[rows].argmax(1) != best[rows]
        _name_others(plain, doubt[~known].tolist(), sums.facts[:, LENGTH], p, others)
    rows = np.flatnonzero(changed)
    best = p.argmax(1).astype(np.int64)
    if len(rows):
        again = fast.read(
            [texts[row] for row in rows.tolist()],
            languages=[fast.LANGUAGES[best[row]] for row in rows.tolist()],
        )
        sums.heads[rows], sums.facts[rows] = again.heads, again.facts
    likely = p.max(1)
    best[~worded | (others >= 0) | (likely < LEAST)] = -1
    return best, others, likely, sums


def _plain(text: str) -> str:
    """The text as the heads read it: letters of full width would be Japanese to the second witness, even without a word of it."""
    text = text[: fast.LONGEST]
    dressed_up = _WIDE.search(text) and not _EAST.search(text)
    return unicodedata.normalize("NFKC", text) if dressed_up else text


def _name_others(
    texts: Mapping[int, str],
    rows: list[int],
    long: NDArray[np.float32],
    p: NDArray[np.float32],
    others: NDArray[np.int64],
) -> None:
    """Say which language texts are in that look like one we do not read; of a few Latin words that is not yet said."""
    rows = [row for row in rows if long[row] > FEW or not _LATIN.search(texts[row])]
    for row in rows:
        p[row] *= 0.5
    rows = [row for row in rows if p[row].max() < STRANGE / 2]
    if not rows:
        return
    found = language.identify(
        [texts[row] for row in rows], read=language.OTHERS, others=language.READ, sure=0.0
    )
    for row, place, how in zip(rows, found.index.tolist(), found.p.tolist(), strict=True):
        if place >= 0:
            others[row] = place
            p[row] *= how / max(
                float(p[row].max()), 1e-9
            )  # what is told of the other language is how likely that one is
