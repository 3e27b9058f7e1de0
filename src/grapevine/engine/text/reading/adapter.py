"""A brand's own adapter: what its people corrected, learnt on top of the model that ships.

Logistic regression in which what the shipped model says is the starting point (an offset) and only the difference is learnt, held small by a
ridge: without corrections an adapter reads exactly as the shipped model does, and one correction moves little but texts like its own. It sees the n-grams
and facts of a text, and how the shipped model feels about it. Each mood counts alike, however often it was corrected to.

Solved over the Gram matrix of the lessons (kernel logistic regression; Zhu & Hastie, "Kernel Logistic Regression and the Import Vector Machine", 2005)
by bounding the curvature (Böhning, "Multinomial logistic regression algorithm", 1992), so that one eigendecomposition serves all steps and all
strengths of the ridge, with Nesterov's acceleration and restarts (O'Donoghue & Candès, 2015). No chance is involved: same lessons in the same order, same
adapter. Strength of the ridge and temperature (Guo et al., "On Calibration of Modern Neural Networks", 2017) are found by cross-validation.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text import reading, shelf
from grapevine.engine.text.reading import _judging, _ridge, fast
from grapevine.engine.text.reading._alike import BITS, Features
from grapevine.engine.text.reading._judging import Judgement
from grapevine.engine.text.reading._ridge import Array

MOST = 500
"""So many lessons are learnt from, the latest; more would make a correction wait."""
_RIDGE, _FOUND_RIDGE = 8.0, 10.0
"""While there are too few lessons to find a better one; and for lessons that were found, however many. Learnt from texts that read wrongly alone, weights
of what all texts share turn against what ships: from 0.64 to 0.51 macro-F1 with 150 of them. So these teach n-grams only, and more gently: 0.66."""
_WANTS_RIDGE = 1.0
_STEEP = 4.0
"""Points of an intent that are one above the limit say it with odds of e⁴."""
_ENOUGH_TO_JUDGE = 40
_OF_EACH = 3
"""So many drawn texts of each mood are needed before anything is learnt of what all texts share: the first five are easily all negative."""
_SAVED = 1
_HEADS = (*reading.INTENTS, "spam")


TELLING = 5
"""So many letters a word needs to be shown as one that moved something."""


@dataclass(frozen=True)
class Lesson:
    """What a person said of a text; None where nothing was said of a part. `intents`: all that it wants.

    `found`: the person came across it and said something because it read wrongly, so it tells nothing of how often texts read so.
    """

    text: str
    mood: str | None = None
    intents: tuple[str, ...] | None = None
    spam: bool | None = None
    found: bool = False


@dataclass(frozen=True)
class Adapter:
    """Weights by bucket (`grams`, for the n-grams in `buckets`, ascending) and by dense feature: moods first, then `heads`."""

    fingerprint: str
    count: int
    buckets: NDArray[np.uint32]
    grams: NDArray[np.float16]
    dense: NDArray[np.float32]
    heads: tuple[str, ...] = ()
    temperature: float = 1.0
    ridge: float = _RIDGE
    judgement: Judgement | None = None
    held: Array | None = field(default=None, repr=False, compare=False)
    """Of each lesson, its moods as read by an adapter that never saw its text, shape (n, 3); nan where none were said or judged. Not kept."""

    def apply(self, read: reading.Batch, rows: NDArray[np.int64], texts: Sequence[str]) -> reading.Batch:
        """The readings of `rows` of a batch (its `texts`, one for each row) as this adapter sees them. Same text, same answer, whatever its company."""
        mine = taken(read, rows)
        if not len(rows):
            return mine
        offsets = _judging.log(mine.moods)
        moved = self._moved(Features.of(texts, mine.langs, offsets))
        moods = _ridge.softmax((offsets + moved[:, :3]) / self.temperature)
        points, spam = mine.points.copy(), mine.spam
        for column, head in enumerate(self.heads, start=3):
            if head == "spam":
                odds = _judging.log(spam) - _judging.log(1 - spam) + moved[:, column]
                spam = _ridge.sigmoid(odds).astype(np.float32)
            else:
                points[:, reading.INTENTS.index(head)] += moved[:, column] / _STEEP
        return replace(
            mine,
            moods=moods.astype(np.float32),
            points=points.astype(np.float32),
            spam=spam,
        )

    @cached_property
    def _table(self) -> NDArray[np.float32]:
        table = np.zeros((1 << BITS, self.grams.shape[1]), np.float32)
        table[self.buckets] = self.grams
        return table

    def _moved(self, seen: Features) -> Array:
        """By how much each sum is moved, shape (n, 3 + heads)."""
        # Not by `@`: what it adds up first depends on how many texts there are.
        moved = np.einsum("nd,dk->nk", seen.dense, self.dense.astype(np.float64))
        filled = np.flatnonzero(np.diff(seen.ends))
        if len(filled):
            sums = np.add.reduceat(self._table[seen.buckets], seen.ends[filled], axis=0)
            moved[filled] += sums * seen.share[filled, None]
        return np.asarray(moved)

    def words(self, texts: Iterable[str], *, most: int = 12) -> dict[str, list[tuple[str, float]]]:
        """The words of these texts that push most towards each mood: by mood, (word, how far its sum is moved), the strongest first.

        Only words that stand in at least two of the texts: one alone may be anything, and tells of one person's text. Short ones (articles,
        pronouns) say nothing to people and are left out.
        """
        often = Counter(word for text in texts for word in set(_WORD.findall(text.lower())))
        known = sorted(word for word, count in often.items() if count > 1 and len(word) >= TELLING)
        if not known:
            return {mood: [] for mood in reading.MOODS}
        flat = np.zeros((len(known), 3))
        seen = Features.of(known, np.full(len(known), -1), flat)
        moved = self._moved(replace(seen, dense=np.zeros_like(seen.dense)))[:, :3]
        moved -= moved.mean(1, keepdims=True)
        found = {}
        for column, mood in enumerate(reading.MOODS):
            order = np.argsort(-moved[:, column], kind="stable")[:most]
            found[mood] = [
                (known[place], float(moved[place, column])) for place in order if moved[place, column] > 0.005
            ]
        return found

    def dump(self) -> bytes:
        """As bytes, to be kept."""
        file = io.BytesIO()
        told = self.judgement
        np.savez_compressed(
            file, saved=np.array(_SAVED), fingerprint=np.array(self.fingerprint), count=np.array(self.count),
            buckets=self.buckets, grams=self.grams, dense=self.dense, heads=np.array(self.heads, dtype=np.str_),
            numbers=np.array([self.temperature, self.ridge]),
            judgement=np.array([told.count, told.before, told.after] if told else [], np.float64),
        )  # fmt: skip
        return file.getvalue()


def taken(read: reading.Batch, rows: NDArray[np.int64]) -> reading.Batch:
    """Some rows of a batch, as they are."""
    return reading.Batch(**{one.name: getattr(read, one.name)[rows] for one in fields(read)})


_WORD = re.compile(r"[^\W\d_]{2,30}")


def load(kept: bytes) -> Adapter:
    """From `dump`'s bytes. Raises ValueError for what was written by another version: learn it anew."""
    with np.load(io.BytesIO(kept), allow_pickle=False) as found:
        if int(found["saved"]) != _SAVED:
            raise ValueError("This adapter was written by another version.")
        told = found["judgement"].tolist()
        temperature, ridge = found["numbers"].tolist()
        return Adapter(
            fingerprint=str(found["fingerprint"]), count=int(found["count"]), buckets=found["buckets"], grams=found["grams"],
            dense=found["dense"], heads=tuple(found["heads"].tolist()), temperature=temperature, ridge=ridge,
            judgement=Judgement(int(told[0]), told[1], told[2]) if told else None,
        )  # fmt: skip


@cache
def fingerprint() -> str:
    """Of the shipped model: an adapter learnt on another one is learnt anew."""
    print_ = hashlib.sha256(fast.MODEL.read_bytes())
    print_.update(f"{shelf.fingerprint()} {_SAVED} {BITS}".encode())
    return print_.hexdigest()[:32]


def learn(lessons: Sequence[Lesson]) -> Adapter | None:
    """The adapter that these lessons (oldest first) give; None where they teach nothing. Well below a second for five hundred."""
    told = _each_text_once(lessons)[-MOST:]
    if not told:
        return None
    texts = [one.text for one in told]
    read = reading.batch(texts)
    offsets = _judging.log(read.moods)
    seen = Features.of(texts, read.langs, offsets)
    found = np.array([one.found for one in told])
    known = np.array([one.mood is not None for one in told])
    duals, held = np.zeros((len(told), 3)), np.full((len(told), 3), np.nan)
    ridge, temperature, heed, judgement = _RIDGE, 1.0, 1.0, None
    drawn = known & ~found
    if drawn.sum() >= _ENOUGH_TO_JUDGE:
        gram = seen.gram()[np.ix_(drawn, drawn)]
        some = [texts[row] for row in np.flatnonzero(drawn).tolist()]
        ridge, temperature, heed, judgement, held[drawn] = _judging.judge(
            gram, _moods(told, drawn), offsets[drawn], some
        )
    seen = seen.of_grams_only(found, ridge / _FOUND_RIDGE)
    if np.bincount(_moods(told, drawn), minlength=3).min() < _OF_EACH:
        seen = seen.of_grams_only(~found)
    solver = _solvers(seen.gram())
    if known.any():
        moods = _moods(told, known)
        duals[known] = heed * solver(known).softmax(
            _judging.hot(moods), offsets[known], _judging.evenly(moods), ridge
        )
    heads, columns = [], [duals]
    for head in _HEADS:
        if (learnt := _learn_head(head, told, read, solver)) is not None:
            heads.append(head)
            columns.append(learnt[:, None])
    buckets, grams, dense = seen.weights(np.hstack(columns))
    return Adapter(
        fingerprint(), len(told), buckets, grams, dense, tuple(heads), temperature, ridge, judgement,
        _of_all(lessons, texts, held) if judgement else None,
    )  # fmt: skip


def _each_text_once(lessons: Sequence[Lesson]) -> list[Lesson]:
    """What was said last of each part of a text; in the order in which texts were last spoken of."""
    made: dict[str, Lesson] = {}
    for one in lessons:
        last = made.pop(one.text, one)
        made[one.text] = Lesson(
            one.text,
            one.mood if one.mood is not None else last.mood,
            one.intents if one.intents is not None else last.intents,
            one.spam if one.spam is not None else last.spam,
            found=one.found if one.mood is not None else last.found,
        )
    return [one for one in made.values() if one.text.strip()]


def _of_all(lessons: Sequence[Lesson], texts: Sequence[str], held: Array) -> Array:
    """From one row for each text one for each lesson."""
    place = {text: row for row, text in enumerate(texts)}
    nothing = np.full(3, np.nan)
    return np.array([held[place[one.text]] if one.text in place else nothing for one in lessons])


def _moods(told: Sequence[Lesson], rows: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.array(
        [reading.MOODS.index(told[row].mood or "") for row in np.flatnonzero(rows).tolist()], np.int64
    )


def _solvers(gram: Array) -> Callable[[NDArray[np.bool_]], _ridge.Solver]:
    """The solver for some of the lessons; mostly they are the same for all heads, and taking a Gram matrix apart is what takes time."""
    made: dict[bytes, _ridge.Solver] = {}

    def solver(known: NDArray[np.bool_]) -> _ridge.Solver:
        key = known.tobytes()
        if key not in made:
            made[key] = _ridge.Solver(gram[np.ix_(known, known)])
        return made[key]

    return solver


def _learn_head(
    head: str,
    told: Sequence[Lesson],
    read: reading.Batch,
    solver: Callable[[NDArray[np.bool_]], _ridge.Solver],
) -> Array | None:
    """One number for each lesson, or None where nobody contradicted what ships, so that there is nothing to learn."""
    if head == "spam":
        said = [one.spam for one in told]
        odds = _judging.log(read.spam) - _judging.log(1 - read.spam)
        limit = np.log(reading.SPAM / (1 - reading.SPAM))
    else:
        said = [None if one.intents is None else head in one.intents for one in told]
        odds = (read.points[:, reading.INTENTS.index(head)].astype(np.float64) - reading.ENOUGH) * _STEEP
        limit = 0.0
    known = np.array([one is not None for one in said])
    truth = np.array([bool(one) for one in said])
    if not (known & (truth != (odds >= limit))).any():
        return None
    right = truth[known].astype(np.float64)[:, None]
    weight = np.where(right > 0, _weight(right.sum(), len(right)), _weight((1 - right).sum(), len(right)))
    found = np.zeros(len(told))
    found[known] = solver(known).sigmoid(right, odds[known, None] - limit, weight, _WANTS_RIDGE)[:, 0]
    return found


def _weight(count: float, of: int) -> float:
    """Yes and no count alike, within bounds: most texts want none of the things that there are to want."""
    return float(np.clip(of / 2 / max(count, 1.0), 0.5, 5.0))
