"""The words and phrases that came up in the talk about a brand, or that a circle of people has for its own, told from samples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from grapevine.engine.text.topics import terms
from grapevine.listen import rising, stopwords
from grapevine.listen.models import Brand
from grapevine.listen.periods import Period
from grapevine.listen.rising import RisingWord, Sampled
from grapevine.listen.selectors import talk
from grapevine.sources.selectors import texts

CHARACTERS = 400
LEAST_SHARE = 0.15
"""A language is one of a circle's when so many of its people write it."""


@dataclass(frozen=True)
class Words:
    """What rose. `read` texts were read to tell; `compared` says whether there was a time before to rise from."""

    found: tuple[RisingWord, ...]
    read: int
    compared: bool


def rising_of(brand: Brand, period: Period) -> Words:
    """The words and phrases that rose most surely in the talk about `brand`. Five statements."""
    return rising_in(talk.of_brand(brand, period))


def rising_in(said: talk.Talk) -> Words:
    """The same of samples that were drawn already."""
    found = rising.rising(
        _sampled(said.now),
        _sampled(said.before),
        stop=stopwords.of_all(),
        left_out=said.own_words,
    )
    return Words(tuple(found), len(said.now) + len(said.before), bool(said.before))


def _sampled(drawn: Sequence[talk.Drawn]) -> list[Sampled]:
    return [Sampled(one.runs, one.lang, one.weight) for one in drawn]


class Voice(NamedTuple):
    """Somebody, by some of their posts and the language they write ("": unsure)."""

    post_ids: tuple[int, ...]
    lang: str


def of_circles(circles: Sequence[Sequence[Voice]], *, most: int = 4) -> list[tuple[str, ...]]:
    """What each circle talks about: the words and phrases that more of its people use than of the others who write its languages; where no other
    does, those that most of them use. A word counts once for each person, and is told when three say it. A statement for every few
    thousand texts."""
    read = texts.beginnings(
        [post for circle in circles for one in circle for post in one.post_ids], characters=CHARACTERS
    )
    said = [[_of_voice(one, read) for one in circle] for circle in circles]
    found = []
    for place, circle in enumerate(said):
        tongues = {
            lang
            for lang, count in Counter(one.lang for one in circle).items()
            if count >= LEAST_SHARE * len(circle)
        }
        others = [
            one for other in (*said[:place], *said[place + 1 :]) for one in other if one.lang in tongues
        ]
        told = rising.rising(circle, others, stop=stopwords.of_all(), most=most)
        found.append(tuple(one.word for one in told))
    return found


def _of_voice(one: Voice, read: dict[int, str]) -> Sampled:
    runs = [run for post in one.post_ids if post in read for run in terms.runs(read[post])]
    return Sampled(runs, one.lang)
