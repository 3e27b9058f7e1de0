"""Which words have come up: told from two samples of posts, one of a period and one of the time before. Pure.

A word is weighed by the log-odds ratio of the posts it stands in, drawn towards what both samples have together and divided by
its own uncertainty (Monroe, Colaresi & Quinn 2008, "Fightin' Words", equations 16, 22 and 23): a word seen twice after never is
less of a rise than one seen two hundred times after a hundred.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

PRIOR = 40.0  # at most so many posts' worth of "both together" is mixed into each side; small samples bear a quarter
LEAST_POSTS = 3
LEAST_Z = 1.64
_LONGEST = 40


@dataclass(frozen=True)
class Sampled:
    """A post of a sample: its text, the language it was read as, and for how many posts it stands."""

    text: str
    lang: str
    weight: float = 1.0


@dataclass(frozen=True)
class RisingWord:
    """`now` and `before` are posts with the word, estimated for the whole period; `z` how surely it rose."""

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
    words_of: Callable[[str], Iterable[str]],
    stop: Mapping[str, Collection[str]],
    left_out: Callable[[str], bool] = lambda _: False,
    most: int = 12,
) -> list[RisingWord]:
    """The words that rose most surely, the surest first.

    `words_of` splits a text as watches do; `stop` holds the words without content by language (a post of an unsure language
    drops those of all); `left_out` says which words the brand is found by: they rise with it and tell nothing. Without anything
    before, the words are those that stand in most posts, with `z` nought.
    """
    every_stop = frozenset().union(*stop.values()) if stop else frozenset()
    weights_now, seen, posts_now = _weighed(now, words_of, stop, every_stop)
    weights_before, _, posts_before = _weighed(before, words_of, stop, every_stop)
    if not posts_now:
        return []
    together = posts_now + posts_before
    prior_posts = min(PRIOR, together / 4)
    found = []
    for word, weight in weights_now.items():
        if seen[word] < LEAST_POSTS or left_out(word):
            continue
        earlier = weights_before.get(word, 0.0)
        prior = prior_posts * (weight + earlier) / together
        here, there = weight + prior, earlier + prior
        z = _z(here, posts_now + prior_posts, there, posts_before + prior_posts) if posts_before else 0.0
        if z >= LEAST_Z or not posts_before:
            found.append(RisingWord(word, round(weight), round(earlier), z))
    found.sort(key=lambda one: (-one.z, -one.now, one.word))
    return found[:most]


def _z(here: float, posts_here: float, there: float, posts_there: float) -> float:
    rest_here, rest_there = max(posts_here - here, 0.5), max(posts_there - there, 0.5)
    return (math.log(here / rest_here) - math.log(there / rest_there)) / math.sqrt(1 / here + 1 / there)


def _weighed(
    sample: Iterable[Sampled],
    words_of: Callable[[str], Iterable[str]],
    stop: Mapping[str, Collection[str]],
    every_stop: Collection[str],
) -> tuple[dict[str, float], dict[str, int], float]:
    """Weight and number of posts by word, and the weight of all posts. A word counts once for a post."""
    weights: dict[str, float] = defaultdict(float)
    seen: dict[str, int] = defaultdict(int)
    total = 0.0
    for post in sample:
        total += post.weight
        stopped = stop.get(post.lang, every_stop)
        for word in set(words_of(post.text)):
            if len(word) < 2 or len(word) > _LONGEST or word in stopped or not any(map(str.isalpha, word)):
                continue
            weights[word] += post.weight
            seen[word] += 1
    return weights, seen, total
