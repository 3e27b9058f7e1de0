"""Sixty-four bytes at a time: what numba does not offer, written as LLVM's portable vector code.

LLVM lowers these to whatever the processor has (AVX-512, AVX2, SSE, NEON); the results are the same everywhere. A "mask" is a uint64 whose bit k
speaks of byte k. Nothing here checks bounds: arrays that are read must have 64 bytes to spare behind their content.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LANES = 64
_V = ir.VectorType(ir.IntType(8), LANES)
_U64 = ir.IntType(64)


def _address(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    """A pointer to array[index], for uint8 arrays."""
    data = context.make_array(array_type)(context, builder, array).data
    return cgutils.pointer_add(builder, data, index)


def _load(builder: Any, pointer: Any, kind: Any) -> Any:
    loaded = builder.load(builder.bitcast(pointer, kind.as_pointer()))
    loaded.align = 1
    return loaded


def _splat(value: int) -> Any:
    return ir.Constant(_V, [ir.Constant(ir.IntType(8), value)] * LANES)


def _between(builder: Any, vector: Any, low: int, high: int) -> Any:
    """Lanes with low <= byte <= high."""
    return builder.icmp_unsigned("<=", builder.sub(vector, _splat(low)), _splat(high - low))


def _mask_of(test: Callable[[Any, Any], Any]) -> Any:
    """An intrinsic (array, index) -> mask of the 64 bytes there that pass `test`."""

    @intrinsic
    def mask(typing_context: Any, array: Any, index: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            pointer = _address(context, builder, signature.args[0], *arguments)
            return builder.bitcast(test(builder, _load(builder, pointer, _V)), _U64)

        return types.uint64(array, types.intp), generate

    return mask


def _is_word(builder: Any, vector: Any) -> Any:
    """Bytes of words in cooked text: a-z, 0-9 and all of 0x80 and above."""
    letters = _between(builder, vector, ord("a"), ord("z"))
    digits = _between(builder, vector, ord("0"), ord("9"))
    beyond = builder.icmp_signed("<", vector, _splat(0))
    return builder.or_(builder.or_(letters, digits), beyond)


def _is_sign(builder: Any, vector: Any) -> Any:
    """# @ and ?: the signs that begin tags and handles, or make a question."""
    tags = builder.or_(
        builder.icmp_unsigned("==", vector, _splat(ord("#"))),
        builder.icmp_unsigned("==", vector, _splat(ord("@"))),
    )
    return builder.or_(tags, builder.icmp_unsigned("==", vector, _splat(ord("?"))))


def _is_not_plain(builder: Any, vector: Any) -> Any:
    """Bytes that cannot be copied as they are: beyond ASCII, and the control characters 0-8 that cooked text uses for itself."""
    beyond = builder.icmp_signed("<", vector, _splat(0))
    return builder.or_(beyond, builder.icmp_unsigned("<", vector, _splat(9)))


def _is_not_plain_json(builder: Any, vector: Any) -> Any:
    """The same within a JSON string, where a backslash begins an escape and no control character may stand."""
    strange = builder.icmp_signed("<", vector, _splat(0x20))  # signed: beyond ASCII is below zero
    return builder.or_(strange, builder.icmp_unsigned("==", vector, _splat(ord("\\"))))


def _ends_string(builder: Any, vector: Any) -> Any:
    """A quote, a backslash or a control character: where reading a JSON string stops to think."""
    quote = builder.icmp_unsigned("==", vector, _splat(ord('"')))
    backslash = builder.icmp_unsigned("==", vector, _splat(ord("\\")))
    control = builder.icmp_unsigned("<", vector, _splat(0x20))
    return builder.or_(builder.or_(quote, backslash), control)


def _is_newline(builder: Any, vector: Any) -> Any:
    return builder.icmp_unsigned("==", vector, _splat(ord("\n")))


def _is_beyond_ascii(builder: Any, vector: Any) -> Any:
    return builder.icmp_signed("<", vector, _splat(0))


def _begins_character(builder: Any, vector: Any) -> Any:
    """Bytes that begin a character in UTF-8: all but 0x80-0xBF."""
    return builder.icmp_signed(">", vector, _splat(0xBF))


word_mask = _mask_of(_is_word)
sign_mask = _mask_of(_is_sign)
not_plain_mask = _mask_of(_is_not_plain)
not_plain_json_mask = _mask_of(_is_not_plain_json)
string_end_mask = _mask_of(_ends_string)
newline_mask = _mask_of(_is_newline)
beyond_ascii_mask = _mask_of(_is_beyond_ascii)
character_mask = _mask_of(_begins_character)


@intrinsic
def copy_lower(typing_context: Any, target: Any, to: Any, source: Any, start: Any) -> Any:
    """Copy 64 bytes from source[start:] to target[to:], A-Z as a-z. The arrays may not overlap."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        target, to, source, start = arguments
        vector = _load(builder, _address(context, builder, signature.args[2], source, start), _V)
        capital = _between(builder, vector, ord("A"), ord("Z"))
        lower = builder.or_(vector, builder.select(capital, _splat(0x20), _splat(0)))
        pointer = builder.bitcast(_address(context, builder, signature.args[0], target, to), _V.as_pointer())
        builder.store(lower, pointer).align = 1
        return context.get_dummy_value()

    return types.void(target, types.intp, source, types.intp), generate


@intrinsic
def eight_bytes(typing_context: Any, array: Any, index: Any) -> Any:
    """array[index:index + 8] as a little-endian uint64."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _load(builder, _address(context, builder, signature.args[0], *arguments), _U64)

    return types.uint64(array, types.intp), generate


@intrinsic
def lowest_bit(typing_context: Any, mask: Any) -> Any:
    """The number of the lowest bit that is set. The mask may not be 0."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.intp(types.uint64), generate


@intrinsic
def bits_set(typing_context: Any, mask: Any) -> Any:
    """How many bits are set."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.intp(types.uint64), generate


@intrinsic
def equal_mask(typing_context: Any, array: Any, index: Any, value: Any) -> Any:
    """A mask of which of the eight uint64 of array[index:] are `value`."""
    lanes = 8
    kind = ir.VectorType(_U64, lanes)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, index, value = arguments
        data = context.make_array(signature.args[0])(context, builder, array).data
        vector = _load(builder, builder.gep(data, [index]), kind)
        wanted = ir.Constant(kind, ir.Undefined)
        for lane in range(lanes):
            wanted = builder.insert_element(wanted, value, ir.Constant(ir.IntType(32), lane))
        same = builder.icmp_unsigned("==", vector, wanted)
        return builder.zext(builder.bitcast(same, ir.IntType(lanes)), _U64)

    return types.uint64(array, types.intp, types.uint64), generate
