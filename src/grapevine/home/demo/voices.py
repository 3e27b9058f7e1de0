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
    native = lang == author.lang
    swaps = _SWAPS.get((lang, author.voice), {}) if native else {}
    if swaps:
        text = _WORD.sub(
            lambda m: swaps[m.group()] if m.group() in swaps and dice.chance(0.55) else m.group(), text
        )
    sayings = _SAYINGS.get((lang, author.voice), ()) if native else ()
    if sayings and dice.chance(0.16) and "http" not in text[-40:]:
        text = f"{text} {dice.pick(sayings)}"
    if author.voice == "young" and dice.chance(0.5):
        text = text[:1].lower() + text[1:] if not text[:2].isupper() else text
        text = text.rstrip(".")
    if author.voice == "old" and dice.chance(0.12):
        text = text.replace(". ", "... ")
    if dice.chance(author.typos):
        words = [
            word
            for word in _WORD.finditer(text)
            if len(word.group()) > 5 and word.group().islower() and word.group() not in _KEEP
        ]
        if words:
            word = dice.pick(words)
            text = text[: word.start()] + _typo(word.group(), dice) + text[word.end() :]
    if author.typos > 0.2 and dice.chance(0.75):
        if lang == "da":
            for letter, plain in _DANISH.items():
                text = text.replace(letter, plain)
        elif lang != "en":
            text = text.translate(_PLAIN)
    return text
