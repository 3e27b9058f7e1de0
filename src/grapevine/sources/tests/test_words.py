"""What connectors say is there for translators."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grapevine import connectors
from grapevine.connectors import errors, reasons
from grapevine.connectors.file import inspection
from grapevine.sources import catalogue, words


def _families(kind: type[errors.ConnectorError]) -> Iterator[type[errors.ConnectorError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _families(below)


def _said() -> set[str]:
    said = {text for family in _families(errors.ConnectorError) for text in family.sentences.values()}
    said |= set(reasons.REASONS.values()) | set(inspection.PROBLEMS.values())
    for connector in connectors.shelf().values():
        manifest = connector.manifest
        said |= {manifest.label, manifest.summary, manifest.terms}
        said |= {text for field in manifest.fields for text in (field.label, field.help)}
    return said - {""}


def test_every_sentence_of_the_shelf_is_in_the_catalogue_and_no_other() -> None:
    assert set(catalogue.SENTENCES) == _said()


def test_an_error_is_told_with_its_parameters() -> None:
    assert "blog.example" in words.error("credentials_refused", {"host": "blog.example"})


def test_an_error_of_an_older_version_is_told_without_failing() -> None:
    assert words.error("credentials_refused", {"site": "blog.example"})
    assert "strange_code" in words.error("strange_code", {})


@pytest.mark.parametrize("code", sorted(reasons.REASONS))
def test_every_reason_has_words(code: str) -> None:
    assert words.reason(code) != code
