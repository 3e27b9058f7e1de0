"""The deep tier's head, and what it teaches the fast tier; see `__main__`."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text.reading import deep, fast
from training import networks, own, sets
from training.fast import BITS, KINDS

Array = NDArray[np.float32]
MOST = {"sib200_topics": 2500, "en_banking77": 700, "en_clinc150": 900}
"""Of sets that only the fast tier learns from so many texts are encoded: an encoder reads hundreds of texts a second."""
COUNTED = {"en_goemotions": 9000, "xed_en": 3000, "xed_no": 1200, "xed_de": 1500, "own": 4000}
"""A larger set counts for no more than so many texts."""
OWN = 1.0
"""How much a text of our own templates counts."""
MORE = {"en_goemotions": 2.0}
"""Sets of which the head may take more than the fast tier does."""


def vectors(name: str, rows: Sequence[dict[str, Any]], kept: Path, say: Any = print) -> Array:
    """The vectors of a set's texts; kept in a file, since making them takes long."""
    texts = [str(row["text"]) for row in rows]
    print_ = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
    path = kept / f"{name}-{print_}.npy"
    if not path.exists():
        say(f"encoding {len(texts):,} texts of {name}")
        kept.mkdir(parents=True, exist_ok=True)
        np.save(path, deep.encoder().encode(texts).astype(np.float16))
    found: Array = np.load(path).astype(np.float32)
    return found


def own_rows() -> list[dict[str, Any]]:
    """The texts of our own that have a mood, as rows of a set."""
    return [
        {"id": text, "text": own.dressed(text, random.Random(text)), "lang": code, "mood": mood}
        for code in sorted(path.stem for path in own.FOLDER.glob("*.txt"))
        for kind, text in own.texts(code)
        if (mood := KINDS[kind][0])
    ]


def some(name: str) -> list[dict[str, Any]]:
    """The rows of a set, cut to MOST by the hash of their id."""
    there = own_rows() if name == "own" else sets.rows(name)
    rows = sorted(there, key=lambda row: hashlib.sha256(str(row["id"]).encode()).digest())
    return rows[: MOST.get(name, len(rows))]


def facts(rows: Sequence[dict[str, Any]]) -> Array:
    """The facts of texts whose language is known."""
    return fast.features([str(row["text"]) for row in rows], [str(row["lang"]) for row in rows], BITS)[2]


def learn(kept: Path, say: Any = print) -> deep.Head:
    """The head, from all sets with moods; every mood counts alike."""
    seen, told, answers, share = [], [], [], []
    for name, weight in {**sets.SENTIMENT, "own": OWN}.items():
        rows = some(name)
        there = vectors(name, rows, kept, say)
        moods = [row["mood"] if name == "own" else sets.mood(row) for row in rows]
        use = [place for place, mood in enumerate(moods) if mood is not None]
        seen.append(there[use])
        told.append(facts([rows[place] for place in use]))
        answers += [moods[place] for place in use]
        counted = min(1.0, COUNTED.get(name, len(rows)) / len(rows))
        share += [weight * MORE.get(name, 1.0) * counted] * len(use)
    x, f = np.concatenate(seen), np.concatenate(told)
    y, w = np.array(answers, np.float32), np.array(share, np.float32)
    middle, spread = x.mean(0), f.std(0) + np.float32(0.05)
    w = w * (y / ((y * w[:, None]).sum(0) / w.sum())).sum(1)
    say(f"learning the head from {len(y):,} texts")
    made = networks.fit(deep.inputs(x, f, middle, spread), y, w)
    # Rounded, so that what follows does not depend on how a machine adds up.
    found = (made.within, made.bias, made.out, made.straight, made.end, middle, spread)
    return deep.Head(*(one.astype(np.float16).astype(np.float32) for one in found))


def teach(head: deep.Head, kept: Path, say: Any = print) -> dict[str, tuple[float, float, float]]:
    """The moods that the head finds in texts of all sets, by text: what the fast tier learns beside the sets' own answers."""
    found = {}
    for name in dict.fromkeys((*sets.SENTIMENT, "sib200_topics", *sets.REQUESTS, "en_youtube_spam")):
        rows = some(name)
        for row, mood in zip(
            rows, head.moods(vectors(name, rows, kept, say), facts(rows)).tolist(), strict=True
        ):
            found[str(row["text"])] = (mood[0], mood[1], mood[2])
    return found


def save(head: deep.Head, path: Path) -> None:
    """Write the head as it ships."""
    np.savez_compressed(path, **{name: value.astype(np.float16) for name, value in vars(head).items()})
