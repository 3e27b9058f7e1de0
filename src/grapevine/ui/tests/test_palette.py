"""The colours of brands can be told apart by everybody."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

TOKENS = (Path(__file__).parent.parent / "static/ui/tokens.css").read_text()
# Machado, Oliveira & Fernandes (2009), full severity, for linear RGB.
SIGHT = {
    "full": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(colour: str) -> np.ndarray:
    part = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Ottosson (2020)."""
    lms = np.cbrt(
        np.array([[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]])
        @ rgb.clip(0, 1)
    )
    return np.array([[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]]) @ lms


def pairs(name: str, side: int) -> list[str]:
    found = re.findall(rf"--{name}-\d: light-dark\((#\w{{6}}), (#\w{{6}})\)", TOKENS)
    assert len(found) == 8
    return [pair[side] for pair in found]


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours."""
    light = sorted(
        float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour)) + 0.05 for colour in (one, other)
    )
    return light[1] / light[0]


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_two_brands_never_look_alike(sight: str, side: int) -> None:
    seen = [(hue, oklab(SIGHT[sight] @ linear(hue))) for hue in pairs("hue", side)]
    near = [
        (one, other, round(float(np.linalg.norm(a - b)), 3))
        for (one, a), (other, b) in itertools.combinations(seen, 2)
        if np.linalg.norm(a - b) < 0.1
    ]
    assert near == []


@pytest.mark.parametrize(("side", "surface"), [(0, "#ffffff"), (1, "#1f1a20")], ids=["light", "dark"])
def test_a_brands_colour_stands_out_from_the_surface(side: int, surface: str) -> None:
    for hue in pairs("hue", side):
        assert contrast(hue, surface) >= 3, hue  # WCAG 1.4.11


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_words_on_a_brands_colour_can_be_read(side: int) -> None:
    for hue, ink in zip(pairs("hue", side), pairs("on-hue", side), strict=True):
        assert contrast(hue, ink) >= 4.5, hue  # WCAG 1.4.3
