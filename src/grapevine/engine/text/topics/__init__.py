"""What a body of posts is about: words and phrases that stand together, as topics with a readable label. Pure.

Each language is looked at by itself, so that a label is in the language people spoke. A topic is some terms, and its posts are those that hold one of its
phrases or two of its words: the same can be asked for as a query, so what is counted can be looked up. Nothing is random and nothing depends on the order
of the posts: the same posts have the same topics, tomorrow, too.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grapevine.engine.text.topics import communities, terms

__all__ = ["Post", "Topic", "find", "matched", "posts_of", "typical"]

LEAST_POSTS = 5
LEAST_AUTHORS = 3
LEAST_SHARE = 0.004  # of the posts in its language a term stands in
MOST_SHARE = 0.5  # a word that stands in more of them is what all is about
VOCABULARY = 400
TERMS = 6
LABEL = 3
STICKS = 0.4  # of the posts with the rarer word that hold the phrase
SWALLOWS = 0.75
SAME = 0.5  # of the posts of the smaller topic that lie in a larger one
ALIKE = 0.5  # of the words of the smaller topic of two days


@dataclass(frozen=True)
class Post:
    """A post of a sample. `author` tells authors apart (None: unknown), `weight` is for how many posts it stands."""

    key: int
    runs: terms.Runs
    lang: str
    author: int | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Topic:
    """What is talked about: its terms, the most telling first, in one language (empty: unsure)."""

    terms: tuple[str, ...]
    lang: str

    @property
    def label(self) -> tuple[str, ...]:
        """The few terms that name it; none that is a part of another."""
        chosen: list[str] = []
        for term in self.terms:
            words = set(term.split(" "))
            if not any(words & set(other.split(" ")) for other in chosen):
                chosen.append(term)
        return tuple(chosen[:LABEL])

    def named(self, earlier: Sequence[str]) -> tuple[str, ...]:
        """What it is called when it was called so `earlier`: a name stays as long as half of it is still said."""
        return tuple(earlier) if 2 * len(set(earlier) & set(self.terms)) >= len(earlier) > 0 else self.label


def find(
    posts: Iterable[Post],
    *,
    stop: Mapping[str, Collection[str]],
    left_out: Callable[[str], bool] = lambda _: False,
    most: int = 12,
) -> list[Topic]:
    """The topics of posts, those of most posts first. `stop`: words without content by language; `left_out`: what the posts were found by."""
    by_language: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        by_language[post.lang].append(post)
    reader = terms.Reader(stop)
    found = [
        one for lang, its in sorted(by_language.items()) for one in _of_language(its, lang, reader, left_out)
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1].lang, pair[1].terms))
    return [topic for _weight, topic in found[:most]]


def posts_of(topic: Topic, posts: Iterable[Post]) -> list[Post]:
    """The posts about a topic: in its language, with one of its phrases or two of its words."""
    return [post for post in posts if post.lang == topic.lang and _points(topic.terms, post) >= 2]


def typical(topic: Topic, posts: Sequence[Post]) -> Post | None:
    """The post that says most of the topic in fewest other words; of equals the newest (by `key`)."""

    named = set(topic.label)

    def told(post: Post) -> tuple[float, int]:
        words = terms.flat(post.runs)
        # What names the topic tells twice as much as what else belongs to it.
        said = sum(2 if term in named else 1 for term in topic.terms if terms.said_in(term, post.runs))
        # Very short ones say the words and nothing about them.
        return said / math.sqrt(max(len(words), 12)), post.key

    return max(posts, key=told, default=None)


def matched(today: Sequence[Topic], kept: Mapping[int, Topic]) -> dict[int, int]:
    """Which of today's topics (places) are which of the kept ones (ids): those with most terms in common first, each once."""
    pairs = []
    for place, topic in enumerate(today):
        for key, old in kept.items():
            if topic.lang != old.lang:
                continue
            ours, theirs = _words(topic), _words(old)
            shared = len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0
            if shared >= ALIKE and len(ours & theirs) >= 2:
                pairs.append((-shared, key, place))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _shared, key, place in sorted(pairs):
        if place not in found and key not in taken:
            found[place] = key
            taken.add(key)
    return found


def _words(topic: Topic) -> set[str]:
    return {word for term in topic.terms for word in term.split(" ")}


def _points(wanted: Sequence[str], post: Post) -> int:
    """A phrase tells as much as two words."""
    return sum((2 if " " in term else 1) for term in wanted if terms.said_in(term, post.runs))


def _of_language(
    posts: list[Post], lang: str, reader: terms.Reader, left_out: Callable[[str], bool]
) -> list[tuple[float, Topic]]:
    posts.sort(key=lambda post: post.key)
    holding = _vocabulary(posts, lang, reader, left_out)
    names = sorted(holding)
    if not names:
        return []
    holds = np.zeros((len(posts), len(names)), bool)
    for place, name in enumerate(names):
        holds[holding[name], place] = True
    close = communities.closeness(holds)
    made = [_topic([names[one] for one in its], lang, posts, holding) for its in communities.groups(close)]
    grouped = {one for its in communities.groups(close) for one in its}
    # A phrase is two words that stand together: it is a topic by itself, too.
    made += [
        _topic([name], lang, posts, holding)
        for place, name in enumerate(names)
        if " " in name and place not in grouped
    ]
    return _apart([one for one in made if one is not None])


def _vocabulary(
    posts: Sequence[Post], lang: str, reader: terms.Reader, left_out: Callable[[str], bool]
) -> dict[str, list[int]]:
    """Words and phrases that may make topics, with the posts (places) that hold them."""
    least = max(LEAST_POSTS, math.ceil(LEAST_SHARE * len(posts)))
    words: dict[str, list[int]] = defaultdict(list)
    for place, post in enumerate(posts):
        for word in reader.words(post.runs, lang):
            words[word].append(place)
    words = {
        word: its
        for word, its in words.items()
        if len(its) >= least and not left_out(word) and _authors(posts, its) >= LEAST_AUTHORS
    }
    phrases: dict[str, list[int]] = defaultdict(list)
    for place, post in enumerate(posts):
        for phrase in reader.phrases(post.runs, lang, words):
            phrases[phrase].append(place)
    kept = {
        phrase: its
        for phrase, its in phrases.items()
        if len(its) >= least
        and _authors(posts, its) >= LEAST_AUTHORS
        and len(its) >= STICKS * min(len(words[one]) for one in terms.parts_of(phrase, words))
    }
    for phrase in sorted(kept, key=lambda one: (-one.count(" "), one)):
        # Three words take the place of two, and a phrase that of its words, where these are hardly said without it.
        for part in [*terms.inner(phrase), *terms.parts_of(phrase, words)]:
            for among in (kept, words):
                if part in among and len(kept.get(phrase, ())) >= SWALLOWS * len(among[part]):
                    del among[part]
    rare = {word: its for word, its in words.items() if len(its) <= MOST_SHARE * len(posts)}
    every = sorted({**rare, **kept}.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return dict(every[:VOCABULARY])


def _authors(posts: Sequence[Post], places: Iterable[int]) -> int:
    """How many authors there are, counted no further than is needed; each unknown one is somebody else."""
    seen: set[int] = set()
    for place in places:
        author = posts[place].author
        seen.add(-place - 1 if author is None else author)
        if len(seen) >= LEAST_AUTHORS:
            break
    return len(seen)


def _topic(
    names: list[str], lang: str, posts: Sequence[Post], holding: Mapping[str, Sequence[int]]
) -> tuple[float, Topic, frozenset[int]] | None:
    """A topic of these terms with its weight and its posts; None where there are too few posts or authors."""

    def about(chosen: Collection[str]) -> frozenset[int]:
        points: dict[int, int] = defaultdict(int)
        for name in chosen:
            for place in holding[name]:
                points[place] += 2 if " " in name else 1
        return frozenset(place for place, told in points.items() if told >= 2)

    every = about(names)

    def telling(name: str) -> float:
        inside = len(every.intersection(holding[name]))
        return inside * inside / len(holding[name]) * (1.5 if " " in name else 1.0)

    names = sorted(names, key=lambda name: (-telling(name), name))[:TERMS]
    its = about(names)
    names = [name for name in names if its.intersection(holding[name])]
    if len(its) < LEAST_POSTS or _authors(posts, sorted(its)) < LEAST_AUTHORS:
        return None
    return math.fsum(posts[place].weight for place in its), Topic(tuple(names), lang), its


def _apart(made: list[tuple[float, Topic, frozenset[int]]]) -> list[tuple[float, Topic]]:
    """The largest first; one whose posts are mostly those of a larger one is left out."""
    made.sort(key=lambda one: (-one[0], one[1].terms))
    kept: list[tuple[float, Topic, frozenset[int]]] = []
    for one in made:
        if all(len(one[2] & other[2]) < SAME * len(one[2]) for other in kept):
            kept.append(one)
    return [(weight, topic) for weight, topic, _its in kept]
