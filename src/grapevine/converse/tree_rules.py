"""The triage as a tree of questions: what it must be, and where answers lead. Plain values, no database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_QUESTIONS = 40
MOST_ANSWERS = 6
TONES = ("", "good", "info", "warn", "bad")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a tree: a code, and the question or outcome it is about."""

    code: str
    at: str = ""


@dataclass(frozen=True)
class Walk:
    """Where answers led: the steps taken, then a question that waits for an answer, or an outcome."""

    steps: tuple[tuple[str, int], ...]
    question: str = ""
    outcome: str = ""


def faults(tree: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with a tree; nothing when it can be used."""
    questions, outcomes = tree.get("questions") or {}, tree.get("outcomes") or {}
    if missing := _missing(tree, questions, outcomes):
        return [Fault(missing)]
    found: list[Fault] = []
    for key, question in questions.items():
        found += [Fault(code, key) for code in _of_question(key, question, questions, outcomes)]
    for key, outcome in outcomes.items():
        if not _KEY.fullmatch(key) or key in questions:
            found.append(Fault("bad-key", key))
        if not any((outcome.get("name") or {}).values()):
            found.append(Fault("outcome-without-name", key))
    if found:
        return found
    if round_trip := _circle(questions, tree["first"]):
        return [Fault("circle", round_trip)]
    reached = _reached(questions, tree["first"])
    return [Fault("never-reached", key) for key in questions if key not in reached]


def _missing(tree: Mapping[str, Any], questions: Mapping[str, Any], outcomes: Mapping[str, Any]) -> str:
    if not questions:
        return "no-question"
    if not outcomes:
        return "no-outcome"
    if len(questions) > MOST_QUESTIONS or len(outcomes) > MOST_QUESTIONS:
        return "too-many"
    return "" if tree.get("first") in questions else "no-first"


def _of_question(
    key: str, question: Mapping[str, Any], questions: Mapping[str, Any], outcomes: Mapping[str, Any]
) -> list[str]:
    answers = question.get("answers") or []
    found = []
    if not _KEY.fullmatch(key):
        found.append("bad-key")
    if not any((question.get("text") or {}).values()):
        found.append("question-without-text")
    if not 2 <= len(answers) <= MOST_ANSWERS:
        found.append("answers")
    for answer in answers:
        if not any((answer.get("text") or {}).values()):
            found.append("answer-without-text")
        if answer.get("to") not in questions and answer.get("to") not in outcomes:
            found.append("leads-nowhere")
    return found


def _circle(questions: Mapping[str, Any], first: str) -> str:
    """A question that leads back to itself; empty when none does."""
    done: set[str] = set()
    path: list[tuple[str, int]] = [(first, 0)]
    on_path = {first}
    while path:
        key, place = path[-1]
        answers = questions[key]["answers"]
        if place == len(answers):
            path.pop()
            on_path.discard(key)
            done.add(key)
            continue
        path[-1] = (key, place + 1)
        to = answers[place]["to"]
        if to in on_path:
            return str(to)
        if to in questions and to not in done:
            path.append((to, 0))
            on_path.add(to)
    return ""


def _reached(questions: Mapping[str, Any], first: str) -> set[str]:
    seen, waiting = {first}, [first]
    while waiting:
        for answer in questions[waiting.pop()]["answers"]:
            if answer["to"] in questions and answer["to"] not in seen:
                seen.add(answer["to"])
                waiting.append(answer["to"])
    return seen


def walk(tree: Mapping[str, Any], answers: Sequence[int]) -> Walk:
    """Follow answers (places in each question's list) from the first question; what makes no sense ends the walk there."""
    here, steps = str(tree["first"]), []
    for place in answers:
        if here not in tree["questions"]:
            break
        given = tree["questions"][here]["answers"]
        if not 0 <= place < len(given):
            break
        steps.append((here, place))
        here = str(given[place]["to"])
    if here in tree["questions"]:
        return Walk(tuple(steps), question=here)
    return Walk(tuple(steps), outcome=here)
