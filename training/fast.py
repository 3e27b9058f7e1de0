"""The fast tier's lessons and weights; see `__main__`."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from grapevine.engine.text import shelf
from grapevine.engine.text.reading import fast
from grapevine.engine.text.reading._features import NET
from training import learning, own, sets

BITS = 17
NAN = float("nan")
_LANGUAGE_GROUP = 2
_LEARNT_GROUP = 3  # and the numbers after it, one for each wish
GROUPS = np.array(
    [1] * 3
    + [0]
    + [-_LEARNT_GROUP - n for n in range(len(fast.LEARNT))]
    + [_LANGUAGE_GROUP] * len(fast.LANGUAGES),
    np.int64,
)

RATE, RATE_OF_MOODS = 0.1, 0.03
"""How far heads step. Those of moods have most to unlearn that is true of one set only; they do better with small steps."""

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


OWN = 1.0
"""How much a text of our own templates counts for the mood."""
SPAM_OFTEN = 0.35
"""How much all spam together counts beside all that is none."""
MOOD_AGAIN = 0.0
DRESSED = 0.5
"""The share of texts without a wish that is learnt from twice, the second time as a post may look."""

KINDS: dict[str, tuple[tuple[float, float, float] | None, str]] = {
    "complaint": ((0.9, 0.09, 0.01), "complains"),
    "question": ((0.06, 0.9, 0.04), ""),
    "reply": ((0.05, 0.8, 0.15), ""),
    "praise": ((0.02, 0.08, 0.9), ""),
    "news": ((0.03, 0.93, 0.04), ""),
    "idea": ((0.12, 0.74, 0.14), "idea"),
    "chat": (None, ""),
    "spam": ((0.03, 0.85, 0.12), "spam"),
}
"""What a kind of our own texts says: its mood, and what it is."""


@dataclass
class Lesson:
    """One text with what is known of it: answers by head, and how much each group of heads should heed it."""

    text: str
    lang: str
    answers: dict[int, float] = field(default_factory=dict)
    share: list[float] = field(default_factory=lambda: [0.0] * (_LEARNT_GROUP + len(fast.LEARNT)))


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
            if name in sets.WRONG:
                wrong = sets.went_wrong(row)
                _wish(lesson, "complains" if wrong else "", 0.5)
                if wrong or dice.random() < 0.25:
                    _tell(lesson, 0, (0.6, 0.37, 0.03) if wrong else (0.05, 0.9, 0.05), 1, 0.3)
            elif name in sets.REQUESTS and dice.random() < 0.25:
                _tell(lesson, 0, (0.1, 0.85, 0.05), 1, 0.3)
            if name in sets.LANGUAGE:
                _language(lesson, 0.3 if name.startswith(("en_", "xed_en")) else 1.0)
            if name in sets.NO_WISH:
                _wish(lesson, "", 0.3)
            if name in sets.SPAM:
                _tell(lesson, fast.SPAM, [float(row["label"] == "spam")], 0, sets.SPAM[name])
            elif name in sets.NO_SPAM:
                _tell(lesson, fast.SPAM, [0.0], 0, 0.5)
    for text, answer in (teacher or {}).items():
        if text in found:
            _heed(found[text], answer)
    # The same said to somebody, or with a link: neither makes a complaint, or spam, of it.
    reviews = _reviews(dice)
    plain = [one for one in found.values() if one.share[_LEARNT_GROUP] > 0 and dice.random() < DRESSED]
    return [
        *found.values(),
        *(_again(one, dice) for one in plain),
        *reviews,
    ]


def _again(lesson: Lesson, dice: random.Random) -> Lesson:
    """The lesson as a post may look; of mood and language it has been heeded already."""
    share = [
        MOOD_AGAIN * one if group in (1, _LANGUAGE_GROUP) else one for group, one in enumerate(lesson.share)
    ]
    return replace(lesson, text=own.dressed(lesson.text, dice, firms=0.1), share=share)


def _reviews(dice: random.Random) -> list[Lesson]:
    """Sentences of reviews whose words agree with the stars: what people tell of a firm that failed them, or did not."""
    pairs = [(part, row) for row in sets.rows("en_skytrax_recommend") for part in sets.told(row)]
    net = fast.features([part for part, _row in pairs], ["en"] * len(pairs), BITS)[2][:, NET]
    found = []
    for (part, row), feeling in zip(pairs, net.tolist(), strict=True):
        glad = row["label"] == "recommended"
        if feeling == 0 or (feeling > 0) != glad:
            continue
        lesson = Lesson(own.dressed(part, dice), "en")
        _tell(lesson, 0, (0.02, 0.1, 0.88) if glad else (0.88, 0.1, 0.02), 1, 0.6)
        _wish(lesson, "" if glad else "complains", 0.5)
        _tell(lesson, fast.SPAM, [0.0], 0, 0.5)
        found.append(lesson)
    return found


def _heed(lesson: Lesson, answer: tuple[float, float, float]) -> None:
    """Take in what the teacher says; where a set says the mood itself, the teacher softens it."""
    known = [lesson.answers.get(place) for place in range(3)]
    if known[0] is None:
        _tell(lesson, 0, answer, 1, 0.7)
        return
    mixed = [0.4 * float(k or 0) + 0.6 * a for k, a in zip(known, answer, strict=True)]
    _tell(lesson, 0, mixed, 1, max(lesson.share[1], 0.7))


def own_texts(say: Any = print) -> list[Lesson]:
    """Phrases of our own shelf, and texts of our own templates.

    Pairs of phrases teach languages, of Danish above all, of which there is little else that may be learnt from; those that show a wish teach the mood
    that goes with it, and the wish.
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
            for intent in dict.fromkeys(
                shelf.INTENTS[place] for place, weight, _asked in pack[phrase].wants if weight >= 3
            ):
                if left.get(intent, 0) > 0:
                    left[intent] -= 1
                    lesson = Lesson(_said(phrase), code)
                    _tell(lesson, 0, _MOODS[intent], 1, 1.0)
                    _wish(lesson, intent, 0.3)
                    found.append(lesson)
    for code in sorted(path.stem for path in own.FOLDER.glob("*.txt")):
        for kind, text in own.texts(code):
            found.append(
                _own(
                    kind,
                    own.dressed(
                        text, dice, links=kind != "spam", firms=0.1 if kind in ("chat", "spam") else 0.8
                    ),
                    code,
                )
            )
    found += _signs(dice)
    say(f"{len(found):,} texts of our own")
    return found


def _signs(dice: random.Random) -> list[Lesson]:
    """Emoji and smileys alone, one to three alike in feeling: glad or sad."""
    found = []
    marks = {word: entry.points for (word,), entry in shelf.signs().items() if abs(entry.points) >= 2}
    for glad in (True, False):
        alike = [word for word, points in marks.items() if (points > 0) == glad]
        for _ in range(150):
            lesson = Lesson(" ".join(dice.choices(alike, k=dice.randint(1, 3))), "en")
            _tell(lesson, 0, (0.03, 0.15, 0.82) if glad else (0.82, 0.15, 0.03), 1, OWN)
            _tell(lesson, fast.SPAM, [0.0], 0, 1.0)
            found.append(lesson)
    return found


def _own(kind: str, text: str, code: str) -> Lesson:
    mood, wish = KINDS[kind]
    lesson = Lesson(text, code)
    if mood:
        _tell(lesson, 0, mood, 1, OWN)
    _tell(lesson, fast.SPAM, [float(wish == "spam")], 0, 1.0)
    _wish(lesson, wish, 1.0)
    return lesson


def _wish(lesson: Lesson, wish: str, share: float) -> None:
    """Whether it is each of the wishes that have a head."""
    for place, name in enumerate(fast.LEARNT):
        _tell(lesson, fast.FIRST_LEARNT + place, [float(name == wish)], _LEARNT_GROUP + place, share)


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
    for place in range(len(fast.LEARNT)):
        said, column = answers[:, fast.FIRST_LEARNT + place], share[:, _LEARNT_GROUP + place]
        yes, no = said > 0.5, said <= 0.5  # neither where it is not said
        column[yes] *= 0.5 * column[no].sum() / max(float(column[yes].sum()), 1e-9)
    spam = answers[:, fast.SPAM]
    share[spam > 0.5, 0] *= SPAM_OFTEN * share[spam <= 0.5, 0].sum() / share[spam > 0.5, 0].sum()
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
        rates=np.where(GROUPS == 1, RATE_OF_MOODS, RATE).astype(np.float32),
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
