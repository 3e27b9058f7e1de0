"""The mood of each name in a text that has several: "Nordkaff is great, Havre & Hav never again".

The text is cut into clauses at the ends of sentences, at commas and dashes, and before words of contrast ("but", "while"); what is said in a clause is
said of the names in it, and where it has none, of those before it. Two names in one clause are compared ("better than"), changed ("from … to …"),
joined ("… and …"), or each has its own half. The halves are read by the fast tier in the language of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from grapevine.engine.text import reading, shelf
from grapevine.engine.text.reading import fast
from grapevine.engine.text.reading._features import GLAD, NOT_GLAD, NOT_SAD, SAD

Spans = Mapping[str, Sequence[tuple[int, int]]]
Place = tuple[int, int, str]  # where a name stands, and which

MOST = 24
"""So many places of names are looked at. What names more is a list, and its mood is that of the whole."""


@dataclass(frozen=True)
class Mood:
    """What is felt about one name. `p`: negative, neutral, positive; `sure` as in `Reading`."""

    sentiment: str
    p: tuple[float, float, float]
    sure: bool


def about(text: str, spans: Spans) -> dict[str, Mood]:
    """The mood of each name. `spans` holds the places (begin, end) where it stands in the text, by name."""
    return about_many([(text, spans)])[0]


def about_many(posts: Sequence[tuple[str, Spans]]) -> list[dict[str, Mood]]:
    """`about` for several texts at a time."""
    whole = reading.batch([text for text, _spans in posts])
    codes = (*fast.LANGUAGES, "")
    parts: list[str] = []
    languages: list[str] = []
    plans: list[dict[str, _Share]] = []
    for row, (text, spans) in enumerate(posts):
        code = codes[whole.langs[row]]
        plan = _plan(text, spans, code) if _is_cut(spans, code) else {}
        for name, share in plan.items():
            if share.text is not None:
                plan[name] = _Share(share.text, len(parts), share.turned, share.given)
                parts.append(_nameless(share.text, text, spans, code))
                languages.append(code)
        plans.append(plan)
    read = _moods(parts, languages)
    found = []
    for row, (plan, (_text, spans)) in enumerate(zip(plans, posts, strict=True)):
        ironic = bool(whole.ironic[row])
        moods = {}
        for name in spans:
            mine = plan.get(name)
            if mine is None:
                p = whole.moods[row]
            elif mine.given is not None:
                p = mine.given
            else:
                p = read[mine.row]
                p = p[::-1] * np.float32(0.7) + np.array([0, 0.3, 0], np.float32) if mine.turned else p
            sure = bool(p.max() >= reading.SURE) and not ironic and whole.langs[row] >= 0
            moods[name] = Mood(reading.MOODS[int(p.argmax())], (float(p[0]), float(p[1]), float(p[2])), sure)
        found.append(moods)
    return found


def _is_cut(spans: Spans, code: str) -> bool:
    """Whether names may have moods of their own: there are several, but not too many, in a language whose words of comparison are known."""
    if len(spans) < 2 or sum(map(len, spans.values())) > MOST:
        return False
    tables: tuple[Mapping[str, object], ...] = (_IT, _THAN, _BETTER, _CHANGE, _AND)
    return code in shelf.languages() and all(code in table for table in tables)


_IT = {"en": "it", "sv": "den", "da": "den", "nl": "het"}


def _nameless(part: str, text: str, spans: Spans, code: str) -> str:
    """The part with a small word for each name, whose letters have no mood ("Brightline" is not bright)."""
    names = {text[begin:end] for all_ in spans.values() for begin, end in all_}
    for name in sorted(names - {""}, key=len, reverse=True):
        part = part.replace(name, _IT[code])
    return part


@dataclass(frozen=True)
class _Share:
    """What is said of a name: a text, read as `row`, whose mood may be turned; or a mood that is given by how it is said."""

    text: str | None
    row: int = -1
    turned: bool = False
    given: NDArray[np.float32] | None = None


LEFT = np.array([0.62, 0.33, 0.05], np.float32)
"""What is felt about what people change from, or call worse; the other way round, about the other one."""

_ENDS = re.compile(r"[.!?…]+(?=\s|$)|[\n;]+|(?<=\s)[-–—]+(?=\s)")
_THAN = {
    "en": r"(?:than|over|instead of|rather than|compared to|unlike)",
    "sv": r"(?:än|framför|i stället för|istället för|jämfört med|till skillnad från)",
    "da": r"(?:end|frem for|fremfor|i stedet for|sammenlignet med|i modsætning til|modsat)",
    "nl": r"(?:dan|boven|in plaats van|ipv|vergeleken met|in tegenstelling tot)",
}
_BETTER = {
    "en": (
        r"better|cheaper|nicer|faster|tastier|easier|friendlier|prefer\w*|rather",
        r"worse|slower|pricier|ruder|more expensive",
    ),
    "sv": (
        r"bättre|billigare|trevligare|snabbare|godare|enklare|hellre|föredrar",
        r"sämre|långsammare|dyrare|krångligare|otrevligare",
    ),
    "da": (
        r"bedre|billigere|rarere|hurtigere|lækrere|nemmere|hellere|foretrækker",
        r"dårligere|værre|langsommere|dyrere",
    ),
    "nl": (r"beter|goedkoper|leuker|sneller|lekkerder|makkelijker|liever", r"slechter|erger|trager|duurder"),
}
_NOT = r"\b(?:not|no|isn't|never|inte|ej|ikke|niet|geen)\b"
_CHANGE = {
    "en": (r"\b(?:switch\w*|mov\w+|chang\w+|went|going|came|coming|upgrad\w+|migrat\w+)\b", r"from", r"to"),
    "sv": (r"\b(?:byt\w+|gick|gått|går|flytta\w*|hoppa\w*)\b", r"från", r"till"),
    "da": (r"\b(?:skift\w+|gik|gået|går|flytte\w*)\b", r"fra", r"til"),
    "nl": (
        r"\b(?:overgestapt|overstap\w*|stap\w*|switch\w*|gewisseld|ging\w*|gegaan|verhuis\w*)\b",
        r"van",
        r"naar",
    ),
}
_AND = {"en": "and|or|plus|with", "sv": "och|eller|samt|o", "da": "og|eller|samt", "nl": "en|of"}


def _plan(text: str, spans: Spans, code: str) -> dict[str, _Share]:
    """What of a text is said of each name."""
    places = sorted((begin, end, name) for name, all_ in spans.items() for begin, end in all_)
    said: dict[str, list[str]] = {name: [] for name in spans}
    special: dict[str, _Share] = {}
    last: list[str] = []
    waiting: list[str] = []
    for clauses in _sentences(text, code, places):
        for begin, end in clauses:
            here = [place for place in places if begin <= place[0] < end]
            part = text[begin:end].strip(" ,:;")
            names = list(dict.fromkeys(place[2] for place in here))
            if not names:
                for name in last:
                    said[name].append(part)
                if not last:
                    waiting.append(part)
                continue
            halves = {names[0]: part} if len(names) == 1 else _halves(text, begin, end, here, code, special)
            for name, half in halves.items():
                said[name] += [*waiting, half]
            waiting, last = [], list(halves) or names
    return {
        name: special.get(name) or _Share(" . ".join(parts))
        for name, parts in said.items()
        if parts or name in special
    }


def _sentences(text: str, code: str, places: list[Place]) -> list[list[tuple[int, int]]]:
    """The clauses of each sentence, as places in the text. No name is cut in two."""
    cuts = [
        0,
        *(match.end() for match in _ENDS.finditer(text) if not _inside(match.start(), places)),
        len(text),
    ]
    return [
        _clauses(text, begin, end, code, places) for begin, end in pairwise(cuts) if text[begin:end].strip()
    ]


def _clauses(text: str, begin: int, end: int, code: str, places: list[Place]) -> list[tuple[int, int]]:
    marks = re.compile(
        r"[,:](?=\s)|(?<![\w'])(?:" + "|".join(map(re.escape, shelf.forms(code, "contrast"))) + r")(?![\w'])",
        re.IGNORECASE,
    )
    cuts = [begin]
    for match in marks.finditer(text, begin, end):
        at = match.start() if match[0][0].isalnum() else match.end()
        if not _inside(match.start(), places):
            cuts.append(at)
    cuts.append(end)
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip(" ,:")]


def _inside(at: int, places: list[Place]) -> bool:
    return any(begin <= at < end for begin, end, _name in places)


def _halves(
    text: str, begin: int, end: int, here: list[Place], code: str, special: dict[str, _Share]
) -> dict[str, str]:
    """What of a clause with several names is said of which. What is compared or changed goes to `special`."""
    first, second = here[0], next(place for place in here if place[2] != here[0][2])
    between = text[first[1] : second[0]]
    verb, source, target = _CHANGE[code]
    before = text[begin : first[0]]
    if re.search(verb, text[begin:end], re.IGNORECASE):
        if re.search(rf"\b{source}\s+$", before, re.IGNORECASE) and re.search(
            rf"\b{target}\s+$", between, re.IGNORECASE
        ):
            special[first[2]], special[second[2]] = _Share(None, given=LEFT), _Share(None, given=LEFT[::-1])
            return {}
        if re.search(rf"\b{target}\s+$", before, re.IGNORECASE) and re.search(
            rf"\b{source}\s+$", between, re.IGNORECASE
        ):
            special[first[2]], special[second[2]] = _Share(None, given=LEFT[::-1]), _Share(None, given=LEFT)
            return {}
    if than := re.search(rf"\b{_THAN[code]}\b[^,]*$", between, re.IGNORECASE):
        ours = text[begin : first[1] + than.start()] + " " + text[second[1] : end]
        better, worse = (re.search(rf"\b(?:{words})\b", ours, re.IGNORECASE) for words in _BETTER[code])
        if bool(better) != bool(worse):
            best = bool(better) != bool(re.search(_NOT, ours, re.IGNORECASE))
            special[first[2]] = _Share(None, given=LEFT[::-1] if best else LEFT)
            special[second[2]] = _Share(None, given=LEFT if best else LEFT[::-1])
            return {}
        special[second[2]] = _Share(ours.strip(), turned=True)
        return {first[2]: ours.strip()}
    if not _feels(between, code) and re.fullmatch(
        rf"[\s,/&+]*(?:\b(?:{_AND[code]})\b)?[\s,/&+]*(?:\w+\s+)?", between, re.IGNORECASE
    ):
        whole = text[begin:end].strip()
        return dict.fromkeys(dict.fromkeys(place[2] for place in here), whole)
    # "love X hate Y": what is felt stands before its name; "X is lovely Y is not": behind it.
    behind = _feels(before, code) and not _feels(text[here[-1][1] : end], code)
    cuts = [begin, *(one[1] if behind else other[0] for one, other in pairwise(here)), end]
    found: dict[str, str] = {}
    for place, a, b in zip(here, cuts, cuts[1:], strict=False):
        found[place[2]] = f"{found.get(place[2], '')} {text[a:b].strip()}".strip()
    return found


def _feels(text: str, code: str) -> bool:
    if not text.strip():
        return False
    told = fast.read([text], languages=[code]).facts[0]
    return bool(told[GLAD] + told[SAD] + told[NOT_GLAD] + told[NOT_SAD] > 0)


def _moods(texts: list[str], languages: list[str]) -> NDArray[np.float32]:
    return fast.shares(fast.read(texts, languages=languages).moods / np.float32(reading.COOL))
