"""Blocks of products of small whole numbers: what numba does not offer, written for the processor's own instructions.

Weights stay within 63, so that no way overflows between its steps: all give the very same sums. Nothing here checks bounds.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from grapevine.engine.text.encoder._code import (
    BYTE,
    FLOATS,
    HALF_SUMS,
    LONG,
    NUMBER,
    POINTER,
    SUMS,
    asm,
    changing,
    load,
    moved,
    pointer,
    spread,
    store,
)  # fmt: skip
from grapevine.engine.text.encoder._ways import AVX2, TILES, VNNI, has

SIDE = 32
"""A block has so many rows and columns."""
MOST = 63
"""Weights are whole numbers from -MOST to MOST."""

_TILE_CONFIG = bytes([1, 0] + [0] * 14 + [64, 0] * 8 + [0] * 16 + [16] * 8 + [0] * 8)


def _add_dots(builder: Any, sums: Any, given: Any, weights: Any) -> Any:
    """VNNI: to each of sixteen sums four products of bytes."""
    return asm(builder, SUMS, "vpdpbusd $3, $2, $0", "=v,0,v,v", [sums, given, weights])


def _add_pairs(builder: Any, sums: Any, given: Any, weights: Any) -> Any:
    """AVX2: the same, eight sums at a time, by way of sums of two."""
    ones = ir.Constant(ir.VectorType(ir.IntType(16), 16), [1] * 16)
    halves = []
    for half in range(2):
        lanes = ir.Constant(HALF_SUMS, list(range(8 * half, 8 * half + 8)))
        cut = [builder.shuffle_vector(one, one, lanes) for one in (sums, given, weights)]
        two = asm(builder, HALF_SUMS, "vpmaddubsw $2, $1, $0", "=x,x,x", cut[1:])
        four = asm(builder, HALF_SUMS, "vpmaddwd $2, $1, $0", "=x,x,x", [two, ones])
        halves.append(builder.add(cut[0], four))
    return builder.shuffle_vector(*halves, ir.Constant(SUMS, list(range(16))))


def _strip(add: Any, rows: int, columns: int) -> Any:
    """Code for a block by dot products: `rows` at a time and 16 times `columns` columns, whose sums all stay in registers."""

    def generate(builder: Any, given: Any, width: Any, weights: Any, out: Any) -> None:
        panel = builder.mul(width, LONG(16))  # bytes of sixteen columns
        with cgutils.for_range_slice(builder, LONG(0), LONG(SIDE), LONG(rows), LONG) as (row, _count):
            for column in range(0, SIDE // 16, columns):
                held = [changing(builder, ir.Constant(SUMS, [0] * 16)) for _ in range(rows * columns)]
                with cgutils.for_range_slice(builder, LONG(0), width, LONG(4), LONG) as (at, _count2):
                    here = [
                        load(
                            builder,
                            moved(
                                builder,
                                weights,
                                builder.add(builder.mul(panel, LONG(column + c)), builder.mul(at, LONG(16))),
                            ),
                            SUMS,
                        )
                        for c in range(columns)
                    ]
                    for r in range(rows):
                        place = builder.add(builder.mul(builder.add(row, LONG(r)), width), at)
                        four = spread(builder, load(builder, moved(builder, given, place), NUMBER), SUMS)
                        for c in range(columns):
                            one = held[r * columns + c]
                            builder.store(add(builder, builder.load(one), four, here[c]), one)
                for r in range(rows):
                    for c in range(columns):
                        place = builder.add(
                            builder.mul(builder.add(row, LONG(r)), LONG(SIDE * 4)), LONG(64 * (column + c))
                        )
                        store(builder, builder.load(held[r * columns + c]), moved(builder, out, place))

    return generate


def _call(builder: Any, name: str, arguments: list[Any]) -> None:
    shape = ir.FunctionType(ir.VoidType(), [one.type for one in arguments])
    builder.call(cgutils.get_or_insert_function(builder.module, shape, f"llvm.x86.{name}"), arguments)


def _by_tiles(builder: Any, given: Any, width: Any, weights: Any, out: Any) -> None:
    """Code for a block by four tiles of sums, two of what is given, two of weights."""
    panel, down = builder.mul(width, LONG(16)), builder.mul(width, LONG(16))
    for tile in range(4):
        _call(builder, "tilezero", [BYTE(tile)])
    with cgutils.for_range_slice(builder, LONG(0), width, LONG(64), LONG) as (at, _count):
        along = builder.mul(at, LONG(16))
        _call(builder, "tileloadd64", [BYTE(4), moved(builder, given, at), width])
        _call(builder, "tileloadd64", [BYTE(5), moved(builder, given, builder.add(down, at)), width])
        _call(builder, "tileloadd64", [BYTE(6), moved(builder, weights, along), LONG(64)])
        _call(builder, "tileloadd64", [BYTE(7), moved(builder, weights, builder.add(panel, along)), LONG(64)])
        for tile, (left, right) in enumerate(((4, 6), (4, 7), (5, 6), (5, 7))):
            _call(builder, "tdpbusd", [BYTE(tile), BYTE(left), BYTE(right)])
    for tile in range(4):
        place = (tile // 2) * 16 * SIDE * 4 + (tile % 2) * 64
        _call(builder, "tilestored64", [BYTE(tile), moved(builder, out, LONG(place)), LONG(SIDE * 4)])


def _block(way: int, generate: Any) -> Any:
    """An intrinsic (given, at, width, weights, panel, out) that fills `out` (int32, 32 x 32): 32 rows of `given` (uint8, from `at` on, `width` apart) times 32
    columns of weights (int8, four rows of sixteen columns beside each other; from byte `panel` on). Where the processor cannot, it does nothing.
    """

    @intrinsic
    def block(
        typing_context: Any, given: Any, at: Any, width: Any, weights: Any, panel: Any, out: Any
    ) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            if has(way):
                given, at, width, weights, panel, out = arguments
                generate(
                    builder,
                    pointer(context, builder, signature.args[0], given, at, 1),
                    width,
                    pointer(context, builder, signature.args[3], weights, panel, 1),
                    pointer(context, builder, signature.args[5], out, LONG(0), 4),
                )
            return context.get_dummy_value()

        return types.void(given, types.intp, types.intp, weights, types.intp, out), code

    return block


block_by_pairs = _block(AVX2, _strip(_add_pairs, 4, 1))
block_by_dots = _block(VNNI, _strip(_add_dots, 8, 2))
block_by_tiles = _block(TILES, _by_tiles)


@intrinsic
def lay_out_tiles(typing_context: Any) -> Any:
    """Say how large tiles are, before `block_by_tiles`, in the same thread."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        if has(TILES):
            kept = cgutils.global_constant(builder, "tile_config", cgutils.make_bytearray(_TILE_CONFIG))
            _call(builder, "ldtilecfg", [builder.bitcast(kept, POINTER)])
        return context.get_dummy_value()

    return types.void(), code


@intrinsic
def put_tiles_away(typing_context: Any) -> Any:
    """Let the processor forget its tiles."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        if has(TILES):
            _call(builder, "tilerelease", [])
        return context.get_dummy_value()

    return types.void(), code


@intrinsic
def settle(
    typing_context: Any, sums: Any, steps: Any, row: Any, scale: Any, shift: Any, bias: Any, layer: Any, column: Any, out: Any
) -> Any:  # fmt: skip
    """Fill the block of `out` (floats) at row and column from `sums`: less the column's shift, times the row's step and the column's scale, plus its bias."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        sums, steps, row, scale, shift, bias, layer, column, out = arguments
        apart = cgutils.unpack_tuple(
            builder, context.make_array(signature.args[8])(context, builder, out).shape
        )[1]
        columns = cgutils.unpack_tuple(
            builder, context.make_array(signature.args[3])(context, builder, scale).shape
        )[1]
        here = builder.add(builder.mul(layer, columns), column)
        sums = pointer(context, builder, signature.args[0], sums, LONG(0), 4)
        steps = pointer(context, builder, signature.args[1], steps, row, 4)
        out = pointer(
            context, builder, signature.args[8], out, builder.add(builder.mul(row, apart), column), 4
        )
        scales, shifts, biases = (
            [load(builder, moved(builder, pointer(context, builder, signature.args[place], one, here, 4), LONG(64 * c)), kind) for c in range(SIDE // 16)]
            for place, one, kind in ((3, scale, FLOATS), (4, shift, SUMS), (5, bias, FLOATS))
        )  # fmt: skip
        with cgutils.for_range(builder, LONG(SIDE), intp=LONG) as loop:
            step = load(builder, moved(builder, steps, builder.mul(loop.index, LONG(4))), ir.FloatType())
            step = spread(builder, step, FLOATS)
            line = builder.mul(loop.index, LONG(SIDE * 4))
            target = moved(builder, out, builder.mul(builder.mul(loop.index, apart), LONG(4)))
            for c in range(SIDE // 16):
                whole = load(builder, moved(builder, sums, builder.add(line, LONG(64 * c))), SUMS)
                value = builder.sitofp(builder.sub(whole, shifts[c]), FLOATS)
                value = builder.fadd(builder.fmul(builder.fmul(value, scales[c]), step), biases[c])
                store(builder, value, moved(builder, target, LONG(64 * c)))
        return context.get_dummy_value()

    number = types.intp
    return types.void(sums, steps, number, scale, shift, bias, number, number, out), code
