"""What a body of posts is about."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from grapevine.engine.text import topics
from grapevine.engine.text.topics import Post, Topic, terms

STOP = {
    "en": frozenset("the of a is and it to my was in for".split()),
    "sv": frozenset("och är en att".split()),
}
QUIET = [f"nothing{n} special{n} today{n}" for n in range(60)]
LATE = [
    "my parcel is late again, the courier lost it",
    "late parcel and a rude courier",
    "courier says the parcel is late",
]
LEAK = [
    "the coffee machine leaks water",
    "water everywhere, coffee machine leaks",
    "my coffee machine leaks: water!",
]


def _posts(*texts, lang="en", first=1):
    return [Post(first + n, terms.runs(text), lang, author=first + n) for n, text in enumerate(texts)]


def _found(posts, **given):
    return topics.find(posts, stop=STOP, **given)


def _talk():
    return _posts(*QUIET, *LATE * 4, *LEAK * 3)


def test_words_that_stand_together_make_a_topic_with_a_label():
    late, leak = _found(_talk())
    assert set(late.label) <= {"late", "parcel", "courier"}
    assert "coffee machine leaks" in leak.label or "coffee machine" in leak.label
    assert len(topics.posts_of(late, _talk())) == 12
    assert len(topics.posts_of(leak, _talk())) == 9


def test_each_language_has_its_own_topics():
    swedish = _posts(*["paketet är försenat och budet slarvar"] * 9, *QUIET, lang="sv", first=500)
    assert {one.lang for one in _found([*_talk(), *swedish])} == {"en", "sv"}


def test_what_few_people_say_is_no_topic():
    alone = [Post(n, terms.runs("ghost in the castle"), "en", author=7) for n in range(100, 140)]
    assert _found([*_posts(*QUIET), *alone]) == []
    assert _found(_posts(*LATE, *LEAK)) == []
    assert _found([]) == []


def test_words_without_content_and_those_the_posts_were_found_by_make_no_topic():
    assert _found(_posts(*["it was in the of and to my"] * 30, *QUIET)) == []
    words = {
        word
        for one in _found(_talk(), left_out=lambda word: word == "parcel")
        for term in one.terms
        for word in term.split()
    }
    assert words and "parcel" not in words


def test_the_typical_post_says_the_topic_and_little_else():
    long = _posts("parcel late courier " + "and then I told everybody about my whole week " * 5, first=900)
    found = _found([*_talk(), *long])
    late = next(one for one in found if "parcel" in one.terms)
    typical = topics.typical(late, topics.posts_of(late, [*_talk(), *long]))
    assert typical is not None and typical.key < 900
    assert topics.typical(late, []) is None


def test_a_topic_is_known_again_the_next_day():
    today = [Topic(("parcel", "late", "courier"), "en"), Topic(("coffee machine",), "en")]
    kept = {
        7: Topic(("courier", "parcel", "lost"), "en"),
        8: Topic(("parcel", "late"), "sv"),
        9: Topic(("ghost", "castle"), "en"),
    }
    assert topics.matched(today, kept) == {0: 7}
    assert topics.matched(today, {}) == {}


def test_a_name_stays_as_long_as_half_of_it_is_still_said():
    today = Topic(("courier", "late", "rude"), "en")
    assert today.named(["parcel", "late"]) == ("parcel", "late")
    assert today.named(["parcel", "lost"]) == today.named([]) == ("courier", "late", "rude")


def test_two_topics_of_today_do_not_take_the_same_name():
    today = [Topic(("parcel", "late", "rude"), "en"), Topic(("parcel", "late", "courier"), "en")]
    assert topics.matched(today, {7: Topic(("parcel", "late", "courier"), "en")}) == {1: 7}


_WORDS = "late parcel courier coffee machine leaks water the of ghost castle och försenat".split()
_SAID = st.lists(st.lists(st.sampled_from(_WORDS), max_size=7), max_size=60)


@settings(max_examples=60, deadline=None)
@given(_SAID, st.randoms())
def test_topics_do_not_depend_on_the_order_of_the_posts(said, random):
    posts = [Post(n, [words], "en" if n % 3 else "", n % 9, 1.0 + n / 7) for n, words in enumerate(said)]
    mixed = list(posts)
    random.shuffle(mixed)
    found = _found(posts)
    assert found == _found(mixed)
    for one in found:
        its = topics.posts_of(one, posts)
        assert len(its) >= topics.LEAST_POSTS
        assert one.label and set(one.label) <= set(one.terms)
        for term in one.terms:
            assert term.split()[0] not in STOP["en"] and term.split()[-1] not in STOP["en"]


@given(st.lists(st.text()))
def test_no_text_breaks_it(said):
    _found(_posts(*said, lang="xx"))


def test_addresses_and_handles_are_no_words():
    assert terms.runs("See https://leak.example/path @leak.bsky.social and ÅÄÖ o\u0308l") == [
        ["see"],
        ["and", "åäö", "öl"],
    ]
    assert terms.runs("one, two three! four") == [["one"], ["two", "three"], ["four"]]
