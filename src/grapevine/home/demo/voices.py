"""How people write: the young, the old, the west coast, Jutland, Flanders, Northerners, and those who miss a key."""

from __future__ import annotations

import re

from grapevine.home.demo.dice import Dice
from grapevine.home.demo.shapes import Author

_SWAPS: dict[tuple[str, str], dict[str, str]] = {
    ("sv", "young"): {
        "jag": "ja",
        "och": "å",
        "är": "e",
        "det": "de",
        "något": "nåt",
        "mig": "mej",
        "också": "oxå",
    },
    ("sv", "old"): {"nån": "någon", "nåt": "något", "sen": "sedan", "ska": "skall"},
    ("sv", "west"): {"väl": "la", "roligt": "kul"},
    ("sv", "south"): {"mycket": "möed", "liten": "liden", "inget": "inged"},
    ("da", "young"): {"ikke": "ik", "også": "os", "det": "d", "jeg": "jg", "noget": "noet"},
    ("da", "jysk"): {"jeg": "a", "trist": "træls", "irriterende": "træls"},
    ("nl", "young"): {"even": "ff", "het": "t", "niet": "nie", "een": "n", "gewoon": "gwn"},
    ("nl", "vlaams"): {"leuk": "plezant", "mooi": "schoon", "fijn": "tof"},
    ("en", "young"): {"you": "u", "because": "cos", "really": "rly", "though": "tho", "please": "pls"},
    ("en", "north"): {"my": "me", "nothing": "nowt", "something": "summat", "anything": "owt"},
}
_SAYINGS: dict[tuple[str, str], tuple[str, ...]] = {
    ("sv", "west"): ("Gött.", "Alltså la.", "Ja du.", "Gôrgôtt."),
    ("sv", "south"): ("Jao.", "Sådär va.", "Jahapp.", "Skit samma."),
    ("sv", "old"): ("Med vänlig hälsning.", "Allt gott.", "Hälsningar."),
    ("sv", "young"): ("lol", "asså", "typ så", "haha"),
    ("da", "jysk"): ("Det er så det.", "Ikke så ringe endda.", "Nå da.", "Det skal nok gå."),
    ("da", "young"): ("haha", "altså", "ik?", "sygt"),
    ("da", "old"): ("Med venlig hilsen.", "De bedste hilsner."),
    ("nl", "vlaams"): ("Amai.", "Allez.", "Goesting!", "Zeg nu zelf."),
    ("nl", "young"): ("lol", "echt waar", "serieus", "hahaha"),
    ("nl", "old"): ("Met vriendelijke groet.", "Hartelijke groet."),
    ("en", "north"): ("Champion.", "Ey up.", "Sorted.", "There you go."),
    ("en", "young"): ("lol", "honestly", "ngl", "haha"),
    ("en", "old"): ("Kind regards.", "Best wishes."),
}
_PLAIN = str.maketrans(
    {"å": "a", "ä": "a", "ö": "o", "Å": "A", "Ä": "A", "Ö": "O", "é": "e", "ë": "e", "ï": "i"}
)
_DANISH = {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"}
_WORD = re.compile(r"(?<![\w@#/.])[A-Za-zÀ-ÿ]+(?![\w@/])")
_KEEP = frozenset("hassel hassels kobbe kvarn kobbes dagkop dagkops kaffe koffie coffee".split())


def _typo(word: str, dice: Dice) -> str:
    at = dice.whole(1, len(word) - 3)
    way = dice.whole(0, 2)
    if way == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if way == 1:
        return word[:at] + word[at + 1 :]
    return word[: at + 1] + word[at:]


def speak(text: str, author: Author, dice: Dice, *, lang: str, careful: bool = False) -> str:
    """`text` as this author would type it in `lang`. `careful` leaves every word as it is (articles, officials).

    Links, hashtags, handles and the brands' names stay readable.
    """
    if careful:
        return text
    if lang == author.lang:
        text = _dialect(text, author, dice)
    if author.voice == "young" and dice.chance(0.5):
        text = text[:1].lower() + text[1:] if not text[:2].isupper() else text
        text = text.rstrip(".")
    if author.voice == "old" and dice.chance(0.07):
        text = text.replace(". ", "... ")
    if dice.chance(author.typos):
        text = _slip(text, dice)
    if author.typos > 0.2 and dice.chance(0.75):
        text = _without_accents(text, lang)
    return text


def _dialect(text: str, author: Author, dice: Dice) -> str:
    """Words as they are said there, now and then a saying at the end."""
    swaps = _SWAPS.get((author.lang, author.voice), {})
    if swaps:
        text = _WORD.sub(lambda m: swaps[m[0]] if m[0] in swaps and dice.chance(0.55) else m[0], text)
    sayings = _SAYINGS.get((author.lang, author.voice), ())
    if sayings and dice.chance(0.12) and "http" not in text[-40:]:
        text = f"{text} {dice.pick(sayings)}"
    return text


def _slip(text: str, dice: Dice) -> str:
    """One word mistyped, if there is one long enough."""
    words = [m for m in _WORD.finditer(text) if len(m[0]) > 5 and m[0].islower() and m[0] not in _KEEP]
    if not words:
        return text
    word = dice.pick(words)
    return text[: word.start()] + _typo(word[0], dice) + text[word.end() :]


def _without_accents(text: str, lang: str) -> str:
    """As typed on a keyboard that lacks the letters."""
    if lang == "da":
        for letter, plain in _DANISH.items():
            text = text.replace(letter, plain)
        return text
    return text.translate(_PLAIN) if lang != "en" else text
