"""Which words and phrases have come up: told from two samples of posts, one of a period and one of the time before. Pure.

A word is weighed by the log-odds ratio of the posts it stands in, drawn towards what both samples have together and divided by
its own uncertainty (Monroe, Colaresi & Quinn 2008, "Fightin' Words", equations 16, 22 and 23): a word seen twice after never is
less of a rise than one seen two hundred times after a hundred.

Phrases of two and three words are weighed the same way. One takes the place of its words where it explains them: when most posts
with the word hold the phrase, the phrase is what rose. A word that rose besides, too, stays.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grapevine.engine.text.topics import terms

PRIOR = 40.0  # at most so many posts' worth of "both together" is mixed into each side; small samples bear a quarter
LEAST_POSTS = 3
LEAST_Z = 1.64
EXPLAINS = 0.6


@dataclass(frozen=True)
class Sampled:
    """A post of a sample: its words in runs, the language it was read as, and for how many posts it stands."""

    runs: terms.Runs
    lang: str
    weight: float = 1.0


@dataclass(frozen=True)
class RisingWord:
    """`word` is a word or a phrase. `now` and `before` are posts with it, estimated for the whole period; `z` how surely it rose."""

    word: str
    now: int
    before: int
    z: float

    @property
    def is_new(self) -> bool:
        return self.before == 0


def rising(
    now: Iterable[Sampled],
    before: Iterable[Sampled],
    *,
    stop: Mapping[str, Collection[str]],
    left_out: Callable[[str], bool] = lambda _: False,
    most: int = 12,
) -> list[RisingWord]:
    """The words and phrases that rose most surely, the surest first.

    `stop` holds the words without content by language (a post of an unsure language
    drops those of all); `left_out` says which words the brand is found by: they rise with it and tell nothing. Without anything
    before, they are those that stand in most posts, with `z` nought.
    """
    reader = terms.Reader(stop)
    here, there = _Side.of(now), _Side.of(before)
    if not here.posts:
        return []
    here.count_words(reader)
    told = {word for word, its in here.holding.items() if len(its) >= LEAST_POSTS and not left_out(word)}
    there.count_words(reader, told)
    for word in here.holding.keys() - told:
        del here.holding[word]
    here.count_phrases(reader, told)
    phrases = {term for term, its in here.holding.items() if term not in told and len(its) >= LEAST_POSTS}
    there.count_phrases(reader, told, phrases)
    measured = _Measured(here, there)
    chosen = _phrases(measured, phrases, told)
    found = [*chosen, *_words(measured, chosen, told)]
    found.sort(key=lambda one: (-one.z, -one.now, one.word))
    return found[:most]


@dataclass
class _Side:
    """One sample: its texts as runs, and which posts hold each term."""

    runs: list[terms.Runs]
    langs: list[str]
    weights: list[float]
    posts: float
    holding: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, sample: Iterable[Sampled]) -> _Side:
        every = list(sample)
        weights = [one.weight for one in every]
        return cls([one.runs for one in every], [one.lang for one in every], weights, math.fsum(weights))

    def count_words(self, reader: terms.Reader, among: Collection[str] | None = None) -> None:
        for place, (runs, lang) in enumerate(zip(self.runs, self.langs, strict=True)):
            for word in reader.words(runs, lang):
                if among is None or word in among:
                    self.holding[word].append(place)

    def count_phrases(
        self, reader: terms.Reader, words: Collection[str], among: Collection[str] | None = None
    ) -> None:
        if among is not None and not among:
            return
        for place, (runs, lang) in enumerate(zip(self.runs, self.langs, strict=True)):
            for phrase in reader.phrases(runs, lang, words):
                if among is None or phrase in among:
                    self.holding[phrase].append(place)

    def weight(self, places: Iterable[int]) -> float:
        return math.fsum(self.weights[place] for place in places)


class _Measured:
    """How much and how surely each term rose."""

    def __init__(self, here: _Side, there: _Side) -> None:
        self.here, self.there = here, there
        self.compared = bool(there.posts)
        self.together = here.posts + there.posts
        self.prior_posts = min(PRIOR, self.together / 4)

    def rise(self, term: str, without: Sequence[Collection[int]] = ((), ())) -> RisingWord | None:
        """How the term rose, None if it didn't; `without` are posts on both sides that are not looked at."""
        places = [one for one in self.here.holding[term] if one not in without[0]]
        if len(places) < LEAST_POSTS:
            return None
        weight = self.here.weight(places)
        earlier = self.there.weight(one for one in self.there.holding.get(term, ()) if one not in without[1])
        if not self.compared:
            return RisingWord(term, round(weight), 0, 0.0)
        prior = self.prior_posts * (weight + earlier) / self.together
        z = _z(
            weight + prior,
            self.here.posts + self.prior_posts,
            earlier + prior,
            self.there.posts + self.prior_posts,
        )
        return RisingWord(term, round(weight), round(earlier), z) if z >= LEAST_Z else None

    def share(self, phrase: str, term: str) -> float:
        """How large a part of the posts with `term` holds the phrase."""
        its, held = self.here.holding.get(term, ()), self.here.holding[phrase]
        return self.here.weight(set(its) & set(held)) / self.here.weight(its) if its else 0.0


def _phrases(measured: _Measured, phrases: Collection[str], words: Collection[str]) -> list[RisingWord]:
    """The phrases that rose and say more than their words; none that another one explains."""
    risen = [one for phrase in phrases if (one := measured.rise(phrase)) and _says_more(measured, one, words)]
    risen.sort(key=lambda one: (-one.word.count(" "), -one.z, -one.now, one.word))
    chosen: list[RisingWord] = []
    for one in risen:
        parts = set(terms.parts_of(one.word, words))
        beside = [other.word for other in chosen if parts & set(terms.parts_of(other.word, words))]
        if _covered(measured, one.word, beside) < EXPLAINS:
            chosen.append(one)
    return chosen


def _says_more(measured: _Measured, one: RisingWord, words: Collection[str]) -> bool:
    inner = [phrase for phrase in terms.inner(one.word) if phrase in measured.here.holding]
    if inner:  # three words instead of two only where they are nearly always said together
        return all(measured.share(one.word, phrase) >= EXPLAINS for phrase in inner)
    parts = terms.parts_of(one.word, words)
    if any(measured.share(one.word, word) >= EXPLAINS for word in parts):
        return True
    alone = [rise.z for word in parts if (rise := measured.rise(word))]
    return measured.compared and one.z > max(alone, default=0.0)


def _words(measured: _Measured, chosen: Sequence[RisingWord], words: Collection[str]) -> list[RisingWord]:
    """The words that rose beyond the phrases that are told already."""
    found = []
    holding: dict[str, list[str]] = defaultdict(list)
    for one in chosen:
        for word in terms.parts_of(one.word, words):
            holding[word].append(one.word)
    for word in words:
        rise = measured.rise(word)
        if rise is None:
            continue
        its = holding.get(word, [])
        explained = its and (
            _covered(measured, word, its) >= EXPLAINS or not measured.rise(word, _posts(measured, its))
        )
        if not explained:
            found.append(rise)
    return found


def _covered(measured: _Measured, term: str, by: Collection[str]) -> float:
    its = measured.here.holding[term]
    covered = _posts(measured, by)[0]
    return measured.here.weight(set(its) & covered) / measured.here.weight(its)


def _posts(measured: _Measured, phrases: Collection[str]) -> tuple[set[int], set[int]]:
    sides = (measured.here, measured.there)
    here, there = ({one for phrase in phrases for one in side.holding.get(phrase, ())} for side in sides)
    return here, there


def _z(here: float, posts_here: float, there: float, posts_there: float) -> float:
    rest_here, rest_there = max(posts_here - here, 0.5), max(posts_there - there, 0.5)
    return (math.log(here / rest_here) - math.log(there / rest_there)) / math.sqrt(1 / here + 1 / there)
