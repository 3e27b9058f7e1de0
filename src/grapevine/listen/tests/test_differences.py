"""What changed between two versions of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grapevine.listen import differences


def kept(pieces, *kinds):
    return "".join(one.text for one in pieces if one.kind in kinds)


@given(st.text(max_size=300), st.text(max_size=300))
def test_the_pieces_make_up_both_texts(before, after):
    pieces = differences.between(before, after)
    assert kept(pieces, "same", "removed") == before
    assert kept(pieces, "same", "added") == after


def test_a_changed_word_is_told_from_the_others():
    pieces = differences.between("The coffee is bad today", "The coffee is good today")
    assert [(one.kind, one.text) for one in pieces] == [
        ("same", "The coffee is "),
        ("removed", "bad"),
        ("added", "good"),
        ("same", " today"),
    ]


def test_long_texts_are_told_as_a_whole():
    pieces = differences.between("a " * 4000, "b " * 4000)
    assert [one.kind for one in pieces] == ["removed", "added"]
