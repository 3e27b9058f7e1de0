"""Texts of plain characters become words by a table."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine.text import plainwords


def becomes(character: str) -> str | None:
    if not ("\t" <= character <= "ſ"):
        return None
    return (
        character.casefold()
        if character.isalnum() and character not in "²³¹ªº¼½¾µŉſİ"
        else ("" if not character.isalnum() else None)
    )


TABLE = plainwords.table_of(becomes)
NONE = plainwords.set_of([])


def read(text: str, *without: str, longest: int = 100) -> list[str] | None:
    found = plainwords.words([text], TABLE, longest_word=longest, without=plainwords.set_of(without))[0]
    return found.split() if found is not None else None


def test_letters_are_folded_and_signs_part_words() -> None:
    assert read("Ärlig-talat, ÅRETS «Öl»: 3,5 straße! 🎉x") == [
        "ärlig",
        "talat",
        "årets",
        "öl",
        "3",
        "5",
        "strasse",
        "x",
    ]


def test_addresses_give_no_words() -> None:
    assert read("see https://a.example/b?c=d«e» and http://x then httpsy") == [
        "see",
        "e",
        "and",
        "then",
        "httpsy",
    ]


def test_words_left_out_are_left_out() -> None:
    assert read("och det är så", "och", "så") == ["det", "är"]
    assert read("och", "och") == []
    assert read("och och och kaffe och", "och") == ["kaffe"]


def test_what_is_not_plain_is_named() -> None:
    assert plainwords.words(["a", "10 m²", "b"], TABLE, longest_word=9, without=NONE) == ["a", None, "b"]


def test_long_words_are_cut() -> None:
    assert read("a" * 50 + " b", longest=8) == ["a" * 8, "b"]


def test_nothing_gives_nothing() -> None:
    assert plainwords.words([], TABLE, longest_word=9, without=NONE) == []
    assert plainwords.words(["", "\0", " . "], TABLE, longest_word=9, without=NONE) == ["", "", ""]


@given(
    st.lists(st.text(max_size=40), min_size=1, max_size=4), st.sets(st.sampled_from("abcdefgh"), max_size=4)
)
def test_any_text_gives_what_a_regular_expression_gives(texts: list[str], without: set[str]) -> None:
    found = plainwords.words(texts, TABLE, longest_word=100, without=plainwords.set_of(without))
    for text, made in zip(texts, found, strict=True):
        text = text.replace("\0", " ")
        if any(becomes(character) is None and not 0x1F300 <= ord(character) <= 0x1FAFF for character in text):
            assert made is None
        elif made is not None:
            words = re.findall(r"[^\W_]+", re.sub("[\U0001f300-\U0001faff]", " ", text).casefold())
            assert made.split() == [word for word in words if word not in without]


@given(st.sets(st.text("abcåäö", min_size=1, max_size=3), max_size=60))
def test_a_set_of_any_words_leaves_out_these_and_no_others(without: set[str]) -> None:
    every = sorted(without | {"b", "åb", "cåa"})
    assert read(" ".join(every), *without) == [word for word in every if word not in without]
