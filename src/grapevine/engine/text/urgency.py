"""Whether a message can't wait, by its own words: somebody's health, haste, a time today. In Swedish, Danish, Dutch and English.

Rather too seldom than too often: what is always urgent is read by nobody. A denial beside a word ("det brådskar inte", "no rush") takes it back, and
a time on another day is no time today. Anger is no haste; `is_insult` tells a short text that scolds and asks for nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

Why = Literal["danger", "health", "haste", "deadline", ""]
"""In the order of what weighs most."""
LONGEST = 20_000
_ORDER: tuple[Why, ...] = ("danger", "health", "haste", "deadline")

_WORDS: dict[str, dict[str, str]] = {
    "sv": {
        "danger": r"(?:på|till|från|in på) akuten|akutmottagning\w*|ambulans\w*|anafyla\w*|allergisk (?:reaktion|chock)|allergichock|giftinformation\w*|"
        r"svårt att andas|kan inte andas|(?:satte|sätter) i halsen|fick en stöt|brann upp|började brinna",
        "health": r"\w*allergi(?:n|er|sk|skt|ska)?|(?:fick|fått|får|röda|kliande|av) utslag|utslag (?:på|över|i) \w+|matförgift\w*|kräk(?:s|tes|ts|ts|as)|brännskad\w*",
        "haste": r"brådskar|brådskande|bråttom|(?:det|läget|ärendet) är akut|skyndsamt|snarast(?: möjligt)?|omgående|så (?:fort|snart|snabbt) (?:som|ni) (?:möjligt|kan)|"
        r"(?:svara|skynda|hjälp) (?:fort|snabbt|er)",
        "deadline": r"(?:före|innan|senast|till) (?:kl\.?|klockan) ?\d{1,2}|(?:senast|före|innan) (?:i ?dag|i ?kväll|lunch|midnatt)|deadline (?:är )?(?:i ?dag|i ?kväll|kl)",
        "other_day": r"i ?morgon|imorron|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|nästa|i ?går",
        "denied": r"inte|ej|ingen|aldrig|inget",
        "insult": r"idiot\w*|jävla|jävlar|skit\w*|clowner?|pucko\w*|as|svin|sämst|sämsta",
    },
    "da": {
        "danger": r"skadestuen?|akutmodtagelse\w*|ambulance\w*|anafyla\w*|allergisk (?:reaktion|chok)|giftlinjen|svært ved at trække vejret|kan ikke trække vejret|"
        r"galt i halsen|fik stød|brød i brand",
        "health": r"\w*allergi(?:en|er|sk|ske)?|(?:fik|fået|får|rødt|kløende) udslæt|udslæt (?:på|over|i) \w+|madforgift\w*|kaste(?:de|r|t) op|forbrænding\w*",
        "haste": r"haster|hastesag\w*|skynd (?:dig|jer)|hurtigst muligt|snarest(?: muligt)?|omgående|(?:det|sagen) er akut|svar hurtigt|så hurtigt som muligt",
        "deadline": r"(?:før|inden|senest) (?:kl\.?|klokken) ?\d{1,2}|(?:senest|inden|før) (?:i dag|i aften|midnat|frokost)|deadline (?:er )?(?:i dag|i aften|kl)",
        "other_day": r"i ?morgen|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|næste|i ?går",
        "denied": r"ikke|ingen|aldrig|intet",
        "insult": r"idiot\w*|lorte\w*|lort|klovne?r?|svin|værste|elendig\w*|fandeme|satans",
    },
    "nl": {
        "danger": r"spoedeisende hulp|eerste hulp|(?-i:SEH)|ambulance\w*|anafyla\w*|allergische (?:reactie|shock)|gifcentrum|antigifcentrum|krijg\w* geen lucht|"
        r"niet meer ademen|bijna gestikt|kreeg een schok|vloog in brand",
        "health": r"\w*allergie(?:ën)?|allergisch|huiduitslag|(?:kreeg|krijgt|heeft|rode) uitslag|voedselvergiftiging|overgegeven|moest overgeven|brandwond\w*",
        "haste": r"dringend|met spoed|is spoed|zo (?:snel|spoedig) mogelijk|z\.?s\.?m\.?|(?:heb|heeft|hebben|grote) haast|is haast bij|per direct|reageer snel",
        "deadline": r"(?:voor|vóór|uiterlijk) \d{1,2}(?:[.:]\d\d)? ?uur|(?:voor|vóór|uiterlijk) (?:vandaag|vanavond|vanmiddag|middernacht)|deadline (?:is )?(?:vandaag|vanavond)",
        "other_day": r"morgen|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|volgende|gisteren",
        "denied": r"niet|geen|nooit",
        "insult": r"idioten?|klootzak\w*|prutsers?|sukkels?|kut\w*|rot\w*|slechtste|waardeloos",
    },
    "en": {
        "danger": r"emergency room|(?:in|to|at|from) (?:the )?(?-i:A&E|ER)|ambulance\w*|anaphyla\w*|allergic reaction|poison control|(?:can't|can’t|cannot|couldn't|couldn’t) breathe|"
        r"(?:choked|choking) on|electric shock|caught fire|epipen",
        "health": r"(?:\w+ )?allerg(?:y|ies|ic)|(?:a|got|has|have|red|itchy|in) rash|food poisoning|vomit(?:ed|ing)|threw up|(?:burned|burnt|scalded) (?:my|his|her|their)",
        "haste": r"urgent(?:ly)?|(?-i:ASAP|asap)|as soon as possible|time[- ](?:critical|sensitive)|in a hurry|reply (?:quickly|fast)|at once please",
        "deadline": r"(?:before|by) (?:\d{1,2}(?::\d\d)? ?(?:am|pm|o'clock|o’clock)|noon|midnight|(?:the )?end of (?:the )?(?:day|today)|close of business|tonight)|"
        r"(?:before|by) \d{1,2}:\d\d|deadline (?:is )?(?:today|tonight)|today at the latest",
        "other_day": r"tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next|yesterday",
        "denied": r"not|no|never|isn't|isn’t|nothing|without|n't|n’t",
        "insult": r"idiots?|clowns?|morons?|crap|shit\w*|fuck\w*|worst|pathetic",
    },
}
_MANY_WORDS = 12


def why(text: str, lang: str = "") -> Why:
    """Why a message can't wait; empty when nothing says so. Without a language that is on the shelf all are asked."""
    read = text[:LONGEST]
    codes = (lang,) if lang in _WORDS else tuple(_WORDS)
    for reason in _ORDER:
        if any(_says(read, code, reason) for code in codes):
            return reason
    return ""


def is_insult(text: str, lang: str = "") -> bool:
    """Whether a short text scolds, and neither asks nor tells of anything that could be mended."""
    if (
        len(text) > 200
        or "?" in text
        or any(one.isdigit() for one in text)
        or len(text.split()) > _MANY_WORDS
    ):
        return False
    codes = (lang,) if lang in _WORDS else tuple(_WORDS)
    return any(_form(code, "insult").search(text) for code in codes)


def _says(text: str, code: str, reason: str) -> bool:
    for match in _form(code, reason).finditer(text):
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 12]
        if reason == "deadline":
            around = text[max(0, match.start() - 24) : match.end() + 24]
            if not _form(code, "other_day").search(around):
                return True
        elif not (_near(code).search(before) or _after(code).match(after)):
            return True
    return False


@cache
def _form(code: str, name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_WORDS[code][name]})(?!\w)", re.IGNORECASE)


@cache
def _near(code: str) -> re.Pattern[str]:
    """A denial at most two words before."""
    return re.compile(rf"(?<!\w)(?:{_WORDS[code]['denied']})(?: [\w'’-]+){{0,2}} $", re.IGNORECASE)


@cache
def _after(code: str) -> re.Pattern[str]:
    return re.compile(rf" (?:alls |slet |helemaal )?(?:{_WORDS[code]['denied']})(?!\w)", re.IGNORECASE)
