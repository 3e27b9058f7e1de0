"""Everybody there is, as numbers: who stands behind an author's id or a handle, without asking the database for each post."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grapevine.people.selectors import every

AT_ONCE = 20_000


@dataclass(frozen=True, eq=False)
class Everybody:
    """People by number: identities joined to one person are one. `identity` is the first of theirs, `followers` the most they have on any
    platform (−1: unknown).

    Authors and handles are found by a 64-bit hash, keyed by this process: a million names take 12 MB, and that two of five million are
    taken for one another happens once in a million networks.
    """

    identity: Any
    followers: Any
    _keys: Any
    _of_keys: Any
    _handles: Any
    _of_handles: Any
    _ids: Any
    _of_ids: Any

    def __len__(self) -> int:
        return int(self.identity.size)

    def others(self, chosen: Any) -> tuple[Any, Any]:
        """The identities that were joined to somebody of the chosen (ascending numbers) beside the first of theirs, with the place of that person
        among the chosen."""
        place = np.minimum(np.searchsorted(chosen, self._of_ids), max(0, chosen.size - 1))
        further = self._ids != self.identity[self._of_ids]
        if chosen.size:
            further &= chosen[place] == self._of_ids
        return self._ids[further], place[further]

    def authors(self, pairs: Iterable[tuple[str, str]]) -> Any:
        """The people behind (platform, author's id); −1 where nobody is known."""
        return _found(self._keys, self._of_keys, [hash(pair) for pair in pairs])

    def handles(self, pairs: Iterable[tuple[str, str]]) -> Any:
        """The people behind (platform, handle); −1 where nobody is known, or several are called so."""
        return _found(self._handles, self._of_handles, [_called(*pair) for pair in pairs])

    def identities(self, ids: Sequence[int]) -> Any:
        """The people behind identities; −1 where there is none."""
        return _found(self._ids, self._of_ids, ids)


def everybody(said: Callable[[int], None] = lambda count: None) -> Everybody:
    """Read all identities; `said` is told how many were read so far."""
    ids, keys, handles, followers, persons = _read(said)
    # Who was joined to a person goes by that person, everybody else by themselves.
    whose = np.where(persons > 0, -persons, ids)
    _, first, number = np.unique(whose, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    place = np.empty(order.size, np.int64)
    place[order] = np.arange(order.size)
    number = place[number] if ids.size else np.zeros(0, np.int64)
    most = np.full(order.size, -1, np.int64)
    np.maximum.at(most, number, followers)
    return Everybody(
        ids[first[order]] if ids.size else ids,
        most,
        *_sorted(keys, number),
        *_without_doubles(*_sorted(handles, number)),
        *_sorted(ids, number),
    )


def _read(said: Callable[[int], None]) -> tuple[Any, ...]:
    parts: list[tuple[Any, ...]] = []
    last = count = 0
    while found := every.after(last, limit=AT_ONCE):
        last = found[-1].id
        count += len(found)
        parts.append(
            (
                np.array([one.id for one in found], np.int64),
                np.array([hash((one.platform, one.external_id)) for one in found], np.int64),
                np.array([_called(one.platform, one.handle) for one in found], np.int64),
                np.array([-1 if one.followers is None else one.followers for one in found], np.int64),
                np.array([one.person_id or 0 for one in found], np.int64),
            )
        )
        said(count)
    if not parts:
        return tuple(np.zeros(0, np.int64) for _ in range(5))
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))


def _called(platform: str, handle: str) -> int:
    return hash((platform, handle.strip().removeprefix("@").casefold()))


def _sorted(keys: Any, numbers: Any) -> tuple[Any, Any]:
    order = np.argsort(keys, kind="stable")
    return keys[order], numbers[order].astype(np.int32)


def _without_doubles(keys: Any, numbers: Any) -> tuple[Any, Any]:
    """Without the names that several people have: a naming of one of them says nothing of which."""
    if not keys.size:
        return keys, numbers
    same = keys[1:] == keys[:-1]
    other = same & (numbers[1:] != numbers[:-1])
    doubled = np.isin(keys, keys[1:][other])
    return keys[~doubled], numbers[~doubled]


def _found(keys: Any, numbers: Any, wanted: Sequence[int]) -> Any:
    looked_for = np.array(wanted, np.int64)
    if not keys.size or not looked_for.size:
        return np.full(looked_for.size, -1, np.int64)
    at = np.minimum(np.searchsorted(keys, looked_for), keys.size - 1)
    return np.where(keys[at] == looked_for, numbers[at], -1).astype(np.int64)
