"""Sums are read as people of four languages write them, and a promise is told from a price."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine.text import money


@pytest.mark.parametrize(
    ("text", "lang", "value", "currency"),
    [
        ("Vi ersätter 500 kr direkt.", "sv", "500", "SEK"),
        ("Vi ersätter dig med 1 500 kronor", "sv", "1500", "SEK"),
        ("Du får ett presentkort på 250:-", "sv", "250", "SEK"),
        ("Vi ger dig femhundra kronor i rabatt", "sv", "500", "SEK"),
        ("Vi kompenserar med 2\u00a0000 kr", "sv", "2000", "SEK"),
        ("Vi refunderer kr. 1.500,-", "da", "1500", "DKK"),
        ("Du får et gavekort på 1.249,50 kr.", "da", "1249.50", "DKK"),
        ("Vi erstatter fem hundrede kroner", "da", "500", "DKK"),
        ("Du får DKK 300 tilbage", "da", "300", "DKK"),
        ("We vergoeden € 50,00", "nl", "50", "EUR"),
        ("U krijgt een tegoedbon van €1.250,-", "nl", "1250", "EUR"),
        ("Wij betalen 75 euro terug", "nl", "75", "EUR"),
        ("Je krijgt vijftig euro korting", "nl", "50", "EUR"),
        ("Here is a £20 voucher", "en", "20", "GBP"),
        ("We will refund $1,250.99 today", "en", "1250.99", "USD"),
        ("We refund 1,500 EUR", "en", "1500", "EUR"),
        ("I promise you five hundred pounds", "en", "500", "GBP"),
        ("We will send you 2k euros", "en", "2000", "EUR"),
        ("Wir… we give you 300 kr", "en", "300", "kr"),
        ("Vi ersätter ５００ kr", "sv", "500", "SEK"),
        ("Vi ersätter 10 tusen kronor", "sv", "10000", "SEK"),
        ("Vi betalar 1,5 miljoner kr tillbaka", "sv", "1500000", "SEK"),
    ],
)
def test_a_promised_sum_is_read_in_the_formats_of_its_language(
    text: str, lang: str, value: str, currency: str
) -> None:
    (found,) = money.read(text, lang).promised
    assert (found.value, found.currency) == (Decimal(value), currency)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Lampan kostar 499 kr.", "sv"),
        ("Fri frakt för köp över 499 kr", "sv"),
        ("Prisen er 1.299 kr", "da"),
        ("Gratis fragt fra 299 kr.", "da"),
        ("De lamp kost € 49,95", "nl"),
        ("Gratis verzending vanaf 50 euro", "nl"),
        ("The price is £49.99", "en"),
        ("Delivery is free above €50", "en"),
    ],
)
def test_a_price_is_no_promise(text: str, lang: str) -> None:
    found = money.read(text, lang)
    assert len(found.sums) == 1
    assert found.promised == ()


def test_a_price_and_a_promise_in_one_text_are_told_apart_by_sentence() -> None:
    found = money.read("The lamp costs £49. We will refund £20 of it. Sorry again.", "en")
    assert [(one.value, one.promised) for one in found.sums] == [(Decimal(49), False), (Decimal(20), True)]


def test_a_sum_without_a_word_beside_it_counts_as_promised() -> None:
    assert money.read("500 kr, ok?", "sv").promised[0].value == 500


@pytest.mark.parametrize(
    "text",
    [
        "Ordernummer 12345, tel 08-123 45 67, den 22.11.2026 kl. 14.30",
        "Vi öppnar klockan 10 och har 25 års erfarenhet",
        "Call 020 1234567 between 9 and 5",
        "Thanks a million, a lot, one more time",
        "😀 1.500 friends",
        "",
    ],
)
def test_numbers_that_are_no_money_are_let_be(text: str) -> None:
    assert money.read(text, "sv") == money.Found((), (), ())


def test_where_a_link_leads_promises_nothing() -> None:
    found = money.read("One click tells us: https://w.example/survey/n-kr8m9kb1YR6Q/", "en")
    assert found == money.read("One click tells us.", "en")
    assert money.read("See https://w.example/t/kr8 and we give you 500 kr.", "sv").promised


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Du får 20 % rabatt", "20"),
        ("Du får 10 procent rabat", "10"),
        ("12,5% korting voor jou", "12.5"),
        ("Take 15 per cent off", "15"),
    ],
)
def test_a_share_off_is_a_promise(text: str, share: str) -> None:
    assert money.read(text).percents == (Decimal(share),)


def test_a_share_of_something_else_is_none() -> None:
    assert money.read("90 % of our wool is Danish").percents == ()


@pytest.mark.parametrize(
    "text",
    [
        "Du får pengarna tillbaka!",
        "Du får hele beløbet igen",
        "U krijgt uw geld terug",
        "We'll give you a full refund",
    ],
)
def test_a_promise_without_a_sum_is_told(text: str) -> None:
    assert len(money.read(text).open_ended) == 1


@given(st.decimals(min_value=1, max_value=9_999_999, places=2), st.sampled_from(["sv", "da", "nl", "en"]))
def test_every_sum_is_read_as_it_was_written(value: Decimal, lang: str) -> None:
    grouped = f"{value:,.2f}"
    written = {
        "sv": "Vi ersätter " + grouped.replace(",", " ").replace(".", ",") + " kr",
        "da": "Vi refunderer kr. " + grouped.replace(",", "x").replace(".", ",").replace("x", "."),
        "nl": "We vergoeden € " + grouped.replace(",", "x").replace(".", ",").replace("x", "."),
        "en": f"We refund £{grouped}",
    }[lang]
    assert [one.value for one in money.read(written, lang).promised] == [value]


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    money.read(text, "sv")


def test_a_long_text_of_digits_is_read_in_no_time() -> None:
    assert len(money.read("1 " * 20_000, "sv").sums) == 0
    assert money.read("kr " * 10_000, "sv").sums == ()
