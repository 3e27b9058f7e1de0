"""What the engine says to people of networks and cascades can be said in every language."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
import messages

PLACE = re.compile(r"{(.*?)}")
SPREAD = messages.PACKAGE / "spread"
FILES = [
    path
    for cellar in messages.CELLARS[SPREAD]
    for path in sorted(cellar.rglob("*.py"))
    if "tests" not in path.parts and path.name not in ("errors.py", "sentences.py")  # which hand templates on
]


def _said(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in messages.SENTENCES
        ):
            yield node


def _counts(call: ast.Call) -> bool:
    return getattr(call.func, "id", "") == "Counted"


def test_every_sentence_of_the_engine_is_one_that_the_catalogue_has() -> None:
    collected = {message.id for message in messages.collected(SPREAD)}
    calls = [(path, call) for path in FILES for call in _said(path)]
    assert calls
    for path, call in calls:
        place = f"{path.name}, line {call.lineno}"
        templates = [getattr(one, "value", None) for one in call.args[: 2 if _counts(call) else 1]]
        assert len(call.args) == (3 if _counts(call) else 1), place
        assert all(isinstance(one, str) for one in templates), f"{place}: no plain text"
        assert (tuple(templates) if _counts(call) else templates[0]) in collected, place


def test_a_sentence_has_a_fact_for_each_of_its_places() -> None:
    for path in FILES:
        for call in _said(path):
            names = {"n"} if _counts(call) else {keyword.arg for keyword in call.keywords}
            wanted = set(PLACE.findall(str(getattr(call.args[0], "value", ""))))
            place = f"{path.name}, line {call.lineno}"
            assert all(re.fullmatch(r"\w+", one) for one in wanted), (
                f"{place}: translators' placeholders are plain names"
            )
            if None in names:  # some come from a dict
                assert names - {None} <= wanted, place
            else:
                assert names == wanted, place


def test_what_is_counted_in_a_sentence_has_a_form_for_one() -> None:
    """A number that stands right before what it counts is a piece of its own, so that nobody reads of “1 people”."""
    counted = re.compile(r"{(\w+)} (people|seeds|runs|samples|ties|columns|thresholds|times|steps)\b")
    for path in FILES:
        for call in _said(path):
            template = str(getattr(call.args[0], "value", ""))
            assert not counted.search(template), f"{path.name}, line {call.lineno}: {template}"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_translations_have_the_same_places(language: str) -> None:
    known = messages.entries(messages.read(messages.catalogue_path(SPREAD, language), language))
    for path in FILES:
        for call in _said(path):
            english = getattr(call.args[0], "value", "")
            message = known.get((None, english))
            if message is not None and message.string:
                assert set(PLACE.findall(str(message.string))) == set(PLACE.findall(english)), message.string
