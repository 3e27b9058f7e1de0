"""Sentences that are told to a person, in whatever language they read: the cellars write them in English and know no catalogue.

A sentence is a template with its facts beside it, so that whoever tells it can translate the one and write the other's numbers as the language
has them: `told(gettext, num, ngettext)`. Where something is counted, the number stands with what it counts, in a piece of its own that has a
form for one and a form for several (`Counted`). `scripts/messages.py` collects the templates for the catalogue of the room `spread`; the
command line takes them from there, too. `str` is the English sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

DIGITS = 12


Translate = Callable[[str], str]
Number = Callable[[float, int], str]
Several = Callable[[str, str, int], str]
"""The form for so many, of one and of several, translated."""


def _english(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}"


def _either(one: str, several: str, count: int) -> str:
    return one if count == 1 else several


@dataclass(frozen=True, init=False)
class Sentence:
    """A template with {placeholders}, and what stands in them: numbers, sentences, and anything else as its text. An id is no number:
    give its text."""

    template: str
    facts: Mapping[str, str | int | float | Sentence]

    def __init__(self, template: str, /, **facts: object) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "facts", {name: _plain(fact) for name, fact in facts.items()})

    def told(
        self,
        translate: Translate = str,
        num: Number = _english,
        several: Several = _either,
    ) -> str:
        """In a language: `translate` knows the template, `num` writes a number with so many decimals, `several` knows what is counted. A
        sentence without facts is told as it stands, braces and all."""
        text = self._text(translate, several)
        if not self.facts:
            return text
        return text.format(
            **{name: _told(fact, translate, num, several) for name, fact in self.facts.items()}
        )

    def _text(self, translate: Translate, several: Several) -> str:
        return translate(self.template)

    def __str__(self) -> str:
        return self.told()

    def to_json(self) -> dict[str, Any]:
        """To be kept, and told later."""
        facts = {
            name: fact.to_json() if isinstance(fact, Sentence) else fact for name, fact in self.facts.items()
        }
        return {"template": self.template, "facts": facts}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Sentence:
        """As it was kept."""
        facts = {
            name: cls.from_json(fact) if isinstance(fact, Mapping) else fact
            for name, fact in kept["facts"].items()
        }
        # By names, since catalogues take words in the calls below for texts.
        template, several = kept["template"], kept.get("several")
        if several is None:
            return Sentence(template, **facts)
        return Counted(template, several, int(kept["facts"]["n"]))


@dataclass(frozen=True, init=False)
class Counted(Sentence):
    """So many of something, to stand in a sentence: `Counted("{n} person", "{n} people", 3)`."""

    several: str

    def __init__(self, one: str, several: str, count: int, /) -> None:
        super().__init__(one, n=count)
        object.__setattr__(self, "several", several)

    @property
    def count(self) -> int:
        """How many."""
        return int(self.facts["n"])  # type: ignore[arg-type]

    def _text(self, translate: Translate, several: Several) -> str:
        return several(self.template, self.several, self.count)

    def __str__(self) -> str:
        return self.told()

    def to_json(self) -> dict[str, Any]:
        """To be kept, and told later."""
        return {**super().to_json(), "several": self.several}


def so_many(count: int) -> Counted:
    """So many people."""
    return Counted("{n} person", "{n} people", count)


def _plain(fact: object) -> str | int | float | Sentence:
    if isinstance(fact, Sentence):
        return fact
    if isinstance(fact, Integral) and not isinstance(fact, bool):
        return int(fact)
    return (
        float(fact)
        if isinstance(fact, Real) and not isinstance(fact, bool) and math.isfinite(fact)
        else str(fact)
    )


def _told(fact: str | int | float | Sentence, translate: Translate, num: Number, several: Several) -> str:
    if isinstance(fact, str):
        return fact
    if isinstance(fact, Sentence):
        return fact.told(translate, num, several)
    text = str(fact) if isinstance(fact, int) else f"{fact:.{DIGITS}g}"
    return text if "e" in text else num(fact, len(text.partition(".")[2]))
