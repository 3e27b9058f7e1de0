"""The triage as fields of a form, and back. It works without JavaScript: adding a question or an answer sends the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from grapevine.converse import tree_rules
from grapevine.converse.shipped import LANGUAGES

_ANSWERS = tree_rules.MOST_ANSWERS
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST = 400


def written(posted: Mapping[str, str]) -> dict[str, Any]:
    """The tree as somebody wrote it: `q.<key>.text.<lang>`, `q.<key>.help.<lang>`, `q.<key>.a<n>.<lang>`, `q.<key>.a<n>.to`, and for outcomes
    `o.<key>.name.<lang>`, `o.<key>.advice.<lang>`, `o.<key>.tone`. Of what is emptied nothing is left."""
    questions: dict[str, Any] = {}
    outcomes: dict[str, Any] = {}
    for key in _keys(posted, "q"):
        answers = []
        for place in range(_ANSWERS):
            text = _texts(posted, f"q.{key}.a{place}")
            if text:
                answers.append({"text": text, "to": posted.get(f"q.{key}.a{place}.to", "")})
        text = _texts(posted, f"q.{key}.text")
        if text or answers:
            questions[key] = {"text": text, "help": _texts(posted, f"q.{key}.help"), "answers": answers}
    for key in _keys(posted, "o"):
        name = _texts(posted, f"o.{key}.name")
        advice = _texts(posted, f"o.{key}.advice")
        tone = posted.get(f"o.{key}.tone", "")
        if name or advice:
            outcomes[key] = {"name": name, "advice": advice, "tone": tone if tone in tree_rules.TONES else ""}
    return {"first": posted.get("first", ""), "questions": questions, "outcomes": outcomes}


def with_room(tree: dict[str, Any], add: str) -> dict[str, Any]:
    """The tree with an empty question ("question") or outcome ("outcome") more."""
    key = _free(add[0] if add in ("question", "outcome") else "q", tree)
    if add == "question":
        empty: dict[str, Any] = {"text": {}, "help": {}, "answers": []}
        return {**tree, "questions": {**tree["questions"], key: empty}}
    if add == "outcome":
        return {**tree, "outcomes": {**tree["outcomes"], key: {"name": {}, "advice": {}, "tone": ""}}}
    return tree


def _free(stem: str, tree: dict[str, Any]) -> str:
    taken = {*tree["questions"], *tree["outcomes"]}
    return next(f"{stem}{n}" for n in range(1, 200) if f"{stem}{n}" not in taken)


def answer_rows(question: Mapping[str, Any]) -> list[tuple[int, dict[str, str], str]]:
    """The answers of a question as rows of the form, with an empty one at the end while there is room."""
    rows = [(place, one["text"], one["to"]) for place, one in enumerate(question["answers"])]
    missing = max(2, min(_ANSWERS, len(rows) + 1)) - len(rows)
    return [*rows, *((len(rows) + place, {}, "") for place in range(missing))]


def _keys(posted: Mapping[str, str], kind: str) -> list[str]:
    found = [name.split(".")[1] for name in posted if name.startswith(f"{kind}.") and name.count(".") >= 2]
    return [key for key in dict.fromkeys(found) if _KEY.fullmatch(key)][: tree_rules.MOST_QUESTIONS + 1]


def _texts(posted: Mapping[str, str], name: str) -> dict[str, str]:
    given = {lang: " ".join(posted.get(f"{name}.{lang}", "").split())[:LONGEST] for lang in LANGUAGES}
    return {lang: text for lang, text in given.items() if text}
