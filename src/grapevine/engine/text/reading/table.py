"""The shelf of languages as the kernel's table."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text import shelf
from grapevine.engine.text.reading import _tokens, signs
from grapevine.engine.text.reading._features import NEGATOR
from grapevine.engine.text.reading._phrases import GOES_ON, WISHES, Shelf, fill, follow
from grapevine.engine.text.shelf import Entry

KEPT = Path(__file__).with_name("shelf.npz")


class _Words:
    """The tokens that words become when they are read, each word looked at once."""

    def __init__(self) -> None:
        self.signs, self.room = signs.tables(), _tokens.room(4096)
        self.marks, self.domains = _tokens.marks(), _tokens.domains()
        self.known: dict[str, list[tuple[int, int]]] = {
            name: [(hashed, hashed)] for name, hashed in _tokens.NAMED.items()
        }

    def of(self, phrase: tuple[str, ...]) -> list[tuple[int, int]]:
        """Hashes of the words as they are and without accents."""
        found: list[tuple[int, int]] = []
        for word in phrase:
            tokens = self.known.get(word)
            if tokens is None:
                tokens = self.known[word] = self._read(word)
            found += tokens
        return found

    def _read(self, word: str) -> list[tuple[int, int]]:
        codes = np.frombuffer(word.encode("utf-32-le"), np.uint32)
        count = _tokens.tokenise(codes, 0, len(codes), *self.signs, self.domains, self.marks, self.room)
        return list(zip(self.room.exact[:count].tolist(), self.room.bare[:count].tolist(), strict=True))


class _Builder:
    def __init__(self) -> None:
        self.keys: dict[int, int] = {}
        self.found: list[Entry] = []
        self.goes_on: list[bool] = []

    def add(self, salt: int, words: list[int], entry: Entry, *, alias: bool) -> None:
        key, number = salt, -1
        for place, word in enumerate(words):
            key = int(follow(np.uint64(key), np.uint64(word)))
            number = self.keys.get(key, -1)
            if number < 0:
                number = self.keys[key] = len(self.found)
                self.found.append(Entry())
                self.goes_on.append(False)
            if place < len(words) - 1:
                self.goes_on[number] = True
        mine = self.found[number]
        if alias and (mine.points or mine.does or mine.wants):
            return
        mine.points = entry.points or mine.points
        mine.does = mine.does | entry.does
        mine.wants = [*mine.wants, *(want for want in entry.wants if want not in mine.wants)]

    def rows(self, salts: list[int]) -> dict[str, NDArray[Any]]:
        """All entries as columns; see `Shelf`."""
        wants = [want for entry in self.found for want in entry.wants]
        return {
            "keys": np.fromiter(self.keys, np.uint64, len(self.keys)),  # in the order of their entries
            "points": np.array([round(entry.points * 10) for entry in self.found], np.int8),
            "does": np.array([sum(NEGATOR << bit for bit in entry.does) for entry in self.found], np.uint16),
            "goes_on": np.array(self.goes_on, np.bool_),
            "wants": np.cumsum([0, *(len(entry.wants) for entry in self.found)]).astype(np.int32),
            "intent": np.array([want[0] for want in wants], np.uint8),
            "weight": np.array([want[1] for want in wants], np.float32),
            "only_asked": np.array([want[2] for want in wants], np.bool_),
            "salts": np.array(salts, np.uint64),
        }


def build(codes: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """The rows of these languages, in their order, and of the signs. Takes seconds. Raises ShelfError."""
    builder, words = _Builder(), _Words()
    salts = [_tokens.hash_of(f"language {code}") for code in (*codes, "signs")]
    packs = [*(shelf.load(code) for code in codes), shelf.signs()]
    for salt, pack in zip(salts, packs, strict=True):
        pairs = [(words.of(phrase), entry) for phrase, entry in pack.items()]
        # Words are said as they are written first: one without its accents comes after and takes no other's place.
        for tokens, entry in pairs:
            if tokens:
                builder.add(salt, [exact for exact, _bare in tokens], entry, alias=False)
        for tokens, entry in pairs:
            plain = [bare for _exact, bare in tokens]
            if tokens and plain != [exact for exact, _bare in tokens]:
                builder.add(salt, plain, entry, alias=True)
    return builder.rows(salts)


def save() -> None:
    """Write the rows of the shelf as it is, for a quick start: after each change of the shelf."""
    rows: Any = build(shelf.languages())
    np.savez_compressed(KEPT, fingerprint=np.array(shelf.fingerprint()), **rows)


@cache
def table() -> Shelf:
    """The table of all languages of the shelf, in the order of `shelf.languages`. Raises ShelfError.

    Taken from the kept rows; where the shelf has changed since they were made, from the shelf itself, which takes seconds.
    """
    rows = None
    if KEPT.is_file():
        with np.load(KEPT) as kept:
            if str(kept["fingerprint"]) == shelf.fingerprint():
                rows = {name: kept[name] for name in kept.files if name != "fingerprint"}
    if rows is None:
        rows = build(shelf.languages())
    keys = rows.pop("keys")
    says = rows.pop("points").astype(np.int32) + 128 + (rows.pop("does").astype(np.int32) << 8)
    says += GOES_ON * rows.pop("goes_on") + WISHES * (np.diff(rows["wants"]) > 0)
    size = 1 << max(4, (len(keys) * 3 // 2).bit_length())
    places, entries, sieve = fill(keys, size)
    return Shelf(keys=places, entries=entries, sieve=sieve, says=says, **rows)
