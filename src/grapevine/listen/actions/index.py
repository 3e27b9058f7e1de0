"""The full-text index: which words are in which post that has a mention."""

from __future__ import annotations

from grapevine.core.word_indexes import WordIndex

_INDEX = WordIndex("listen_words", "post_id")
# By (id, words); what is taken out again must be the words that were put in.
add, remove, tidy = _INDEX.add, _INDEX.remove, _INDEX.tidy
