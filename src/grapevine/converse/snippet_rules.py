"""Openers and facts are words to begin with, not answers: how long they may be."""

from __future__ import annotations

import re

LONGEST = {"opener": 140, "fact": 300}
SENTENCES = {"opener": 1, "fact": 2}
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S*[^\s.,;:!?…]|\S+@\S+\.\w+", re.IGNORECASE)
# Words whose full stop ends no sentence, in the four languages.
_SHORT = re.compile(
    r"\b(?:t\.ex|bl\.a|m\.m|o\.s\.v|d\.v\.s|dvs|kl|nr|ca|ung|st|tel|inkl|exkl|osv|etc|resp|f\.eks|fx|bl\.a|m\.v|ca|hhv|pga|mfl|mvh|bv|b\.v|o\.a|"
    r"i\.p\.v|t/m|incl|excl|jl|m\.b\.t|e\.g|i\.e|mr|mrs|ms|dr|no|vs|approx|max|min)\.",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]+[\"”»’)]*(?=\s|$)|\n+")
_ORDINAL = re.compile(r"(?<=\d)\.(?=\s*[a-zåäöæø\d])")


def sentences(text: str) -> int:
    """How many sentences a text has. Addresses, "t.ex." and "1. maj" end none."""
    plain = _ADDRESS.sub("x", text.strip())
    plain = _ORDINAL.sub("", _SHORT.sub(lambda one: one.group().replace(".", ""), plain))
    parts = [one for one in _END.split(plain) if re.search(r"\w", one)]
    return len(parts)


def refused(kind: str, text: str) -> str:
    """Why this is no opener or no fact, as a code; empty when it is one."""
    if not text.strip():
        return "empty"
    if "\n" in text.strip():
        return "lines"
    if sentences(text) > SENTENCES[kind]:
        return f"sentences-{kind}"
    if len(_ADDRESS.sub("x", text)) > LONGEST[kind]:
        return f"long-{kind}"
    return ""
