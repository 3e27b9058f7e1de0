"""A query in words: its faults, its parts, what it asks for."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine import query
from grapevine.engine.query import dialects
from grapevine.listen import plain_words, query_parts, query_words
from grapevine.listen.query_parts import Mark


def _holes(text):
    return sorted(re.findall(r"\{(\w+)\}", text.replace("{{", "").replace("}}", "")))


def test_every_fault_the_engine_knows_has_words_here_with_the_same_holes():
    pairs = (
        (query_words.ERRORS, query.MESSAGES),
        (query_words.LINTS, query.LINTS),
        (query_words.DIALECT_NOTES, dialects.NOTES),
    )
    for ours, theirs in pairs:
        assert ours.keys() == theirs.keys()
        for code, english in theirs.items():
            assert _holes(str(ours[code])) == _holes(english), code


@pytest.mark.parametrize(
    "wrong", ["coffee AND", '"open', "SAS:s", "*ffee", "NOT tea", "(a OR b", "lang:", "a NEAR/500 b"]
)
def test_every_fault_is_told_without_a_hole_left(wrong):
    fault = query.check(wrong).error
    assert fault is not None
    assert "{" not in query_words.error(fault).replace("{SAS}", "")


def _said(text):
    with translation.override("en"):
        return [_flat(clause) for clause in plain_words.said(query.parse(text))]


def _flat(clause):
    return f"{clause.text} {[_flat(part) for part in clause.parts]}" if clause.parts else clause.text


def test_a_watch_is_told_in_plain_words_with_what_must_not_be_there_last():
    assert _said("(kaffe OR latte) -(te NEAR/4 mugg) lang:sv") == [
        "contains “kaffe” or “latte”",
        "is written in Swedish",
        "does not contain “te” within 4 words of “mugg”",
    ]


def test_words_are_told_by_how_they_are_looked_for():
    assert _said('kaff* "god morgon" {SAS} #fika @nordrost') == [
        "contains a word that begins with “kaff”",
        "contains “god morgon”",
        "contains “SAS” spelt exactly so",
        "contains #fika",
        "contains @nordrost",
    ]


def test_several_words_that_must_not_be_there_are_told_together():
    assert _said("kaffe NOT (te OR saft OR vatten)") == [
        "contains “kaffe”",
        "contains none of “te”, “saft” and “vatten”",
    ]


def test_fields_and_their_opposites_are_told_as_such():
    assert _said("title:rea has:link NOT site:example.org NOT type:repost") == [
        "has “rea” in the title",
        "has a link",
        "does not stand on the site “example.org”",
        "is not of the kind repost",
    ]


def test_ways_that_exclude_each_other_are_listed():
    (clause,) = plain_words.said(query.parse("(kaffe AND rea) OR (te AND gratis) OR saft OR vatten"))
    assert clause.text == "at least one of these is true:"
    assert [part.text for part in clause.parts] == [
        "contains “saft” or “vatten”",
        "all of these are true:",
        "all of these are true:",
    ]


def test_a_list_of_hundreds_is_cut():
    (clause,) = plain_words.said(query.parse(" OR ".join(f"ord{n}" for n in range(300))))
    assert "or one of 288 others" in clause.text
    assert "ord299" not in clause.text


def test_brackets_in_brackets_are_told_no_deeper_than_a_reader_follows():
    node = query.parse("a" + "".join(f" OR (b{n} AND (c{n}" for n in range(12)) + "))" * 12)
    plain_words.said(node)


def test_the_place_of_a_fault_is_underlined():
    shown = query_parts.parts("kaffe AND SAS:s", [Mark(10, 15, "error", "why")])
    assert [(part.text, part.kind) for part in shown if part.text.strip()] == [
        ("kaffe", "word"),
        ("AND", "operator"),
        ("SAS:s", "error"),
    ]


def test_what_is_missing_at_the_end_is_underlined_behind_it():
    assert query_parts.parts("kaffe ", [Mark(6, 7, "error", "why")])[-1].kind == "error"


def test_operators_are_told_from_words_that_look_like_them():
    kinds = {
        part.text: part.kind
        for part in query_parts.parts('NEARBY ANDERS a NEAR/3f b -c "AND x" lang:sv (d) ~2')
    }
    assert kinds["NEARBY"] == kinds["ANDERS"] == "word"
    assert kinds["NEAR/3f"] == kinds["-"] == "operator"
    assert kinds['"AND x"'] == "phrase"
    assert kinds["lang:"] == "field"
    assert kinds["("] == "bracket"


@given(st.text(alphabet=st.sampled_from('ab ANDOR()"{}*?:~-#@\n<&é😀/4NEAR'), max_size=60), st.data())
def test_a_query_is_shown_whole_whatever_it_is(text, data):
    start = data.draw(st.integers(0, len(text)))
    marks = [Mark(start, start + data.draw(st.integers(1, 9)), "error", "why")]
    shown = "".join(part.text for part in query_parts.parts(text, marks))
    assert shown.removesuffix("\u2002") == text
    checked = query.check(text)
    if checked.error is not None:
        assert query_words.error(checked.error)
    elif checked.node is not None:
        assert plain_words.said(checked.node)
