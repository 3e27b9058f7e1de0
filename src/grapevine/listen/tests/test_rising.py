"""Which words and phrases have come up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine.text.topics import terms
from grapevine.listen import rising, stopwords
from grapevine.listen.rising import Sampled

STOP = stopwords.of_all()


def _rising(now, before, **given):
    return [one.word for one in rising.rising(now, before, stop=STOP, **given)]


def _posts(text, times, lang="en"):
    return [Sampled([text.split()], lang)] * times


def test_a_word_that_came_up_is_found_and_one_that_stayed_is_not():
    before = _posts("coffee tastes fine", 50)
    now = _posts("coffee tastes fine", 30) + _posts("coffee machine leaking", 20)
    assert _rising(now, before) == ["coffee machine leaking"]


def test_a_word_without_content_is_left_out_in_its_language_only():
    assert "men" not in _rising(_posts("kaffe men", 9, "sv"), _posts("kaffe", 9, "sv"))
    assert "kaffe män" in _rising(_posts("kaffe män", 9, "sv"), _posts("kaffe", 9, "sv"))
    assert "men coffee" in _rising(_posts("men coffee", 9, "de"), _posts("coffee", 9, "de"))


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
        [Sampled([["spam"] * 500], "en")] + _posts("leak", 5), _posts("quiet", 9), stop=STOP
    )
    assert [one.word for one in found] == ["leak"]


def test_a_post_stands_for_as_many_as_its_weight_says():
    now = [Sampled([["leak"]], "en", weight=10.0)] * 5 + [Sampled([["quiet"]], "en", weight=10.0)] * 5
    (found,) = rising.rising(now, _posts("quiet", 100), stop=STOP)
    assert (found.word, found.now, found.before, found.is_new) == ("leak", 50, 0, True)


def test_without_a_time_before_the_most_used_words_are_told():
    assert _rising(_posts("machine leaking", 9) + _posts("machine", 4), []) == ["machine leaking"]


@given(st.lists(st.text()), st.lists(st.text()))
def test_no_text_breaks_it(now, before):
    rising.rising(
        [Sampled(terms.runs(t), "") for t in now], [Sampled(terms.runs(t), "xx") for t in before], stop=STOP
    )


def test_a_phrase_takes_the_place_of_the_words_it_explains():
    before = _posts("quiet coffee", 50) + _posts("delivery service", 4)
    now = _posts("quiet coffee", 30) + _posts("late delivery", 20)
    found = _rising(now, before)
    assert "late delivery" in found
    assert not {"late", "delivery"} & set(found)


def test_a_word_that_rose_beyond_its_phrase_stays():
    now = (
        _posts("late delivery", 20)
        + _posts("delivery quiet", 1)
        + [Sampled([["delivery", f"w{n}"]], "en") for n in range(40)]
    )
    assert {"late delivery", "delivery"} <= set(_rising(now, _posts("quiet", 60)))


def test_a_sentence_that_many_repeat_is_told_once_or_twice_and_not_in_all_its_pieces():
    found = _rising(_posts("alfa beta gamma delta epsilon zeta", 20), _posts("quiet", 60))
    assert len(found) == 2 and all(word.count(" ") == 2 for word in found)


def test_a_phrase_may_go_around_a_word_without_content_but_does_not_begin_with_it():
    found = _rising(_posts("a cup of coffee", 20), _posts("quiet", 60))
    assert found == ["cup of coffee"]


def test_commas_and_addresses_part_phrases():
    now = [Sampled(terms.runs("machine, leaking https://leak.example/x slowly"), "en")] * 20
    assert set(_rising(now, _posts("quiet", 60))) == {"machine", "leaking", "slowly"}


def test_two_common_words_that_come_together_rise_as_a_phrase_alone():
    before = _posts("customer coffee", 40) + _posts("service tea", 40)
    now = _posts("customer coffee", 25) + _posts("service tea", 25) + _posts("customer service", 15)
    assert _rising(now, before)[0] == "customer service"


@given(
    st.lists(
        st.lists(st.sampled_from("late delivery of coffee the machine leaks".split()), max_size=6),
        max_size=30,
    ),
    st.randoms(),
)
def test_the_order_of_the_posts_does_not_matter(said, random):
    now = [Sampled([one], "en", weight=1.1) for one in said]
    mixed = list(now)
    random.shuffle(mixed)
    before = [Sampled([["coffee"]], "en")] * 10
    assert rising.rising(now, before, stop=STOP) == rising.rising(mixed, before, stop=STOP)
