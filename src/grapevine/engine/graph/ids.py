"""Whose name stands behind a number: people are 0 … n−1 inside, and bear the ids they came with outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np

from grapevine.engine.graph.errors import GraphError
from grapevine.engine.graph.sentences import Sentence

Id = int | str
SHOWN = 5


class Ids:
    """The ids of the people of a graph, in the order of their inner numbers. Whole numbers are kept in an array, or not at all when
    they are 0 … n−1; texts in a tuple."""

    def __init__(self, kept: Any, count: int) -> None:
        self._kept = kept
        self._count = count
        self._numbers: dict[Id, int] | None = None

    @classmethod
    def plain(cls, count: int) -> Ids:
        """0 … count−1."""
        return cls(None, count)

    @classmethod
    def of_numbers(cls, numbers: Any) -> Ids:
        """Ascending whole numbers, each once."""
        numbers = np.asarray(numbers, np.int64)
        count = numbers.size
        if count == 0 or (numbers[0] == 0 and numbers[-1] == count - 1):
            return cls.plain(count)
        return cls(numbers, count)

    @classmethod
    def of_texts(cls, texts: Sequence[Id]) -> Ids:
        """Any ids, each once."""
        return cls(tuple(texts), len(texts))

    def __len__(self) -> int:
        return self._count

    @property
    def are_plain(self) -> bool:
        """Whether a person's id is the inner number."""
        return self._kept is None

    @property
    def kept(self) -> Any:
        """None, an array of whole numbers or a tuple, for saving."""
        return self._kept

    def of(self, number: int) -> Id:
        """The id of a person by inner number."""
        if not 0 <= number < self._count:
            raise IndexError(number)
        if self._kept is None:
            return int(number)
        found = self._kept[number]
        return int(found) if isinstance(self._kept, np.ndarray) else found

    def of_many(self, numbers: Iterable[int]) -> list[Id]:
        """The ids of several people."""
        return [self.of(int(number)) for number in numbers]

    def number(self, id: Id) -> int | None:
        """The inner number of an id; None when nobody has it. An id read from text matches the number it writes."""
        if isinstance(id, bool):
            return None
        if isinstance(self._kept, tuple):
            if self._numbers is None:
                self._numbers = {one: at for at, one in enumerate(self._kept)}
            found = self._numbers.get(id)
            return self._numbers.get(str(id)) if found is None and isinstance(id, int) else found
        if isinstance(id, str):
            if not is_whole(id):
                return None
            id = int(id)
        if self._kept is None:
            return id if 0 <= id < self._count else None
        if not -(2**63) <= id < 2**63:
            return None
        at = int(np.searchsorted(self._kept, id))
        return at if at < self._count and self._kept[at] == id else None

    def numbers(self, ids: Iterable[Id], *, what: Literal["people", "seeds"] = "people") -> Any:
        """The inner numbers of ids, in their order. Raises GraphError that names those who are not there."""
        given = list(ids)
        found = [self.number(id) for id in given]
        missing = [id for id, number in zip(given, found, strict=True) if number is None]
        if missing:
            first, more = ", ".join(str(id) for id in missing[:SHOWN]), len(missing) - SHOWN
            named = Sentence("{ids} and {more} more", ids=first, more=more) if more > 0 else first
            if what == "seeds":
                raise GraphError("These seeds are not in the network: {ids}.", ids=named)
            raise GraphError("These people are not in the network: {ids}.", ids=named)
        return np.array(found, np.int64)


def is_whole(text: str) -> bool:
    """Whether a text is a whole number as we would write it ourselves: `7`, `-3`; not `07`, `+7`, `7.0`."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and (text == "0" or digits[0] != "0")
