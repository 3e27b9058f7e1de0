"""What somebody wrote, apart from what they quoted and from their signature. Pure.

    parts = quoting.parted(post.text)
    parts.said, parts.signature, parts.quoted

Together the three are the whole text, in its order: nothing is lost, whatever was guessed wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST_LINE = 300
_WROTE = re.compile(
    r"(?:skrev|wrote|schreef|schrieb|a écrit)\b.{0,200}:\s*$"  # “On Monday Iago wrote:”, in any order of words
    r"|^(?:on|den|op|am|le|på|d\.)\b.{4,250}(?:skrev|skrifaði|wrote|schreef|schrieb|écrit).{0,120}:\s*$",
    re.IGNORECASE,
)
_WROTE_BEGINS = re.compile(
    r"^(?:on|den|op|am|le|på|man\.|tir\.|ons\.|tor\.|fre\.|lør\.|søn\.)\b.*\d", re.IGNORECASE
)
_ORIGINAL = re.compile(
    r"^[-_ ]{2,}\s*(?:original message|forwarded message|ursprungligt meddelande|vidarebefordrat meddelande"
    r"|oprindelig(?:\s\w+)? (?:meddelelse|besked)"
    r"|videresendt (?:meddelelse|besked)|oorspronkelijk bericht|doorgestuurd bericht|ursprüngliche nachricht)\s*[-_ ]{2,}\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\*?(?:from|från|fra|van|von|de)\s?:\*?\s?\S", re.IGNORECASE)
_MORE = re.compile(
    r"^\*?(?:sent|date|to|subject|cc|skickat|datum|till|ämne|sendt|dato|til|emne|verzonden|aan|onderwerp|kopia|gesendet|an|betreff)\s?:\*?(?:\s|$)",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    r"^(?:sent from (?:my|outlook|yahoo|mail)\b|get outlook for\b|skickat från (?:min|outlook)\b|sendt fra (?:min|outlook)\b"
    r"|verzonden (?:vanaf|met|vanuit|via) (?:mijn|outlook)\b|download outlook)",
    re.IGNORECASE,
)
_RULE = re.compile(r"^_{10,}\s*$")


@dataclass(frozen=True)
class Parts:
    """A text in three: what is said, the signature below it, the earlier messages quoted. Answers between quoted lines are said."""

    said: str
    signature: str
    quoted: str


def parted(text: str) -> Parts:
    """Take a message apart."""
    lines = text.split("\n")
    end = _history(lines)
    kept, quoted = lines[:end], lines[end:]
    cut = _signature(kept)
    return Parts(*("\n".join(some).strip("\n") for some in (kept[:cut], kept[cut:], quoted)))


def said(text: str) -> str:
    """What the sender wrote now; the whole text when nothing else would be left."""
    return parted(text).said.strip() or text


def _history(lines: list[str]) -> int:
    """Where the quoted history begins that goes on to the end."""
    last_marked = max((place for place, line in enumerate(lines) if line.startswith(">")), default=-1)
    last_own = max(
        (p for p, line in enumerate(lines) if line.strip() and not line.startswith(">")), default=-1
    )
    for place, line in enumerate(lines):
        if len(line) > _LONGEST_LINE:
            continue
        if _ORIGINAL.match(line) or _headed(lines, place):
            return _with_rule(lines, place)
        if introduces := _introduction(lines, place):
            rest = place + introduces
            # Own words between quoted lines are an answer; HTML mails lose the marks, so a rest without any is quoted too.
            if last_marked < rest or last_own < rest:
                return place
    return _tail(lines)


def _introduction(lines: list[str], place: int) -> int:
    """How many lines of “On Monday Iago wrote:” begin here; mail programs break it where it grows long."""
    if lines[place].startswith(">"):
        return 0
    for count in (1, 2, 3):
        joined = " ".join(one.strip() for one in lines[place : place + count])
        if len(joined) > _LONGEST_LINE or (count > 1 and not _WROTE_BEGINS.match(lines[place])):
            return 0
        if _WROTE.search(joined):
            return count
    return 0


def _headed(lines: list[str], place: int) -> bool:
    """Whether a block of headers begins here, as Outlook puts above what it quotes."""
    if not _FROM.match(lines[place]):
        return False
    after = [line for line in lines[place + 1 : place + 8] if line.strip()]
    return sum(1 for line in after[:5] if _MORE.match(line)) >= 2


def _with_rule(lines: list[str], place: int) -> int:
    above = place - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and _RULE.match(lines[above]) else place


def _tail(lines: list[str]) -> int:
    """Where the quoted lines at the very end begin."""
    end = len(lines)
    while end and (lines[end - 1].startswith(">") or not lines[end - 1].strip()):
        end -= 1
    return end if any(line.startswith(">") for line in lines[end:]) else len(lines)


def _signature(lines: list[str]) -> int:
    """Where the signature begins: at a line of two dashes, or at a telephone's boast."""
    for place in range(len(lines) - 1, max(-1, len(lines) - 40), -1):
        if lines[place].rstrip() in ("--", "—") and place > 0:
            return place
        if _MOBILE.match(lines[place]) and not any(line.strip() for line in lines[place + 2 :]):
            return place
    return len(lines)
