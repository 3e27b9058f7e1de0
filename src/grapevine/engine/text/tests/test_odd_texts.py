"""What nobody means to write, or writes to get past a reader: it has a defined reading, whatever it is."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grapevine.engine.text import language, reading
from grapevine.engine.text.reading import fast


def one(text: str) -> reading.Reading:
    """The reading of one text."""
    return reading.read([text])[0]


@pytest.mark.parametrize(
    ("plain", "odd"),
    [
        ("check out my channel", "ｃｈｅｃｋ ｏｕｔ ｍｙ ｃｈａｎｎｅｌ"),
        ("check out my channel", "𝓒𝓱𝓮𝓬𝓴 𝓸𝓾𝓽 𝓶𝔂 𝓬𝓱𝓪𝓷𝓷𝓮𝓵"),
        ("this is great", "t̸h̷i̵s̶ ̵i̷s̶ ̷g̸r̵e̵a̸t̷"),
        ("I love this coffee", "I lo\u200bve th\u200bis co\u200bffee"),
        ("I love this coffee", "I lo\u00adve this cof\u2060fee"),
        ("Jag älskar kaffet", unicodedata.normalize("NFD", "Jag älskar kaffet")),
    ],
)
def test_letters_dressed_up_are_read_as_what_they_are(plain: str, odd: str) -> None:
    told, found = one(plain), one(odd)
    assert (found.sentiment, found.spam, found.intents) == (told.sentiment, told.spam, told.intents)


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("T E R R I B L E service", "negative"),
        ("Det här är v ä r d e l ö s t", "negative"),
        ("h e e r l i j k e koffie", "positive"),
        ("S-Ä-M-S-T-A butiken", "negative"),
    ],
)
def test_a_word_spaced_out_is_one_word(text: str, mood: str) -> None:
    assert one(text).sentiment == mood


def test_what_is_all_in_capitals_is_read_as_the_same_in_small_letters() -> None:
    loud, plain = one("SÄMSTA SERVICEN NÅGONSIN"), one("sämsta servicen någonsin")
    assert (loud.lang, loud.sentiment) == (plain.lang, plain.sentiment) == ("sv", "negative")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "😀😀",
        "!!!",
        "\0\x07\x1b",
        "...",
        "\u202e\u202d",
        "\ufeff",
        "\ud800\udc00"[:1],
        "👩‍👩‍👧‍👦",
        "1234 5678",
    ],
)
def test_where_nothing_is_said_there_is_no_language_and_nothing_sure(text: str) -> None:
    found = one(text)
    assert (found.lang, found.sure, found.spam, found.intents) == ("", False, False, ())


@pytest.mark.parametrize(("text", "mood"), [("😡😡😡", "negative"), ("❤️😍", "positive")])
def test_emoji_alone_have_a_mood_that_is_not_sure(text: str, mood: str) -> None:
    found = one(text)
    assert (found.sentiment, found.sure) == (mood, False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tämä kahvi on todella hyvää ja palvelu oli ystävällistä", "fi"), ("Le café était froid et le serveur très désagréable", "fr"),
        ("El servicio fue excelente y la comida muy rica", "es"), ("Il caffè era ottimo e il personale molto gentile", "it"),
        ("Bardzo dobra kawa i miła obsługa, polecam wszystkim", "pl"), ("Kahve çok güzeldi ve personel çok nazikti", "tr"),
        ("Kaffið var mjög gott og þjónustan frábær", "is"), ("Кофе был очень вкусный, спасибо", "ru"), ("コーヒーはとても美味しかったです", "ja"),
        ("القهوة كانت لذيذة جدا", "ar"), ("Ο καφές ήταν πολύ καλός", "el"),
    ],
)  # fmt: skip
def test_a_language_that_we_do_not_read_is_named_and_nothing_is_sure(text: str, code: str) -> None:
    found = one(text)
    assert (found.lang, found.sure) == (code, False)
    assert reading.batch([text]).codes() == [""], "listen counts only what it reads"
    assert code in language.OTHERS


def test_half_in_one_language_and_half_in_another_is_less_certain() -> None:
    mixed = one("Jag älskar kaffet here in Stockholm but the service is slow och dyrt")
    assert mixed.lang in ("sv", "en")
    assert mixed.lang_p < min(
        one("Jag älskar kaffet här i Stockholm men servicen är långsam och dyr").lang_p,
        one("I love the coffee here").lang_p,
    )


@pytest.mark.parametrize(
    "text",
    [
        "for i in range(10): print(i)",
        "<html><body onload='x()'>",
        "{'a': [1, 2]}",
        "SELECT * FROM t WHERE a = 1;",
    ],
)
def test_code_is_neither_glad_nor_sad_for_sure(text: str) -> None:
    found = one(text)
    assert found.sentiment == "neutral" or not found.sure
    assert not found.spam


def test_what_lies_behind_the_longest_is_not_read() -> None:
    long = "bra " * fast.LONGEST
    assert one(long) == one(long[: fast.LONGEST])


@settings(max_examples=120, deadline=None)
@given(
    st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Z", "C", "M")), max_size=300)
    | st.text(alphabet="abcåäöABC .,!?@#:/-'😀🙄\u0301\u200d\u202e\0ｃ𝓬я漢", max_size=200)
    | st.binary(max_size=200).map(lambda raw: raw.decode("utf-8", "surrogateescape"))
    | st.lists(
        st.sampled_from(
            [
                "inte",
                "bra",
                "https://t.co/a",
                "www.x.se",
                "@help",
                "#a",
                "s",
                "p",
                "a",
                "m",
                ":)",
                "?",
                "not",
                "good",
                "1.000",
                "\n",
            ]
        ),
        max_size=40,
    ).map(" ".join)
)
def test_every_text_has_a_whole_reading_and_the_same_one_twice(text: str) -> None:
    first, again = reading.read([text, text])
    assert first == again
    assert sum(first.sentiment_p) == pytest.approx(1, abs=0.01)
    assert 0 <= first.spam_p <= 1
    assert 0 <= first.lang_p <= 1
    assert first.lang in ("", *fast.LANGUAGES, *language.OTHERS)
    found = reading.batch([text])
    assert np.isfinite(found.moods).all()
    assert np.isfinite(found.points).all()
