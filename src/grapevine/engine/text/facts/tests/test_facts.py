"""What people tell of themselves and what we promise is read from sentences, with its day; and nothing else is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine.text import facts
from grapevine.engine.text.facts import languages
from grapevine.engine.text.facts.dates import calendar
from grapevine.engine.text.facts.tests import cases

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("lang", "case"), [(lang, case) for lang, every in cases.TELL.items() for case in every]
)
def test_a_sentence_tells(lang: str, case: tuple[str, str, str, str]) -> None:
    text, kind, words, day = case
    [found] = facts.theirs(text, lang, MONDAY)
    told = found.on.isoformat() if found.on else str(found.yearly or "")
    assert (found.kind, found.text, told) == (kind, words, day)


@pytest.mark.parametrize(
    ("lang", "text"), [(lang, text) for lang, every in cases.SILENT.items() for text in every]
)
def test_a_sentence_tells_nothing(lang: str, text: str) -> None:
    assert facts.theirs(text, lang, MONDAY) == []


@pytest.mark.parametrize(
    ("lang", "case"), [(lang, case) for lang, every in cases.PROMISED.items() for case in every]
)
def test_we_promise_something_for_a_day(lang: str, case: tuple[str, str]) -> None:
    [found] = facts.ours(case[0], lang, MONDAY)
    assert found.on is not None
    assert found.on.isoformat() == case[1]


@pytest.mark.parametrize(
    ("lang", "text"), [(lang, text) for lang, every in cases.NOT_PROMISED.items() for text in every]
)
def test_we_promise_nothing(lang: str, text: str) -> None:
    assert facts.ours(text, lang, MONDAY) == []


@pytest.mark.parametrize(
    ("category", "text"),
    [
        ("health", "She has diabetes"), ("health", "Min mand er på sygehuset"), ("religion", "De zijn katholiek"),
        ("politics", "Jag röstar på dem"), ("sexuality", "He is gay"), ("ethnicity", "flykting från kriget"),
        ("union", "Hun er med i fagforeningen"), ("biometric", "hun gav sit fingeraftryk"), ("crime", "in prison since May"),
        ("religion", "Vi beder en bøn for hende"), ("religion", "mine bønner til gud"), ("health", "He went blind"),
        ("", "Hele bønner, to poser"), ("", "Our panel tasted blind"), ("", "Ons panel proefde blind"),
        ("", "Drinks it black, with two sugars"), ("", "Vill ha besked på fredag"), ("", "Köper alltid mörkrost"),
    ],
)  # fmt: skip
def test_special_categories_are_told_whatever_the_language(category: str, text: str) -> None:
    assert facts.special(text) == category


def test_where_it_stands_is_where_it_stands() -> None:
    text = "Hej!\nTack för sist. Min dotter heter Alva, och hon är rolig.\n> Min son heter Bo."
    [found] = facts.theirs(text, "sv", MONDAY)
    assert text[found.begin : found.end] == "Min dotter heter Alva"
    assert found.said(text) == "Min dotter heter Alva, och hon är rolig."


@given(st.text(max_size=300), st.sampled_from(sorted(languages.SHELF)))
def test_no_text_breaks_it(text: str, lang: str) -> None:
    for found in [*facts.theirs(text, lang, MONDAY), *facts.ours(text, lang, MONDAY)]:
        assert 0 <= found.first <= found.begin < found.end <= found.last <= len(text)


@pytest.mark.parametrize("lang", sorted(languages.SHELF))
def test_each_weekday_to_come_is_within_a_week_and_never_today(lang: str) -> None:
    language = languages.SHELF[lang]
    plain = [form.rpartition(")")[2] for form in language.weekdays]
    for offset in range(7):
        today = MONDAY + timedelta(days=offset)
        for number, name in enumerate(plain):
            found = calendar(language).find(name, today, "future")
            assert found is not None
            assert found.on.weekday() == number
            assert timedelta(0) < found.on - today <= timedelta(7)


def test_a_language_that_is_not_on_the_shelf_tells_nothing() -> None:
    assert facts.theirs("Ich heiße Anna", "de", MONDAY) == []
    assert facts.ours("Ich melde mich am Freitag", "de", MONDAY) == []
