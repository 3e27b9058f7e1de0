"""The fast tier's lessons and weights; see `__main__`."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from grapevine.engine.text import shelf
from grapevine.engine.text.reading import fast
from training import learning, sets

BITS = 17
NAN = float("nan")
_LANGUAGE_GROUP = 2
GROUPS = np.array([1] * 3 + [0] + [_LANGUAGE_GROUP] * len(fast.LANGUAGES), np.int64)


_MOODS = {
    "complains": (0.85, 0.13, 0.02),
    "leaves": (0.75, 0.23, 0.02),
    "asks_help": (0.5, 0.46, 0.04),
    "asks_information": (0.08, 0.87, 0.05),
    "job": (0.05, 0.9, 0.05),
    "idea": (0.15, 0.75, 0.1),
    "buys": (0.05, 0.65, 0.3),
    "thanks": (0.05, 0.35, 0.6),
    "recommends": (0.04, 0.16, 0.8),
    "praises": (0.03, 0.12, 0.85),
}
"""How people mostly feel who say what they want: negative, neutral, positive."""


@dataclass
class Lesson:
    """One text with what is known of it: answers by head, and how much each group of heads should heed it."""

    text: str
    lang: str
    answers: dict[int, float] = field(default_factory=dict)
    share: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])


def _tell(lesson: Lesson, first: int, answer: Any, group: int, share: float) -> None:
    for place, value in enumerate(answer):
        lesson.answers[first + place] = value
    lesson.share[group] = share


def _language(lesson: Lesson, share: float = 1.0) -> None:
    if lesson.lang in fast.LANGUAGES:
        answer = [float(code == lesson.lang) for code in fast.LANGUAGES]
        _tell(lesson, fast.FIRST_LANGUAGE, answer, _LANGUAGE_GROUP, share)


def lessons(teacher: dict[str, tuple[float, float, float]] | None = None) -> list[Lesson]:
    """All that may be learnt from. `teacher`: moods that the deep tier found, by text, for texts of these sets."""
    found: dict[str, Lesson] = {}
    dice = random.Random(3)
    for name in dict.fromkeys((*sets.SENTIMENT, *sets.LANGUAGE, *sets.REQUESTS, *sets.SPAM)):
        for row in sets.rows(name):
            lesson = found.setdefault(row["text"], Lesson(row["text"], str(row["lang"])))
            if name in sets.SENTIMENT and (answer := sets.mood(row)):
                _tell(lesson, 0, answer, 1, sets.SENTIMENT[name])
            if name in sets.REQUESTS and dice.random() < 0.25:
                _tell(lesson, 0, (0.1, 0.85, 0.05), 1, 0.3)
            if name in sets.LANGUAGE:
                _language(lesson, 0.3 if name.startswith(("en_", "xed_en")) else 1.0)
            if name in sets.SPAM:
                _tell(lesson, fast.SPAM, [float(row["label"] == "spam")], 0, sets.SPAM[name])
            elif name in sets.NO_SPAM:
                _tell(lesson, fast.SPAM, [0.0], 0, 0.5)
    for text, answer in (teacher or {}).items():
        if text in found:
            _heed(found[text], answer)
    return list(found.values())


def _heed(lesson: Lesson, answer: tuple[float, float, float]) -> None:
    """Take in what the teacher says; where a set says the mood itself, the teacher softens it."""
    known = [lesson.answers.get(place) for place in range(3)]
    if known[0] is None:
        _tell(lesson, 0, answer, 1, 0.7)
        return
    mixed = [0.4 * float(k or 0) + 0.6 * a for k, a in zip(known, answer, strict=True)]
    _tell(lesson, 0, mixed, 1, max(lesson.share[1], 0.7))


def own_texts(say: Any = print) -> list[Lesson]:
    """Phrases of our own shelf. Pairs of them teach languages, of Danish above all, of which there is little else that may be learnt from; phrases
    that show a wish teach the mood that goes with it: what customers say to firms stands in none of the free sets.
    """
    found = []
    dice = random.Random(4)
    for code in shelf.languages():
        pack = shelf.load(code)
        phrases = list(pack)
        dice.shuffle(phrases)
        for place in range(0, 2 * 1200, 2):
            lesson = Lesson(_said(phrases[place] + phrases[place + 1]), code)
            _language(lesson, 0.3)
            found.append(lesson)
        left = dict.fromkeys(_MOODS, 800)
        for phrase in phrases:
            for intent in {
                shelf.INTENTS[place] for place, weight, _asked in pack[phrase].wants if weight >= 3
            }:
                if left.get(intent, 0) > 0:
                    left[intent] -= 1
                    lesson = Lesson(_said(phrase), code)
                    _tell(lesson, 0, _MOODS[intent], 1, 1.0)
                    found.append(lesson)
    say(f"{len(found):,} texts of our own")
    return found


def _said(words: tuple[str, ...]) -> str:
    signs = {"<user>": "@anna", "<num>": "12", "<link>": "https://example.org"}
    return " ".join(signs.get(word, word) for word in words)


def balance(found: list[Lesson], share: np.ndarray, answers: np.ndarray) -> None:
    """Let each language and each mood count alike, however many texts there are of it; films and forums no more than others."""
    count = Counter(one.lang for one in found if one.share[_LANGUAGE_GROUP] > 0)
    for row, one in enumerate(found):
        if one.share[_LANGUAGE_GROUP] > 0:
            share[row, _LANGUAGE_GROUP] = (
                3000 / count[one.lang] * (1.0 if one.share[_LANGUAGE_GROUP] > 0.3 else 0.6)
            )
    told = ~np.isnan(answers[:, 0])
    moods = answers[told, :3]
    often = (moods * share[told, 1:2]).sum(0) / share[told, 1].sum()
    share[told, 1] *= (moods / often).sum(1)


def learn(found: list[Lesson], say: Any = print, epochs: int = 5) -> fast.Model:
    """The model that these lessons give."""
    buckets, ends, facts = fast.features([one.text for one in found], [one.lang for one in found], BITS)
    answers = np.full((len(found), len(fast.HEADS)), NAN, np.float32)
    for row, lesson in enumerate(found):
        for head, answer in lesson.answers.items():
            answers[row, head] = answer
    share = np.array([one.share for one in found], np.float32)
    balance(found, share, answers)
    say(f"{len(found):,} texts, {len(buckets):,} n-grams")
    weights = learning.learn(
        buckets,
        ends,
        facts,
        answers,
        GROUPS,
        share,
        bits=BITS,
        epochs=epochs,
        told=fast.FIRST_LANGUAGE,
        say=say,
    )
    return quantised(weights)


def quantised(weights: learning.Weights) -> fast.Model:
    """The table in whole numbers from -127 to 127, each head on its own scale."""
    most = np.maximum(np.quantile(np.abs(weights.table), 0.9999, axis=0), 1e-6)
    scale = (most / 127).astype(np.float32)
    table = np.clip(np.rint(weights.table / scale), -127, 127).astype(np.int8)
    return fast.Model(BITS, table, scale, weights.facts, weights.bias)


def save(model: fast.Model, path: Path) -> None:
    """Write the model as it ships."""
    np.savez_compressed(
        path, bits=model.bits, table=model.table, scale=model.scale, facts=model.facts, bias=model.bias
    )
