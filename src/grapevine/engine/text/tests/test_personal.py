"""Personal data in texts of four countries: what is found, what is masked, and what only looks like it. All numbers are invented or test numbers."""

from __future__ import annotations

from itertools import accumulate
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine.text import numbers, personal

IS = [
    # Sweden
    ("Ring mig på 070-123 45 67 ikväll", "070-123 45 67", "phone", "SE"),
    ("sms:a 0701234567!", "0701234567", "phone", "SE"),
    ("Växel 08-123 456 78", "08-123 456 78", "phone", "SE"),
    ("031-12 34 56 är numret", "031-12 34 56", "phone", "SE"),
    ("nås på +46 (0)70 123 45 67", "+46 (0)70 123 45 67", "phone", "SE"),
    ("Mitt personnummer är 811218-9876", "811218-9876", "national", "SE"),
    ("19811218-9876", "19811218-9876", "national", "SE"),
    ("hon är över hundra: 121212+1212", "121212+1212", "national", "SE"),
    ("samordningsnummer 701063-2391", "701063-2391", "national", "SE"),
    ("IBAN SE35 5000 0000 0549 1000 0003, tack", "SE35 5000 0000 0549 1000 0003", "account", "SE"),
    # Denmark
    ("Ring på 20 12 34 56", "20 12 34 56", "phone", ""),
    ("tlf. 20123456", "20123456", "phone", ""),
    ("Skriv til +45 20 12 34 56", "+45 20 12 34 56", "phone", "DK"),
    ("mit cpr er 010190-1234", "010190-1234", "national", "DK"),
    ("cpr-nr 0101901234", "0101901234", "national", "DK"),
    ("DK5000400440116243", "DK5000400440116243", "account", "DK"),
    # The Netherlands
    ("app me op 06-12345678", "06-12345678", "phone", "NL"),
    ("06 12 34 56 78", "06 12 34 56 78", "phone", "NL"),
    ("bel 020-1234567 a.u.b.", "020-1234567", "phone", "NL"),
    ("0031612345678", "0031612345678", "phone", "NL"),
    ("mijn bsn is 111222333", "111222333", "national", "NL"),
    ("stort op NL91 ABNA 0417 1643 00 graag", "NL91 ABNA 0417 1643 00", "account", "NL"),
    # Norway
    ("ring 912 34 567", "912 34 567", "phone", "NO"),
    ("+47 22 33 44 55", "+47 22 33 44 55", "phone", "NO"),
    ("fødselsnummer 01010750160", "01010750160", "national", "NO"),
    ("NO93 8601 1117 947", "NO93 8601 1117 947", "account", "NO"),
    # anywhere
    ("Skriv till anna.b+kund@mail.exempel.se.", "anna.b+kund@mail.exempel.se", "email", ""),
    ("anna (at) exempel.se", "anna (at) exempel.se", "email", ""),
    ("åsa@exempel.se", "åsa@exempel.se", "email", ""),
    ("kort 4111 1111 1111 1111 gäller till", "4111 1111 1111 1111", "card", ""),
    ("5555555555554444", "5555555555554444", "card", ""),
    ("amex 3782 822463 10005", "3782 822463 10005", "card", ""),
]
IS_NOT = [
    "Det kostade 1 299 000 kr", "prijs: € 12.345.678,00", "2026-05-17 12:30", "17-05-2026 10:00-18:00", "17.05.2026", "2023-2024", "1914-1918 och 1939-1945",
    "order 0701234567", "Ordrenummer: 20 12 34 56", "bestelling 111222333", "111222333", "20123456", "0101901234", "faktura 811218", "kl 10:00-18:00",
    "192.168.100.100", "https://exempel.se/0701234567", "#0701234567", "@0701234567", "1 000 000 000", "99,95", "100 000 000 mennesker", "556012-5790",
    "811218-9875", "kort 4111 1111 1111 1112", "SE36 5000 0000 0549 1000 0003", "0000000000000000", "v 8.4.25.906", "iOS 11.0.3 8.4.28.1104",
    "@anna och @bo", "a@b", "12345678901234567890123456789012345", "0,1234567890", "978-91-7263-892-2", "½ liter för 30:- styck", "tag 580815, flight 2671", "lotto 12 22 33 44 55 61 7",
]  # fmt: skip


@pytest.mark.parametrize(("text", "part", "kind", "country"), IS, ids=[one[1] for one in IS])
def test_what_is_personal_is_found_and_masked(text: str, part: str, kind: str, country: str) -> None:
    (found,) = personal.find(text)
    assert (text[found.begin : found.end], found.kind, found.country) == (part, kind, country)
    assert personal.masked(text) == text.replace(part, f"[{kind}]")


@pytest.mark.parametrize("text", IS_NOT)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert personal.find(text) == []
    assert personal.masked(text) == text


def test_several_are_masked_each_by_its_kind_in_the_readers_language() -> None:
    text = "Anna, anna@exempel.se, 070-123 45 67 (811218-9876)"
    assert personal.masked(text) == "Anna, [email], [phone] ([national])"
    assert personal.masked("0701234567 0709876543") == "[phone] [phone]"
    assert personal.masked(text, {"phone": "telefon"}) == "Anna, [email], [telefon] ([national])"


@pytest.mark.parametrize(
    ("check", "right"),
    [
        (numbers.luhn, "8112189876"), (numbers.is_swedish, "198112189876"), (numbers.is_norwegian, "01010750160"), (numbers.is_dutch, "111222333"),
        (numbers.is_card, "4111111111111111"), (numbers.is_account, "DE89370400440532013000"), (numbers.is_account, "GB29NWBK60161331926819"),
    ],
)  # fmt: skip
def test_one_wrong_digit_is_seen(check: object, right: str) -> None:
    assert callable(check)
    assert check(right)
    for place, digit in enumerate(right):
        if digit.isdigit():
            assert not check(right[:place] + str((int(digit) + 1) % 10) + right[place + 1 :]), place


@given(
    st.text(alphabet=st.sampled_from("0123456789 +-()./@aåsexNL\u00a0٣\U0001d7d8\0"), max_size=120)
    | st.text(max_size=80)
)
def test_no_text_upsets_it_and_masked_text_holds_nothing_more(text: str) -> None:
    found = personal.find(text)
    assert all(a.end <= b.begin for a, b in zip(found, found[1:], strict=False))
    assert all(0 <= one.begin < one.end <= len(text) for one in found)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20))), st.lists(st.integers(1, 6)))
def test_numbers_within_what_is_taken_are_left_out(pairs: list[tuple[int, int]], steps: list[int]) -> None:
    taken = [(begin, begin + size) for begin, size in pairs]
    edges = list(accumulate(steps))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    clear = [(a, b) for a, b in spans if not any(a < last and first < b for first, last in taken)]
    assert list(personal._clear(spans, taken)) == clear


def test_twice_the_links_and_numbers_are_twice_the_work() -> None:
    compared = 0

    class Place(int):
        def __lt__(self, other: int) -> bool:
            nonlocal compared
            compared += 1
            return int(self) < int(other)

        __hash__ = int.__hash__

    size = 10_000  # 200 kB of "http://a.b 12345678 "
    links = [(Place(20 * row), Place(20 * row + 10)) for row in range(size)]
    numbers = [(Place(20 * row + 11), Place(20 * row + 19)) for row in range(size)]
    assert list(personal._clear(numbers, links)) == numbers
    assert compared < 5 * size


@pytest.mark.parametrize(
    "text",
    [
        "http://a.b 12345678 " * 50_000,
        "1" * 1_000_000,
        "a" * 1_000_000 + "@",
        "1 " * 500_000,
        "a.b@" * 250_000,
        "SE35 " * 200_000,
        "(at) " * 200_000,
    ],
)
def test_a_megabyte_takes_no_longer_than_reading_it(text: str) -> None:
    began = process_time()
    personal.find(text)
    assert process_time() - began < 5
