"""What is shipped is whole and can be used, in four languages."""

from __future__ import annotations

import pytest

from grapevine.converse import sections, shipped, snippet_rules, tree_rules
from grapevine.converse.actions import checks, editions
from grapevine.converse.models import EditionKind
from grapevine.ui import markdown


@pytest.mark.parametrize("key", shipped.GUIDELINES)
def test_a_guideline_says_the_same_in_every_language(key: str) -> None:
    page = shipped.guideline(key)
    assert editions.faults(EditionKind.GUIDELINE, page) == []
    read = [sections.read(page["body"][lang]) for lang in shipped.LANGUAGES]
    assert len({tuple(one.tags for one in parts) for parts in read}) == 1
    assert all(len(page["title"][lang]) > 3 for lang in shipped.LANGUAGES)
    for lang in shipped.LANGUAGES:
        assert "{" not in markdown.render(sections.without_tags(page["body"][lang]))


def test_the_check_the_triage_and_the_signature_are_sound_and_speak_all_languages() -> None:
    for kind in (EditionKind.CHECK, EditionKind.TRIAGE, EditionKind.SIGNATURE):
        content = shipped.content(kind)
        assert editions.faults(kind, content) == []
        assert _untranslated(content) == []


def _untranslated(value: object) -> list[object]:
    if isinstance(value, dict):
        if "en" in value:
            return [] if sorted(value) == sorted(shipped.LANGUAGES) and all(value.values()) else [value]
        return [one for inner in value.values() for one in _untranslated(inner)]
    return [one for inner in value for one in _untranslated(inner)] if isinstance(value, list) else []


def test_the_right_answers_are_not_all_in_the_same_place() -> None:
    questions = shipped.content("check")["questions"]
    right = [next(n for n, one in enumerate(q["options"]) if one["right"]) for q in questions]
    assert set(right) == {0, 1, 2}
    assert checks.marked(questions, {place: [number] for place, number in enumerate(right)}).passed
    assert not checks.marked(questions, {}).passed


def test_every_shipped_opener_is_one() -> None:
    for one in shipped.content("openers"):
        for lang in shipped.LANGUAGES:
            assert snippet_rules.refused("opener", one["text"][lang]) == "", one


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ((0, 0), "thank"),
        ((0, 1), "let_stand"),
        ((1, 0), "pass_on"),
        ((1, 1, 0), "let_stand"),
        ((1, 1, 1, 0), "let_stand"),
        ((1, 1, 1, 1, 0), "set_right"),
        ((1, 1, 1, 1, 1, 0), "restore"),
        ((1, 1, 1, 1, 1, 1, 0), "join"),
    ],
)
def test_the_shipped_triage_leads_where_it_should(answers: tuple[int, ...], outcome: str) -> None:
    assert tree_rules.walk(shipped.content("triage"), answers).outcome == outcome
