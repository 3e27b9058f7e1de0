"""Copies are found, and what only looks alike is left alone."""

from __future__ import annotations

import gzip
import json
import random
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grapevine.engine.text import folding
from grapevine.engine.text.folding import _kernels

STORY = "The roaster on the corner of our street has opened a second shop with a view of the harbour"
WORDS = [
    f"{a}{b}"
    for a in "kaffe bryggeri hamn torg smak rost gata morgon".split()
    for b in "an en et ar na s".split()
]


def fold(
    texts: list[str], folder: folding.Folder | None = None, groups: list[int] | None = None, first: int = 1
) -> list[int]:
    folder = folder or folding.Folder(1024)
    return folder.fold(
        np.arange(first, first + len(texts), dtype=np.int64),
        np.array(groups or [0] * len(texts), np.uint64),
        folding.fingerprints(texts),
    ).tolist()


def plain_words(text: str) -> set[str]:
    """The slow way to the same words."""
    text = re.sub(r"^(rt @\S+\s+)+", "", text.lower())
    text = re.sub(r"(?<![a-z0-9])https?://\S+", " ", text)
    return set(re.findall(r"[a-z0-9åäöæøéèüß]+", text))


def edited(text: str, edits: int, rng: random.Random) -> str:
    words = text.split()
    for _ in range(edits):
        at, kind = rng.randrange(len(words)), rng.choice("sid")
        words[at : at + (kind != "i")] = [] if kind == "d" else [rng.choice(WORDS)]
    return " ".join(words)


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        STORY.upper(),
        f"RT @someone: {STORY}",
        f"RT @someone: RT @another: {STORY}",
        f"{STORY} https://t.co/abc",
        f"{STORY}!!! …",
        STORY.replace("second", "third"),
        STORY.replace("our street", "my road"),
        f"So nice: {STORY}",
    ],
)
def test_a_copy_is_folded_into_what_it_repeats(copy: str) -> None:
    assert fold([STORY, copy]) == [0, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("thank you!", "thank you!"),
        ("I love it", "I love it"),
        ("best coffee in town ever", "worst coffee in town ever"),
        (STORY, "The baker at the end of their road closed his only bakery before anybody had seen it"),
        ("", ""),
        ("https://a.example/one", "https://a.example/one"),
    ],
)
def test_what_many_say_by_themselves_is_not_folded(first: str, second: str) -> None:
    assert fold([first, second]) == [0, 0]


def test_a_post_of_five_words_is_folded_when_it_is_the_same() -> None:
    assert fold(["coffee here is really wonderful", "Coffee here is REALLY wonderful!"]) == [0, 1]


def test_all_copies_point_to_the_first_and_not_to_each_other() -> None:
    assert fold([STORY] * 5) == [0, 1, 1, 1, 1]


def test_posts_of_different_groups_stay_apart() -> None:
    assert fold([STORY, STORY, STORY], groups=[7, 8, 7]) == [0, 0, 1]


def test_a_lead_of_an_earlier_batch_is_found() -> None:
    folder = folding.Folder(64)
    fold([STORY], folder, first=10)
    assert fold(["something else altogether, said by somebody else", STORY], folder, first=20) == [0, 10]


def test_leads_taken_in_from_elsewhere_are_found() -> None:
    folder = folding.Folder(64)
    kept = folding.Leads(np.array([5]), np.array([0], np.uint64), folding.fingerprints([STORY]))
    folder.remember(folding.Leads.load(kept.dump()))
    assert fold([STORY], folder, first=20) == [5]


def test_nothing_is_folded_into_a_lead_that_is_gone() -> None:
    folder = folding.Folder(64)
    fold([STORY, "another post that has nothing to do with it"], folder)
    folder.forget([1])
    assert fold([STORY, STORY], folder, first=20) == [0, 20]


def test_the_oldest_are_forgotten_and_memory_stays_as_it_is() -> None:
    folder, rng = folding.Folder(16), random.Random(1)
    fold([STORY], folder)
    for turn in range(200):
        fold([" ".join(rng.choices(WORDS, k=12))], folder, first=100 + turn)
    assert fold([STORY], folder, first=1000) == [0]


def test_half_surrogates_zero_bytes_and_long_texts_are_read() -> None:
    long = " ".join(f"word{n}" for n in range(200_000))
    assert fold(["\ud83d" + STORY, f"\0{STORY}\0", long, long + " and more"]) == [0, 1, 0, 3]


def test_the_link_in_capitals_and_the_letters_of_the_north_are_the_same_words() -> None:
    assert folding.alike("ÅRETS ÖL ÄR ÆGTE PÅ CAFÉ HTTPS://X.EXAMPLE/1", "årets öl är ægte på café") == 1.0


@given(
    st.lists(
        st.sampled_from([*WORDS, "RT", "https://x.example/å?b=1", "—", "«så»", "é", ".", "123"]), max_size=30
    )
)
def test_words_are_those_of_the_slow_way(words: list[str]) -> None:
    text = " ".join(words)
    prints = folding.fingerprints([text])
    assert len(prints.words) == min(len(plain_words(text)), _kernels.MOST_WORDS)


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.lists(st.sampled_from(WORDS), max_size=40))
def test_likeness_is_that_of_the_sets(first: list[str], second: list[str]) -> None:
    both, either = set(first) & set(second), set(first) | set(second)
    expected = len(both) / len(either) if either else 0.0
    assert folding.alike(" ".join(first), " ".join(second)) == pytest.approx(expected)


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_texts_can_be_fingerprinted(texts: list[str]) -> None:
    prints = folding.fingerprints(texts)
    assert len(prints) == len(texts)
    rows = np.arange(len(texts))[::-1]
    assert prints.take(rows).offsets[-1] == prints.offsets[-1]


def test_nothing_is_folded_that_the_slow_way_finds_unlike() -> None:
    rng = random.Random(5)
    texts = [" ".join(rng.choices(WORDS, k=rng.randint(5, 14))) for _ in range(3000)]
    texts += [edited(rng.choice(texts), rng.randint(0, 4), rng) for _ in range(3000)]
    for number, lead in enumerate(fold(texts, folding.Folder(8192))):
        if lead:
            first, second = plain_words(texts[lead - 1]), plain_words(texts[number])
            assert len(first & second) / len(first | second) >= folding.ALIKE - 1e-6


@pytest.mark.parametrize("edits", [1, 2])
def test_nine_in_ten_of_one_and_two_word_edits_are_found(edits: int) -> None:
    rng = random.Random(edits)
    texts = list(
        {
            " ".join(rng.choices([f"{w}{n}" for w in WORDS for n in range(60)], k=rng.randint(8, 24)))
            for _ in range(3000)
        }
    )
    leads = fold(texts + [edited(text, edits, rng) for text in texts], folding.Folder(8192))
    found = np.array(leads[len(texts) :]) == np.arange(1, len(texts) + 1)
    assert found.mean() > 0.95


@pytest.mark.shared
def test_nine_in_ten_edits_of_real_posts_are_found(shared: Path) -> None:
    rng, texts = random.Random(3), []
    with gzip.open(shared / "text" / "en_airline_tweets.jsonl.gz", "rt") as lines:
        texts = [text for text in (json.loads(line)["text"] for line in lines) if len(text.split()) >= 8][
            :3000
        ]
    leads = np.array(
        fold(texts + [edited(text, rng.choice([1, 2]), rng) for text in texts], folding.Folder(16384))
    )
    assert (leads[len(texts) :] > 0).mean() > 0.95
