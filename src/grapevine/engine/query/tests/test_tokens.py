"""Words, read the short way and the long one."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from grapevine.engine.query import tokens


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x52F), max_size=20))
@example("Åsa 77")
@example("İstanbul")
@example("ΣΙΣΥΦΟΣ")
@example("Straße")
@example("\u0149 \u01f0")
def test_simple_words_are_read_as_all_others_only_sooner(text: str) -> None:
    slowly: list[tokens.Token] = []
    tokens._read_plain(text, 0, len(text), 0, slowly, [], [])
    assert tokens.words_of(text) == slowly
    if tokens.is_simple(text):
        assert [(one.text, one.exact) for one in slowly] == [(text.casefold(), text)]
