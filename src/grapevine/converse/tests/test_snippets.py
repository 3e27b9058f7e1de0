"""Openers and facts are words to begin with, never whole answers."""

from __future__ import annotations

import pytest

from grapevine.converse import snippet_rules, testing
from grapevine.converse.actions import snippets as actions
from grapevine.converse.selectors import snippets
from grapevine.core import access
from grapevine.core import testing as core
from grapevine.core.testing import NOON
from grapevine.listen import testing as listen


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Thank you for telling us.", 1),
        ("Vi har öppet t.ex. kl. 10–18", 1),
        ("Åbent fra 1. maj, bl.a. i Odense.", 1),
        ("See https://elsinore.example/returns?x=1.2. It says all.", 2),
        ("Skriv till oss@elsinore.example", 1),
        ("Sorry! We know… Come in?", 3),
        ("One\ntwo", 2),
        ("...", 0),
        ("", 0),
    ],
)
def test_sentences_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert snippet_rules.sentences(text) == count


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("opener", "Thank you. We will look into it.", "sentences-opener"),
        ("opener", "T" * 141, "long-opener"),
        ("fact", "One. Two. Three.", "sentences-fact"),
        ("fact", "One\nTwo", "lines"),
        ("fact", " ", "empty"),
        ("fact", "Open ten to six. See https://elsinore.example/" + "x" * 400, ""),
        ("opener", "Good question.", ""),
    ],
)
def test_a_canned_answer_is_refused(kind: str, text: str, code: str) -> None:
    assert snippet_rules.refused(kind, text) == code


@pytest.mark.django_db
def test_those_of_the_language_and_the_brand_are_offered_openers_first() -> None:
    member, brand, other = core.make_user(), listen.make_brand(), listen.make_brand()
    for name, kind, lang, of in (
        ("Hours", "fact", "sv", None),
        ("Lutes", "fact", "sv", brand),
        ("Viols", "fact", "sv", other),
        ("Tid", "opener", "da", None),
        ("Thanks", "opener", "", None),
    ):
        actions.keep(kind=kind, name=name, text=f"{name} here.", lang=lang, brand=of, by=member, at=NOON)
    assert [one.name for one in snippets.fitting(lang="sv", brand_id=brand.pk)] == [
        "Thanks",
        "Lutes",
        "Hours",
    ]
    assert [one.name for one in snippets.fitting(lang="sv", brand_id=None, words="hou HERE")] == ["Hours"]


@pytest.mark.django_db
def test_one_is_refused_with_a_reason_removed_and_brought_back() -> None:
    member = core.make_user()
    with pytest.raises(actions.Refused) as refused:
        actions.keep(kind="opener", name="x", text="One. Two.", by=member, at=NOON)
    assert refused.value.code == "sentences-opener"
    row = actions.keep(kind="opener", name="x", text="One.", by=member, at=NOON)
    actions.remove(snippet=row, by=member, at=NOON)
    assert snippets.all_of_them() == []
    actions.restore(snippet=row, by=member, at=NOON)
    assert [one.text for one in snippets.all_of_them()] == ["One."]
    with pytest.raises(access.AccessDenied):
        actions.remove(snippet=row, by=core.make_user(role="reader"), at=NOON)
    assert core.deeds() == ["converse.snippet.added", "converse.snippet.removed", "converse.snippet.restored"]


@pytest.mark.django_db
def test_the_shipped_openers_are_added_once() -> None:
    member = core.make_user()
    assert actions.begin_with(lang="da", by=member, at=NOON) == 7
    assert actions.begin_with(lang="da", by=member, at=NOON) == 0
    thread = testing.make_thread(lang="da")
    assert len(snippets.fitting(lang=thread.lang, brand_id=None)) == 7
