"""Promises as people say them to each other, and what sounds like one and is none."""

from __future__ import annotations

import pytest

from grapevine.engine.text import money

PROMISED = {
    "en": (
        "We will reimburse everything.", "Your money will be returned to you in full", "The shipping is free next time", "No charge.",
        "Don't worry about the invoice, we tear it up", "We'll cut your bill in half", "We'll make it up to you with a gift card.",
        "We'll send you a replacement", "You get every penny back",
    ),
    "sv": (
        "Fri frakt nästa gång", "Vi skänker dig en påse kaffe", "Du får tillbaka vartenda öre", "Hos oss gäller två för en", "Du får igen det du betalat",
        "Vi skickar en ny maskin", "Vi drar av hälften av priset",
    ),
    "da": (
        "Vi giver den næste kop", "Vi trækker halvdelen af prisen fra", "Fri fragt næste gang", "Du får hver en øre igen", "Vi sender en ny maskine",
    ),
    "nl": (
        "We trakteren", "We halen de helft van de prijs af", "Die krijgt u voor niks", "De kosten zijn voor ons", "Het is twee halen een betalen",
        "U krijgt elke cent terug", "Wij sturen u een nieuwe machine",
    ),
}  # fmt: skip
INNOCENT = (
    "We will send you a new link", "Vi skickar en ny länk", "Du får en ny kod", "Wij sturen u een nieuwe factuur", "Every cup counts", "Du får svar i morgen",
    "We split the bill of lading into two lists", "Varje krona räknas i vår insamling", "Elke euro telt", "Our returns are handled within a week",
    "We do not send a replacement", "Vi har två för en vecka sedan", "You can pay in cash", "Fri entré", "Vi öppnar igen det är klart",
    "We cut the price of the old roast last year",
)  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text"), [(lang, text) for lang, texts in PROMISED.items() for text in texts]
)
def test_a_promise_in_ordinary_words_is_heard(lang: str, text: str) -> None:
    found = money.read(text, lang)
    assert found.open_ended or found.percents


@pytest.mark.parametrize("text", INNOCENT)
def test_what_promises_nothing_stops_nobody(text: str) -> None:
    assert money.read(text) == money.Found((), (), ())
