"""The kernel says what the library says."""

from __future__ import annotations

import dataclasses
import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from grapevine.engine.text import language
from grapevine.engine.text.language import _model

SENTENCES = [
    ("sv", "Det här är det godaste kaffet jag har druckit på länge, tack för det!"),
    ("da", "Jeg synes ærligt talt at kaffen smager meget bedre end den gjorde før."),
    ("no", "Jeg synes ikke at kaffen smaker noe særlig bedre enn den gjorde tidligere."),
    ("nl", "De koffie die ik gisteren heb gekocht smaakt echt heerlijk, bedankt daarvoor!"),
    ("de", "Der Kaffee schmeckt leider überhaupt nicht mehr so gut wie noch vor einem Jahr."),
    ("en", "The coffee I bought yesterday tastes really wonderful, thank you so much for it!"),
]


@pytest.fixture(scope="module")
def library() -> LanguageIdentifier:
    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    made.set_languages(language.READ)
    return made


def agree(texts: list[str], library: LanguageIdentifier) -> None:
    ours = language.identify(texts, others=(), sure=0.0)
    for text, code, p in zip(texts, ours.codes(), ours.p.tolist(), strict=True):
        text = text[: language.LONGEST]
        ranked = library.rank(text)
        if len({round(score, 9) for _, score in ranked}) == 1:
            assert code == ""  # no feature known to the model: the library calls all alike, we call none
            continue
        assert p == pytest.approx(ranked[0][1], abs=2e-4)
        if ranked[0][1] - ranked[1][1] > 1e-4:  # the order of additions differs, so a tie may fall either way
            assert code == ranked[0][0], text


@pytest.mark.parametrize(("code", "text"), SENTENCES)
def test_a_plain_sentence_is_told_apart_from_its_neighbours(code: str, text: str) -> None:
    assert language.identify([text]).codes() == [code]


def test_a_batch_gives_what_its_texts_give_alone() -> None:
    texts = [text for _, text in SENTENCES] * 3
    together = language.identify(texts)
    alone = [language.identify([text]) for text in texts]
    assert together.codes() == [one.codes()[0] for one in alone]
    assert np.array_equal(together.p, np.array([one.p[0] for one in alone]))


@given(st.lists(st.text(max_size=200), min_size=1, max_size=5))
def test_any_text_is_called_what_the_library_calls_it(library: LanguageIdentifier, texts: list[str]) -> None:
    agree([text.encode("utf-8", "replace").decode() for text in texts], library)


@given(st.integers(0, 2**32), st.integers(1, 40))
def test_mixed_sentences_are_called_what_the_library_calls_them(
    library: LanguageIdentifier, seed: int, words: int
) -> None:
    rng = random.Random(seed)
    pool = " ".join(text for _, text in SENTENCES).split()
    agree([" ".join(rng.choices(pool, k=words))], library)


@pytest.mark.parametrize("text", ["", "   ", "😂😂😂", "12345", "http"])
def test_a_text_that_says_nothing_has_no_language_or_a_sure_one(text: str) -> None:
    read = language.identify([text])
    assert read.codes()[0] == "" or read.p[0] >= language.SURE


@pytest.mark.parametrize(
    "text",
    [
        "Это самый вкусный кофе, который я когда-либо пил в своей жизни.",
        "C'est le meilleur café que j'ai bu depuis très longtemps, merci beaucoup !",
        "Tämä on parasta kahvia, jota olen juonut pitkään aikaan, kiitos paljon!",
        "これは長い間飲んだ中で一番おいしいコーヒーです。",
    ],
)
def test_a_language_we_do_not_read_is_not_given_another_name(text: str) -> None:
    assert language.identify([text]).codes() == [""]


def test_half_a_surrogate_and_a_very_long_text_are_read() -> None:
    assert language.identify(
        ["\ud83d det här är ju bra kaffe", "det här är ju bra kaffe " * 100_000]
    ).codes() == ["sv", "sv"]


def test_a_language_the_model_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="xx"):
        language.identify(["a"], read=("xx",))


@pytest.mark.shared
def test_thousands_of_real_posts_are_called_what_the_library_calls_them(
    library: LanguageIdentifier, shared: Path
) -> None:
    texts = []
    for name in ("sv_social_emoji", "nl_political_tweets", "en_airline_tweets", "sib200_topics"):
        with gzip.open(shared / "text" / f"{name}.jsonl.gz", "rt") as lines:
            texts += [json.loads(line)["text"] for line in lines][:700]
    agree(texts, library)


def test_the_tables_are_kept_and_a_broken_copy_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    made = _model.load(("sv", "da"), ("fi",))
    monkeypatch.setattr(_model, "unpacked", None)  # it is not asked again
    kept = _model.load(("sv", "da"), ("fi",))
    for one in dataclasses.fields(made):
        np.testing.assert_array_equal(getattr(made, one.name), getattr(kept, one.name))
    monkeypatch.undo()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    (folder,) = tmp_path.iterdir()
    (folder / "moves.npy").write_bytes(b"half a file")
    assert _model.load(("sv", "da"), ("fi",)).moves.shape == made.moves.shape
