"""Rows of floats, sixteen at a time, as LLVM's portable vector code. Nothing here checks bounds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from grapevine.engine.text.encoder._code import (
    FLOATS,
    LONG,
    NUMBER,
    SUMS,
    changing,
    load,
    moved,
    pointer,
    spread,
    store,
)


def _row(context: Any, builder: Any, kind: Any, array: Any, row: Any) -> Any:
    """The address of a row of floats."""
    apart = cgutils.unpack_tuple(builder, context.make_array(kind)(context, builder, array).shape)[1]
    return pointer(context, builder, kind, array, builder.mul(row, apart), 4)


def _higher(builder: Any, one: Any, other: Any) -> Any:
    return builder.select(builder.fcmp_ordered(">", one, other), one, other)


def _across(builder: Any, vector: Any, join: Any) -> Any:
    """One value from sixteen lanes."""
    for half in (8, 4, 2, 1):
        lanes = ir.Constant(SUMS, [(lane + half) % 16 for lane in range(16)])
        vector = join(vector, builder.shuffle_vector(vector, vector, lanes))
    return vector


def _filled(value: float) -> Any:
    return ir.Constant(FLOATS, [value] * 16)


@contextmanager
def _sixteens(builder: Any, begin: Any, count: Any) -> Iterator[tuple[Any, Any]]:
    """For each sixteen floats of a row: their address, and what stands there."""
    with cgutils.for_range_slice(builder, LONG(0), count, LONG(16), LONG) as (at, _count):
        here = moved(builder, begin, builder.mul(at, LONG(4)))
        yield here, load(builder, here, FLOATS)


@intrinsic
def furthest(typing_context: Any, array: Any, row: Any, count: Any) -> Any:
    """The highest absolute value among the first `count` floats (a multiple of 16) of a row."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, row, count = arguments
        high = changing(builder, _filled(0.0))
        with _sixteens(builder, _row(context, builder, signature.args[0], array, row), count) as (
            _here,
            value,
        ):
            bits = builder.and_(builder.bitcast(value, SUMS), ir.Constant(SUMS, [0x7FFFFFFF] * 16))
            builder.store(_higher(builder, builder.bitcast(bits, FLOATS), builder.load(high)), high)
        found = _across(builder, builder.load(high), lambda one, other: _higher(builder, one, other))
        return builder.extract_element(found, NUMBER(0))

    return types.float32(array, types.intp, types.intp), code


_POWER = (7.3311166e-04, 7.28078162e-03, 4.07688977e-02, 0.166258239, 0.499908664, 0.999992061, 0.999999882)
"""e to the power of x by a polynomial, for x between -1.25 and 0: right to two millionths once it is squared four times, for x from -20 to 0."""


@intrinsic
def shares(typing_context: Any, array: Any, row: Any, count: Any) -> Any:
    """Make the first `count` floats (a multiple of 16) of a row shares of one, by their powers of e (softmax)."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, row, count = arguments
        begin = _row(context, builder, signature.args[0], array, row)
        fma = cgutils.get_or_insert_function(
            builder.module, ir.FunctionType(FLOATS, [FLOATS] * 3), "llvm.fma.v16f32"
        )
        high, total = changing(builder, _filled(-1e30)), changing(builder, _filled(0.0))
        with _sixteens(builder, begin, count) as (_here, value):
            builder.store(_higher(builder, value, builder.load(high)), high)
        top = _across(builder, builder.load(high), lambda one, other: _higher(builder, one, other))
        with _sixteens(builder, begin, count) as (here, value):
            below = _higher(builder, builder.fsub(value, top), _filled(-20.0))
            x = builder.fmul(below, _filled(1 / 16))
            power = _filled(_POWER[0])
            for factor in _POWER[1:]:
                power = builder.call(fma, [power, x, _filled(factor)])
            for _ in range(4):
                power = builder.fmul(power, power)
            store(builder, power, here)
            builder.store(builder.fadd(builder.load(total), power), total)
        every = _across(builder, builder.load(total), builder.fadd)
        part = builder.fdiv(_filled(1.0), every)
        with _sixteens(builder, begin, count) as (here, value):
            store(builder, builder.fmul(value, part), here)
        return context.get_dummy_value()

    return types.void(array, types.intp, types.intp), code


def _floats(rows: int, columns: int) -> Any:
    """An intrinsic that fills `rows` rows of 16 times `columns` floats of `out` (from `to` on, `out_apart` apart): rows of `left` (from `at`, `apart`) times
    `deep` rows of `right` (from `begin`, `wide` apart).
    """

    @intrinsic
    def product(
        typing_context: Any, left: Any, at: Any, apart: Any, right: Any, begin: Any, wide: Any, deep: Any, out: Any, to: Any, out_apart: Any
    ) -> Any:  # fmt: skip
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            _left, at, apart, _right, begin, wide, deep, _out, to, out_apart = arguments
            left, right, out = (
                pointer(context, builder, signature.args[place], arguments[place], index, 4)
                for place, index in ((0, at), (3, begin), (7, to))
            )
            held = [changing(builder, _filled(0.0)) for _ in range(rows * columns)]
            multiply = cgutils.get_or_insert_function(
                builder.module, ir.FunctionType(FLOATS, [FLOATS] * 3), "llvm.fma.v16f32"
            )
            with cgutils.for_range(builder, deep, intp=LONG) as loop:
                line = builder.mul(builder.mul(loop.index, wide), LONG(4))
                there = [
                    load(builder, moved(builder, right, builder.add(line, LONG(64 * c))), FLOATS)
                    for c in range(columns)
                ]
                for r in range(rows):
                    place = builder.mul(builder.add(builder.mul(apart, LONG(r)), loop.index), LONG(4))
                    value = load(builder, moved(builder, left, place), ir.FloatType())
                    value = spread(builder, value, FLOATS)
                    for c in range(columns):
                        one = held[columns * r + c]
                        builder.store(builder.call(multiply, [value, there[c], builder.load(one)]), one)
            for r in range(rows):
                for c in range(columns):
                    place = builder.add(builder.mul(builder.mul(out_apart, LONG(r)), LONG(4)), LONG(64 * c))
                    store(builder, builder.load(held[columns * r + c]), moved(builder, out, place))
            return context.get_dummy_value()

        number = types.intp
        return types.void(left, number, number, right, number, number, number, out, number, number), code

    return product


ROWS = 6
"""Rows that the products of floats take together: their sums fit into the registers of every processor that has ours."""
narrow_rows = _floats(ROWS, 1)
wide_rows = _floats(ROWS, 2)
