"""Words without content, by language: a file each, one line after another, chosen by hand for talk on the web."""

from __future__ import annotations

from functools import cache
from importlib import resources

LANGUAGES = ("sv", "da", "nl", "en", "no", "de")


@cache
def of_all() -> dict[str, frozenset[str]]:
    """The stop words of every language we have, in small letters, as the matcher spells words."""
    return {language: _read(language) for language in LANGUAGES}


@cache
def unindexed() -> frozenset[str]:
    """The words of all languages that are too common to be worth a place in the full-text index."""
    return _read("unindexed")


def _read(language: str) -> frozenset[str]:
    text = resources.files(__name__).joinpath(f"{language}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
