"""Words for codes: what deeds and jobs are called on pages."""

from __future__ import annotations

from typing import Any


class Wording:
    """Code → translatable words; a code nobody gave words for stands for itself."""

    def __init__(self) -> None:
        self._words: dict[str, Any] = {}

    def describe(self, words: dict[str, Any]) -> None:
        """Give words to codes; a room does so when Django starts."""
        self._words.update(words)

    def label(self, code: str) -> str:
        """The code in words, in the language of whoever reads."""
        return str(self._words.get(code, code))
