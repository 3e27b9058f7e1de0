"""The encoder's layers, compiled: from the numbers of pieces to vectors.

The matrices are whole numbers of seven bits, what goes into them is cut to eight bits token by token (as LLM.int8 does; Dettmers et al., 2022), so a text's
vector depends on nothing but the text. Between them everything is counted in floats of 32 bits.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from grapevine.engine.text.encoder._floats import ROWS, furthest, narrow_rows, shares, wide_rows
from grapevine.engine.text.encoder._products import (
    MOST,
    SIDE,
    block_by_dots,
    block_by_pairs,
    block_by_tiles,
    lay_out_tiles,
    put_tiles_away,
    settle,
)
from grapevine.engine.text.encoder._ways import AVX2, TILES

SIZE, DEEP, HEADS, LAYERS = 384, 1536, 12, 12
"""Numbers of a vector, of what lies between its two matrices, heads of attention, layers."""
OF_HEAD = SIZE // HEADS
assert OF_HEAD == SIDE
BLOCK = 32
"""Weights of four bits come in blocks of so many with a scale of their own."""
PACKED = 18
"""Bytes of such a block: its scale (a float of 16 bits), then two weights a byte."""

_FAST: Any = {
    "cache": True, "nogil": True, "boundscheck": False, "error_model": "numpy",
    "fastmath": {"reassoc", "contract", "arcp", "nsz", "nnan"},
}  # fmt: skip


class Matrices(NamedTuple):
    """The same matrix of all layers: int8 weights in the order in which blocks are multiplied, scale and bias of each column, 128 times their sums."""

    weights: Any  # int8 (layers, bytes)
    scale: Any  # float32 (layers, columns)
    shift: Any  # int32 (layers, columns)
    bias: Any  # float32 (layers, columns)


class Layers(NamedTuple):
    """All that an encoder knows. `word` (pieces, bytes) stays in four bits; the vectors of places hold that of their kind, too."""

    word: Any
    place: Any
    first: Any  # (2, SIZE): weights and bias of the norm before all layers
    asks: Any  # Matrices: what is asked, offered and told, beside each other
    joins: Any  # Matrices: the heads put together
    norms: Any  # (layers, 4, SIZE): weights and bias of the norm after attention, and of the one at the end
    widens: Any  # Matrices
    narrows: Any  # Matrices


@njit(**_FAST)
def unpack(packed: Any, halves: Any, out: Any) -> Any:  # pragma: no cover - compiled
    """From blocks of four bits to floats. `halves`: the value of each float of 16 bits."""
    for block in range(packed.size // PACKED):
        at = block * PACKED
        scale = halves[np.int64(packed[at]) | (np.int64(packed[at + 1]) << 8)]
        for k in range(16):
            both = packed[at + 2 + k]
            out[block * BLOCK + k] = (np.float32(both & 15) - np.float32(8.0)) * scale
            out[block * BLOCK + 16 + k] = (np.float32(both >> 4) - np.float32(8.0)) * scale


@njit(**_FAST)
def lay_out(
    packed: Any, halves: Any, columns: Any, width: Any, weights: Any, scale: Any, shift: Any
) -> Any:  # pragma: no cover - compiled
    """Fill `weights` (sixteen columns beside each other, four rows of each at a time), `scale` and `shift` from a matrix in blocks of four bits, column by column."""
    row = np.empty(width, np.float32)
    of_column = width // BLOCK * PACKED
    for n in range(columns):
        unpack(packed[n * of_column : (n + 1) * of_column], halves, row)
        high = np.float32(1e-12)
        for k in range(width):
            high = max(high, abs(row[k]))
        times = np.float32(MOST) / high
        total = np.int32(0)
        panel = (n // 16) * width * 16 + (n % 16) * 4
        for k in range(width):
            whole = np.int32(np.floor(row[k] * times + np.float32(0.5)))
            total += whole
            weights[panel + (k // 4) * 64 + k % 4] = whole
        scale[n] = high / np.float32(MOST)
        shift[n] = np.int32(128) * total


@njit(**_FAST)
def _cut(rows: Any, k: Any, out: Any) -> Any:  # pragma: no cover - compiled
    """Write a row in eight bits; returns what one step is worth."""
    high = max(furthest(rows, k, rows.shape[1]), np.float32(1e-12))
    times = np.float32(127.0) / high
    for j in range(rows.shape[1]):
        out[k, j] = np.int32(rows[k, j] * times + np.float32(128.5))
    return high / np.float32(127.0)


@njit(**_FAST)
def _product(
    way: Any, count: Any, given: Any, steps: Any, matrices: Any, layer: Any, sums: Any, out: Any
) -> Any:  # pragma: no cover - compiled
    """out[:count] = what is given (bytes and what a step is worth) times the matrix of a layer, plus its bias. Rows come in full blocks."""
    width, weights = given.shape[1], matrices.weights[layer]
    for column in range(0, matrices.bias.shape[1], SIDE):
        for row in range(0, count, SIDE):
            if way == TILES:
                block_by_tiles(given, row * width, width, weights, column * width, sums)
            elif way == AVX2:
                block_by_pairs(given, row * width, width, weights, column * width, sums)
            else:
                block_by_dots(given, row * width, width, weights, column * width, sums)
            settle(sums, steps, row, matrices.scale, matrices.shift, matrices.bias, layer, column, out)


@njit(**_FAST)
def _add_and_norm(
    rows: Any, k: Any, more: Any, m: Any, norms: Any, which: Any
) -> Any:  # pragma: no cover - compiled
    """Add a row of `more` to a row, and bring it to middle 0 and spread 1, then to weights and bias."""
    total = np.float32(0.0)
    for j in range(SIZE):
        rows[k, j] += more[m, j]
        total += rows[k, j]
    middle = total / np.float32(SIZE)
    spread = np.float32(0.0)
    for j in range(SIZE):
        off = rows[k, j] - middle
        spread += off * off
    times = np.float32(1.0) / np.sqrt(spread / np.float32(SIZE) + np.float32(1e-12))
    for j in range(SIZE):
        rows[k, j] = (rows[k, j] - middle) * times * norms[which, j] + norms[which + 1, j]


@njit(**_FAST)
def _soften(rows: Any, k: Any) -> Any:  # pragma: no cover - compiled
    """x times the likelihood of a normal number below x (GELU), by a polynomial that is right to 0.0002."""
    for j in range(rows.shape[1]):
        x = rows[k, j]
        y = min(max(x, np.float32(-4.0)), np.float32(4.0))
        z = y * y
        p = np.float32(2.2777825e-08) * z - np.float32(1.5984045e-06)
        p = p * z + np.float32(4.7951294e-05)
        p = p * z - np.float32(8.1397111e-04)
        p = p * z + np.float32(8.772153e-03)
        p = p * z - np.float32(0.064572536)
        p = p * z + np.float32(0.39788288)
        rows[k, j] = x * (p * y + np.float32(0.5))


@njit(**_FAST)
def _attend(
    told: Any, begin: Any, count: Any, turned: Any, heed: Any, out: Any
) -> Any:  # pragma: no cover - compiled
    """What each token of one text hears from the others, head by head. `told` (tokens, 3 SIZE): what it asks, offers and tells."""
    wide, apart, full = turned.shape[1], told.shape[1], (count + 15) // 16 * 16
    softly = np.float32(1.0) / np.sqrt(np.float32(OF_HEAD))
    for head in range(HEADS):
        first = head * OF_HEAD
        for k in range(count):
            for d in range(OF_HEAD):
                turned[d, k] = told[begin + k, SIZE + first + d] * softly
        for row in range(0, count, ROWS):
            for column in range(0, count, 16):
                narrow_rows(
                    told,
                    (begin + row) * apart + first,
                    apart,
                    turned,
                    column,
                    wide,
                    OF_HEAD,
                    heed,
                    column,
                    wide,
                )
            for k in range(min(ROWS, count - row)):
                for j in range(count, full):
                    heed[k, j] = np.float32(-1e30)
                shares(heed, k, full)
            wide_rows(
                heed, 0, wide, told, begin * apart + 2 * SIZE + first, apart, count, out, (begin + row) * SIZE + first, SIZE,
            )  # fmt: skip


@njit(**_FAST)
def vectors(
    way: Any, layers: Any, halves: Any, ids: Any, begins: Any, out: Any
) -> Any:  # pragma: no cover - compiled
    """Fill `out` (texts, SIZE) with the mean of each text's tokens. `ids`: pieces of one text after the other, which begin at `begins` (texts + 1)."""
    texts, count = begins.size - 1, ids.size
    rows = (count + ROWS + SIDE - 1) // SIDE * SIDE
    longest = 0
    for t in range(texts):
        longest = max(longest, begins[t + 1] - begins[t])
    wide = (longest + 15) // 16 * 16
    turned, heed = np.zeros((OF_HEAD, wide), np.float32), np.zeros((ROWS, wide), np.float32)
    sums = np.empty((SIDE, SIDE), np.int32)
    x, heard = np.zeros((rows, SIZE), np.float32), np.zeros((rows, SIZE), np.float32)
    told, within = np.zeros((rows, 3 * SIZE), np.float32), np.zeros((rows, DEEP), np.float32)
    given, widely, steps = (
        np.zeros((rows, SIZE), np.uint8),
        np.zeros((rows, DEEP), np.uint8),
        np.zeros(rows, np.float32),
    )
    word = np.empty(SIZE, np.float32)
    for t in range(texts):
        for k in range(begins[t], begins[t + 1]):
            unpack(layers.word[ids[k]], halves, word)
            for d in range(SIZE):
                x[k, d] = word[d]
            _add_and_norm(x, k, layers.place, k - begins[t], layers.first, 0)
    if way == TILES:
        lay_out_tiles()
    for layer in range(LAYERS):
        norms = layers.norms[layer]
        for k in range(count):
            steps[k] = _cut(x, k, given)
        _product(way, rows, given, steps, layers.asks, layer, sums, told)
        for t in range(texts):
            _attend(told, begins[t], begins[t + 1] - begins[t], turned, heed, heard)
        for k in range(count):
            steps[k] = _cut(heard, k, given)
        _product(way, rows, given, steps, layers.joins, layer, sums, heard)
        for k in range(count):
            _add_and_norm(x, k, heard, k, norms, 0)
            steps[k] = _cut(x, k, given)
        _product(way, rows, given, steps, layers.widens, layer, sums, within)
        for k in range(count):
            _soften(within, k)
            steps[k] = _cut(within, k, widely)
        _product(way, rows, widely, steps, layers.narrows, layer, sums, heard)
        for k in range(count):
            _add_and_norm(x, k, heard, k, norms, 2)
    if way == TILES:
        put_tiles_away()
    for t in range(texts):
        share = np.float32(1.0) / np.float32(begins[t + 1] - begins[t])
        for d in range(SIZE):
            out[t, d] = np.float32(0.0)
        for k in range(begins[t], begins[t + 1]):
            for d in range(SIZE):
                out[t, d] += x[k, d] * share
