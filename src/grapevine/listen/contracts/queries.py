"""The language of watches, for rooms above that let people write in it: what is wrong with what was typed, in the reader's language."""

from __future__ import annotations

from grapevine.listen.query_words import error

__all__ = ["error"]
