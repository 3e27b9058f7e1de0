"""The language of watches is told as it is, and its examples work in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from grapevine.core.testing import signed_in
from grapevine.engine import query
from grapevine.engine.query import parser, words
from grapevine.listen import cheat_sheet

LANGUAGES = ("en", "sv", "da", "nl")
DOC = Path(__file__).resolve().parents[4] / "docs" / "watch-language.md"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_can_be_read_and_is_nothing_to_warn_of(language):
    for example in cheat_sheet.examples(language):
        _node, lints = parser.parse_with_lints(example.query)
        assert not lints, example.query
    for operator in cheat_sheet.operators(language):
        query.parse(operator.written)


def test_examples_are_written_in_the_readers_language():
    written = {language: cheat_sheet.examples(language) for language in LANGUAGES}
    assert "lang:sv" in written["sv"][3].query
    assert "lang:nl" in written["nl"][3].query
    assert cheat_sheet.examples("fi") == written["en"]


def test_the_fields_are_those_the_engine_reads_and_those_of_the_documentation():
    names = {name for field in cheat_sheet.FIELDS for name in (field.name, *field.also)}
    assert names == set(words.FIELDS)
    told = set(re.findall(r"`(\w+):`", DOC.read_text().split("## Fields")[1].split("## ")[0]))
    assert names - told == set()


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_page_opens_from_the_editor_in_every_language(language):
    client = signed_in("lead")
    client.user.language = language
    client.user.save()
    page = client.get("/watches/language/").content.decode()
    with translation.override(language):
        for example in cheat_sheet.examples(language):
            assert example.query.split()[0].strip("({") in page
    assert "hashtag:" in page
