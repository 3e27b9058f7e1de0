"""Posts and watches to measure with: real posts where they lie beside the repository, made-up ones otherwise."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

BESIDE = Path(__file__).resolve().parents[1] / ".." / "shared" / "text"
SHORTEST, LONGEST = 60, 180
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Corpus:
    """Texts of about 110 bytes and where they come from."""

    texts: list[str]
    origin: str

    @property
    def mean_bytes(self) -> float:
        """Bytes of a text in UTF-8, on average."""
        return sum(len(text.encode()) for text in self.texts) / len(self.texts)


def posts(most: int) -> Corpus:
    """Up to `most` posts in an order that is the same every time."""
    found: list[str] = []
    for file in sorted(BESIDE.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            texts = (json.loads(line).get("text") or "" for line in lines)
            found += [text for text in texts if SHORTEST <= len(text) <= LONGEST]
    if not found:
        return Corpus(_made_up(most), "generated (skipped: no ../shared)")
    random.Random(1).shuffle(found)
    return Corpus(found[:most], f"real posts of {SHORTEST} to {LONGEST} characters in ten languages")


def _made_up(count: int) -> list[str]:
    """Posts of words drawn after Zipf's law from syllables, some with tags, handles and addresses."""
    rng = random.Random(2)
    syllables = [c + v + e for c in "bdfghjklmnprstv" for v in "aeiouyåäö" for e in ("", "n", "r", "s", "t")]
    words = ["".join(rng.choices(syllables, k=rng.choice((1, 2, 2, 3, 4)))) for _ in range(60_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    result = []
    for _ in range(count):
        drawn = rng.choices(words, weights, k=rng.randint(14, 24))
        if rng.random() < 0.2:
            drawn.append("#" + drawn[0])
        if rng.random() < 0.2:
            drawn.insert(0, "@" + drawn[1])
        if rng.random() < 0.1:
            drawn.append(f"https://{drawn[2]}.example/{drawn[3]}")
        result.append(" ".join(drawn)[:LONGEST])
    return result


class Watches:
    """Makes queries of realistic shape: 20 % NOT, 15 % NEAR, 15 % phrases, the rest ANDs, ORs, single words, stems, tags.

    Each is written around a post, whose rarest chosen word stands in at most `commonest` of all posts; that decides how many match.
    """

    def __init__(self, texts: list[str]) -> None:
        self.words = [_WORD.findall(text.lower()) for text in texts]
        self.counts = Counter(word for words in self.words for word in set(words))
        self.by_count = sorted(self.counts, key=lambda word: (-self.counts[word], word))
        self.total = len(texts)

    def make(self, count: int, commonest: float, seed: int = 5) -> list[str]:
        """So many different queries."""
        rng = random.Random(seed)
        # Very many watches are about things hardly anybody speaks of.
        rarest = 2 if commonest * self.total >= 4 else 1
        seen: dict[str, None] = {}
        while len(seen) < count:
            words = rng.choice(self.words)
            rare = [
                i for i, word in enumerate(words) if rarest <= self.counts[word] <= commonest * self.total
            ]
            if rare and len(words) >= 4:
                seen[self._one(words, rng.choice(rare), rng)] = None
        return list(seen)

    def _one(self, words: list[str], place: int, rng: random.Random) -> str:
        rare = words[place]
        other = rng.choice([word for word in words if word != rare] or [rare + "s"])
        common = self.by_count[min(int(rng.paretovariate(0.6) * 20), len(self.by_count) - 1)]
        chance = rng.random()
        if chance < 0.10:
            return f"{rare} -{common}"
        if chance < 0.20:
            return f"{rare} AND ({other} OR {common}) NOT {rng.choice(self.by_count[:2000])}"
        if chance < 0.35:
            return f"{rare} NEAR/{rng.choice((2, 3, 5, 8))} {other}"
        if chance < 0.50:
            start = max(0, min(place - rng.randint(0, 1), len(words) - 2))
            return (
                f'"{words[start]} {words[start + 1]}"'
                if rng.random() < 0.7
                else f'"{rare} {other}" OR {rare}{other}'
            )
        if chance < 0.65:
            return f"{rare} {other}"
        if chance < 0.85:
            third = rng.choice(self.by_count[:5000])
            return f"({rare} OR {rare}{rng.choice('sne')}) AND ({other} OR {third})"
        if chance < 0.92:
            return rare
        if chance < 0.96 and rare.isascii():
            return f"{rare[: max(4, len(rare) - 1)]}*"
        return f"#{rare} OR @{rare} OR {rare}{common}"
