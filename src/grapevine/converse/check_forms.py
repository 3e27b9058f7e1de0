"""The check as a form to fill in, and its questions as a form to write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grapevine.converse.shipped import LANGUAGES

MOST_OPTIONS = 6


def answers(posted: Mapping[str, Any], questions: int) -> dict[int, list[int]]:
    """What was ticked: the places of the options chosen, by the question's place."""
    found: dict[int, list[int]] = {}
    for place in range(questions):
        given = posted.getlist(f"q{place}") if hasattr(posted, "getlist") else []
        found[place] = [int(one) for one in given if one.isdecimal() and len(one) < 3]
    return found


def written(posted: Mapping[str, str]) -> dict[str, Any]:
    """The questions as somebody wrote them: fields `q<n>.text.<lang>`, `q<n>.o<m>.<lang>`, `q<n>.o<m>.right`, `q<n>.why.<lang>`, `q<n>.about`."""
    questions = []
    for number in range(40):
        if f"q{number}.about" not in posted:
            continue
        text = _texts(posted, f"q{number}.text")
        options = [
            {"text": said, "right": f"q{number}.o{place}.right" in posted}
            for place in range(MOST_OPTIONS)
            if (said := _texts(posted, f"q{number}.o{place}"))
        ]
        if text or options:
            questions.append(
                {
                    "about": posted[f"q{number}.about"][:60],
                    "text": text,
                    "options": options,
                    "why": _texts(posted, f"q{number}.why"),
                }
            )
    return {"questions": questions}


def _texts(posted: Mapping[str, str], name: str) -> dict[str, str]:
    given = {lang: " ".join(posted.get(f"{name}.{lang}", "").split())[:600] for lang in LANGUAGES}
    return {lang: text for lang, text in given.items() if text}
