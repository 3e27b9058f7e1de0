"""What a connection test or a look at a file found, as a code with values: said in English here, translated in the rooms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

Value = str | int | date
Says = Mapping[str, str | tuple[str, str]]
"""By code the English source sentence with named parameters; where a number decides, the sentence for one `{count}` and the one
for any other."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was found. `sentence` is the English source sentence (of one, where there is a `many`), `params` fill it in.

    Whoever translates looks `sentence` (and `many`) up; `str()` is the English.
    """

    code: str
    sentence: str
    many: str = ""
    params: dict[str, Value] = {}

    def __str__(self) -> str:
        chosen = self.many if self.many and self.params.get("count") != 1 else self.sentence
        return chosen.format(**{name: _english(value) for name, value in self.params.items()})


def made(says: Says, code: str, **params: Value) -> Finding:
    """The finding of that code, with its sentence as `says` has it. Raises KeyError for a code without a sentence."""
    said = says[code]
    one, many = (said, "") if isinstance(said, str) else said
    return Finding(code=code, sentence=one, many=many, params=params)


def _english(value: Value) -> Value:
    return f"{value.day} {value:%B} {value.year}" if isinstance(value, date) else value
