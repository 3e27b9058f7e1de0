"""What a list shows of a text, and what it does to texts that mean harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.listen.views import mention, posts


def test_a_short_text_stands_as_it_is():
    assert posts.excerpt("kort", ((0, 4),)) == ("kort", ((0, 4),))


def test_a_long_text_begins_near_its_first_marked_word():
    text = "word " * 1000 + "needle " + "word " * 1000
    place = text.index("needle")
    shown, spans = posts.excerpt(text, ((place, place + 6),))
    assert len(shown) < 1000
    assert [shown[a:b] for a, b in spans] == ["needle"]
    assert shown.startswith("…word")
    assert shown.endswith("…")


@given(st.text(min_size=1, max_size=3000), st.integers(0, 2990), st.integers(1, 10))
def test_marks_stay_on_their_words(text, start, size):
    text *= 3
    start = min(start, len(text) - 1)
    end = min(len(text), start + size)
    shown, spans = posts.excerpt(text, ((start, end),))
    assert [shown[a:b] for a, b in spans] in ([text[start:end]], [])


@given(st.text())
def test_marks_that_turn_the_direction_give_way_without_moving_the_others(text):
    straight = posts.straight(text + "\u202emoc.live\u2066")
    assert len(straight) == len(text) + 10
    assert not set(straight) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " https://x", "ftp://x", "//x", ""]
)
def test_only_web_addresses_become_links(url):
    assert posts.web_address(url) == ""


def test_a_host_in_letters_of_another_script_is_told_apart():
    assert mention.host("https://example.org/path") == "example.org"
    assert mention.host("https://аpple.com/") == "аpple.com (xn--pple-43d.com)"
    assert mention.host("https://[broken") == ""
