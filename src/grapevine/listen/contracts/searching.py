"""The words by which a text is found and what an index can be asked for, for rooms above that keep an index of their own."""

from __future__ import annotations

from grapevine.listen.index_queries import Need, as_fts5, as_tsquery, needed
from grapevine.listen.index_words import LONGEST, of_many, words

__all__ = ["LONGEST", "Need", "as_fts5", "as_tsquery", "needed", "of_many", "words"]
