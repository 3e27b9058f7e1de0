"""How posts read, as numbers that rooms above may keep beside what they hold of a post (see `listen.reads`)."""

from __future__ import annotations

from grapevine.listen.reads import MOOD_NUMBERS, UNSURE, WANT_BITS, WANTS, Read, of_texts

__all__ = ["MOOD_NUMBERS", "UNSURE", "WANTS", "WANT_BITS", "Read", "of_texts"]
