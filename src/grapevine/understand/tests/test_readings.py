"""What is read in a text."""

from __future__ import annotations

from grapevine.understand import contracts
from grapevine.understand.actions import readings


def test_a_text_gets_a_language_and_how_sure_we_are() -> None:
    sure, unsure = readings.read(["Det här är det bästa kaffet jag har druckit på länge", ""])
    assert (sure.lang, sure.tier) == ("sv", "fast")
    assert sure.lang_p > 0.9
    assert (unsure.lang, unsure.sure) == ("", False)


def test_a_text_gets_a_mood_and_what_it_wants() -> None:
    (one,) = readings.read(["Kan varmt rekommendera Havre & Hav!"])
    assert (one.sentiment, one.intents, one.spam) == ("positive", ("recommends",), False)


def test_every_answer_has_a_name() -> None:
    assert set(contracts.MOOD_NAMES) == set(contracts.MOODS)
    assert set(contracts.INTENT_NAMES) == set(contracts.INTENTS)
    assert set(contracts.TIER_NAMES) == set(contracts.TIERS)


def test_a_batch_is_read_as_its_texts_are() -> None:
    texts = ["Det er den bedste kaffe jeg nogensinde har drukket", "This is the best coffee I have ever had"]
    assert readings.languages(texts) == [one.lang for one in readings.read(texts)] == ["da", "en"]
