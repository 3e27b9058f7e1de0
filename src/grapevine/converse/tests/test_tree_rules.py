"""A triage that can't be used is refused, and says why."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from grapevine.converse import tree_rules

SAID = {"en": "So?"}
TREE: dict[str, Any] = {
    "first": "a",
    "questions": {
        "a": {"text": SAID, "answers": [{"text": SAID, "to": "b"}, {"text": SAID, "to": "thank"}]},
        "b": {"text": SAID, "answers": [{"text": SAID, "to": "thank"}, {"text": SAID, "to": "stand"}]},
    },
    "outcomes": {"thank": {"name": SAID}, "stand": {"name": SAID}},
}


def but(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    tree = copy.deepcopy(TREE)
    change(tree)
    return tree


def aim(tree: dict[str, Any], question: str, place: int, to: str) -> None:
    tree["questions"][question]["answers"][place]["to"] = to


def test_a_sound_tree_has_no_faults_and_is_walked() -> None:
    assert tree_rules.faults(TREE) == []
    assert tree_rules.walk(TREE, [0, 1]).outcome == "stand"
    assert tree_rules.walk(TREE, []).question == "a"
    assert tree_rules.walk(TREE, [0]).question == "b"
    assert tree_rules.walk(TREE, [7, 0]) == tree_rules.Walk((), question="a")
    assert tree_rules.walk(TREE, [1, 0, 0]).outcome == "thank"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda t: t.update(questions={}), "no-question"),
        (lambda t: t.update(outcomes={}), "no-outcome"),
        (lambda t: t.update(first="x"), "no-first"),
        (lambda t: aim(t, "b", 1, "a"), "circle"),
        (lambda t: aim(t, "b", 1, "b"), "circle"),
        (lambda t: aim(t, "a", 0, "nowhere"), "leads-nowhere"),
        (lambda t: aim(t, "a", 0, "stand"), "never-reached"),
        (lambda t: t["questions"]["b"]["answers"].pop(), "answers"),
        (lambda t: t["questions"]["b"].update(text={}), "question-without-text"),
        (lambda t: t["questions"]["b"]["answers"][0].update(text={"en": ""}), "answer-without-text"),
        (lambda t: t["outcomes"]["stand"].update(name={}), "outcome-without-name"),
        (lambda t: t["outcomes"].update({"Ö!": {"name": SAID}}), "bad-key"),
        (lambda t: t["outcomes"].update({f"o{n}": {"name": SAID} for n in range(50)}), "too-many"),
    ],
)
def test_what_is_wrong_is_told(change: Callable[[dict[str, Any]], None], code: str) -> None:
    assert code in [one.code for one in tree_rules.faults(but(change))]
