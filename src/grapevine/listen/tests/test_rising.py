"""Which words have come up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grapevine.listen import rising, stopwords
from grapevine.listen.rising import Sampled

STOP = stopwords.of_all()


def _rising(now, before, **given):
    return [one.word for one in rising.rising(now, before, words_of=str.split, stop=STOP, **given)]


def _posts(text, times, lang="en"):
    return [Sampled(text, lang)] * times


def test_a_word_that_came_up_is_found_and_one_that_stayed_is_not():
    before = _posts("coffee tastes fine", 50)
    now = _posts("coffee tastes fine", 30) + _posts("coffee machine leaking", 20)
    assert _rising(now, before) == ["leaking", "machine"]


def test_a_word_without_content_is_left_out_in_its_language_only():
    assert "men" not in _rising(_posts("kaffe men", 9, "sv"), _posts("kaffe", 9, "sv"))
    assert "män" in _rising(_posts("kaffe män", 9, "sv"), _posts("kaffe", 9, "sv"))
    assert "men" in _rising(_posts("men coffee", 9, "de"), _posts("coffee", 9, "de"))


def test_an_unsure_language_leaves_out_the_stop_words_of_all():
    assert _rising(_posts("och niet ikke the", 9, ""), _posts("kaffe", 9, "")) == []


def test_the_brands_own_words_are_left_out():
    found = _rising(
        _posts("fjordbrygg strike", 9), _posts("quiet", 9), left_out=lambda word: word.startswith("fjord")
    )
    assert found == ["strike"]


def test_a_word_seen_twice_is_no_rise():
    assert _rising(_posts("quiet", 50) + _posts("sudden", 2), _posts("quiet", 50)) == []


def test_the_surer_rise_stands_first():
    before = _posts("quiet", 100)
    now = _posts("quiet", 60) + _posts("strike", 30) + _posts("leak", 10)
    assert _rising(now, before) == ["strike", "leak"]


def test_one_post_that_repeats_a_word_counts_once():
    found = rising.rising(
        [Sampled("spam " * 500, "en")] + _posts("leak", 5), _posts("quiet", 9), words_of=str.split, stop=STOP
    )
    assert [one.word for one in found] == ["leak"]


def test_a_post_stands_for_as_many_as_its_weight_says():
    now = [Sampled("leak", "en", weight=10.0)] * 5 + [Sampled("quiet", "en", weight=10.0)] * 5
    (found,) = rising.rising(now, _posts("quiet", 100), words_of=str.split, stop=STOP)
    assert (found.word, found.now, found.before, found.is_new) == ("leak", 50, 0, True)


def test_without_a_time_before_the_most_used_words_are_told():
    assert _rising(_posts("machine leaking", 9) + _posts("machine", 4), []) == ["machine", "leaking"]


@given(st.lists(st.text()), st.lists(st.text()))
def test_no_text_breaks_it(now, before):
    rising.rising(
        [Sampled(t, "") for t in now], [Sampled(t, "xx") for t in before], words_of=str.split, stop=STOP
    )
