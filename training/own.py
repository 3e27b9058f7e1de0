"""Texts of our own: what people write to firms stands in none of the sets that weights may be learnt from, so templates written for Grapevine say it.

`phrases/<language>.txt` holds lines “kind: template” with choices in brackets, and “{slot}: one | two” for words that may stand in a place.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).with_name("phrases")
EACH = 20
"""So many texts are made of each template."""
_CHOICE, _SLOT = re.compile(r"\(([^()]*)\)"), re.compile(r"\{(\w+)\}")
_PEOPLE = ("anna", "jonas_b", "mia1987", "kalle", "_sofie_", "petersen99")
_FIRMS = (
    "Brightline",
    "nordkaff_help",
    "AskTelvia",
    "kettleandco",
    "ZentroCare",
    "VoltraSupport",
    "Mobilux",
    "Parcelo",
)
_TAGS = ("#fail", "#news", "#travel", "#love", "#help", "#mobile", "#monday", "#music")


def texts(code: str, seed: int = 5) -> Iterator[tuple[str, str]]:
    """Pairs of kind and text, the same each time. Where a template has few forms, each comes once."""
    slots: dict[str, list[str]] = {}
    for line in (FOLDER / f"{code}.txt").read_text("utf-8").splitlines():
        name, colon, rest = line.partition(": ")
        if line.startswith("#") or not colon:
            continue
        if name.startswith("{"):
            slots[name.strip("{}")] = [one.strip() for one in rest.split("|")]
            continue
        dice = random.Random(f"{seed} {rest}")  # another line changes nothing of this one
        made = {_fill(rest, slots, dice) for _ in range(EACH)}
        for text in sorted(made):
            yield name, text


def dressed(text: str, dice: random.Random, *, links: bool = True, firms: float = 0.8) -> str:
    """The text as it might stand in a post: to somebody, with a tag, a link, in capitals, with a cry. What it means does not change.

    `firms` is how often it is said to a firm rather than to a person.
    """
    handles = _FIRMS if dice.random() < firms else _PEOPLE
    text = text.replace("<user>", "@" + dice.choice(handles)).replace("<num>", str(dice.randrange(2, 60)))
    if dice.random() < 0.5:
        text = text[:1].upper() + text[1:]
    if dice.random() < 0.03:
        text = text.upper()
    text += dice.choices(("", ".", "!", "...", "!!"), (50, 25, 10, 5, 4))[0]
    chance = dice.random()
    if chance < 0.45:
        text = f"@{dice.choice(handles)} {text}"
    elif chance < 0.55:
        text = f"{text} @{dice.choice(handles)}"
    if dice.random() < 0.1:
        text = f"{text} {dice.choice(_TAGS)}"
    chance = dice.random() if links else 1.0
    if chance < 0.2:
        text += f" https://t.co/{dice.randrange(16**8):08x}"
    elif chance < 0.26:
        text += dice.choice(
            (
                " http://www.brightline.com/news/12",
                " https://nordkaff.se/",
                " bit.ly/2aBc9",
                " https://youtu.be/a1B2c3",
                " www.telvia.dk/shop",
            )
        )
    return text


def _fill(template: str, slots: dict[str, list[str]], dice: random.Random) -> str:
    before = ""
    while before != template:
        before = template
        template = _CHOICE.sub(lambda found: dice.choice(found[1].split("|")), template)
        template = _SLOT.sub(lambda found: dice.choice(slots[found[1]]), template)
    return " ".join(template.split())
