"""Texts of plain characters become words by a table."""

from __future__ import annotations

import re
import struct

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


@given(st.lists(st.lists(st.text("abåz09", min_size=1, max_size=4), max_size=9), min_size=1, max_size=9))
def test_rows_for_postgresql_hold_the_different_words_in_the_order_of_their_bytes(
    posts: list[list[str]],
) -> None:
    many = [*posts, [f"word{n}" for n in range(400)]]  # so many are written another way
    data = plainwords.copied([" ".join(words) for words in many], list(range(7, 7 + len(many))))
    assert data.startswith(b"PGCOPY\n\xff\r\n\0") and data.endswith(b"\xff\xff")
    at, found = 19, {}
    for _row in many:
        columns, eight, number, length, count = struct.unpack_from(">hiqii", data, at)
        words = data[at + 22 : at + 18 + length].split(bytes(3))[:-1]
        assert (columns, eight, len(words)) == (2, 8, count)
        found[number - 7] = words
        at += 18 + length
    assert at == len(data) - 2
    assert [found[n] for n in range(len(many))] == [
        sorted({word.encode() for word in words}) for words in many
    ]
