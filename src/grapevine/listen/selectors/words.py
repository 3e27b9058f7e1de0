"""The words and phrases that came up in the talk about a brand, told from a sample of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grapevine.listen import rising, stopwords
from grapevine.listen.models import Brand
from grapevine.listen.periods import Period
from grapevine.listen.rising import RisingWord, Sampled
from grapevine.listen.selectors import talk


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
