"""What connectors say is there for translators."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from grapevine import connectors
from grapevine.connectors import errors, reasons
from grapevine.sources import catalogue, words


def _families(kind: type[errors.ConnectorError]) -> Iterator[type[errors.ConnectorError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _families(below)


def _said() -> set[str]:
    said = {text for family in _families(errors.ConnectorError) for text in family.sentences.values()}
    said |= set(reasons.REASONS.values())
    for connector in connectors.shelf().values():
        manifest = connector.manifest
        said |= {manifest.label, manifest.summary, manifest.terms}
        said |= {text for field in manifest.fields for text in (field.label, field.help)}
        said |= {label for field in manifest.fields for _value, label in field.choices}
        said |= {text for text in manifest.says.values() if isinstance(text, str)}
    return said - {""}


def _counted() -> set[tuple[str, str]]:
    shelf = connectors.shelf().values()
    return {text for one in shelf for text in one.manifest.says.values() if not isinstance(text, str)}


def test_every_sentence_of_the_shelf_is_in_the_catalogue_and_no_other() -> None:
    assert set(catalogue.SENTENCES) == _said()
    assert set(catalogue.COUNTED) == _counted()


@pytest.mark.parametrize("language", ["sv", "da", "nl"])
def test_every_sentence_of_the_shelf_has_words_in_every_language(language: str) -> None:
    with translation.override(language):
        same = {text for text in catalogue.SENTENCES if translation.gettext(text) == text}
        assert {text for text in same if len(text.split()) > 2} == set()
        for one, many in catalogue.COUNTED:
            assert translation.ngettext(one, many, 1) != one
            assert translation.ngettext(one, many, 2) != many


def test_a_finding_is_told_in_the_readers_language_with_its_number_and_its_date() -> None:
    feed = connectors.get("feed").manifest
    with translation.override("sv"):
        assert words.finding(feed.finding("feed_found", title="Bladet", count=1)).endswith("1 inlägg.")
        file = connectors.get("file").manifest
        told = file.finding("ambiguous_dates", written="01/02/2026", read=date(2026, 2, 1))
        assert "01/02/2026" in words.finding(told)
        assert "1 februari 2026" in words.finding(told)
    with translation.override("en"):
        assert words.finding(feed.finding("feed_undated", count=1)).startswith("1 entry has")
        assert words.finding(feed.finding("feed_undated", count=3)).startswith("3 entries have")


def test_a_connector_cannot_say_what_has_no_words() -> None:
    with pytest.raises(KeyError):
        connectors.get("feed").manifest.finding("feed_unheard_of")


def test_a_sentence_within_a_sentence_is_told_in_the_readers_language() -> None:
    with translation.override("sv"):
        told = words.error("bad_mapping", {"detail": "The file is empty."})
    assert "Filen är tom." in told


def test_an_error_is_told_with_its_parameters() -> None:
    assert "blog.example" in words.error("credentials_refused", {"host": "blog.example"})


def test_an_error_of_an_older_version_is_told_without_failing() -> None:
    assert words.error("credentials_refused", {"site": "blog.example"})
    assert "strange_code" in words.error("strange_code", {})


@pytest.mark.parametrize("code", sorted(reasons.REASONS))
def test_every_reason_has_words(code: str) -> None:
    assert words.reason(code) != code
