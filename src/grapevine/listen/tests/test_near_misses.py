"""What nearly matches a query, by compiled code and by the plain matcher alike."""

from __future__ import annotations

import pytest

from grapevine.engine import query
from grapevine.listen import near_misses, warmth
from grapevine.listen.near_misses import CAUGHT, NEITHER, Lens

QUERIES = (
    "kaffe",
    "kaffe te",
    "kaffe -te",
    '"god kaffe" OR (te NEAR/1 mugg)',
    "(kaffe OR te) mugg lang:sv",
    "kaffe NOT (te OR mugg) -saft",
    '"kaffe te mugg"~1',
    "#kaffe @nordrost",
    "title:kaffe te",
    "lang:sv -kaffe",
    "a OR b OR (c AND (d OR e))",
    "has:question kaffe",
)
TEXTS = (
    "kaffe",
    "te",
    "kaffe te mugg",
    "kaffe och sedan mycket annat och till sist te i en mugg",
    "god morgon, kaffe?",
    "god kaffe",
    "#kaffe till @nordrost",
    "ingenting av det",
    "",
)


@pytest.fixture
def plain(monkeypatch):
    monkeypatch.setattr(warmth, "compiled", lambda watches: None)


def _seen(text):
    lens = Lens(query.parse(text))
    columns = {
        "text": list(TEXTS),
        "title": ["", "", "kaffe", *[""] * 6],
        "lang": ["sv", "en", "", *["sv"] * 6],
    }
    found = lens.look(columns, len(TEXTS))
    return lens, [one if isinstance(one, str) else text[slice(*one.part)] for one in found]


@pytest.mark.parametrize("text", QUERIES)
def test_compiled_code_and_the_plain_matcher_say_the_same(text, monkeypatch):
    while warmth.compiled([]) is None:  # the first time it is compiled
        pass
    fast, by_code = _seen(text)
    monkeypatch.setattr(warmth, "compiled", lambda watches: None)
    slow, plainly = _seen(text)
    assert (fast.is_fast, slow.is_fast) == (True, False)
    assert by_code == plainly


def test_the_one_part_that_kept_a_post_out_is_named(plain):
    assert _seen("kaffe -te")[1][:3] == [CAUGHT, NEITHER, "-te"]
    assert _seen("kaffe mugg")[1][:3] == ["mugg", NEITHER, CAUGHT]


def test_words_that_stand_apart_come_before_parts_left_out(plain):
    assert _seen("kaffe NEAR/1 mugg te")[1][3] == "kaffe NEAR/1 mugg"


def test_a_post_that_shares_only_its_language_is_no_near_miss(plain):
    assert _seen("kaffe lang:sv")[1][7] == NEITHER


def test_a_query_of_hundreds_of_parts_is_tried_in_a_bounded_number_of_ways():
    lens = Lens(query.parse(" ".join(f"word{n}" for n in range(500))))
    assert len(lens.ways) == near_misses.MOST_WAYS
