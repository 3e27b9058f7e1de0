"""Words for LLVM's vector code, which the encoder's intrinsics are written with."""

from __future__ import annotations

from typing import Any

from llvmlite import binding, ir
from numba.core import cgutils

# LLVM ends the process over an instruction in words where this was not said; and it meets them not only in what this process writes, but in what
# another has written and kept, before it came to its callers.
binding.initialize_native_asmparser()

BYTE, NUMBER, LONG = ir.IntType(8), ir.IntType(32), ir.IntType(64)
POINTER = BYTE.as_pointer()
SUMS, HALF_SUMS = ir.VectorType(NUMBER, 16), ir.VectorType(NUMBER, 8)
FLOATS = ir.VectorType(ir.FloatType(), 16)


def pointer(context: Any, builder: Any, kind: Any, array: Any, index: Any, size: int) -> Any:
    """The address of array[index], whose items have so many bytes."""
    data = context.make_array(kind)(context, builder, array).data
    return cgutils.pointer_add(builder, data, builder.mul(index, LONG(size)))


def moved(builder: Any, pointer: Any, by: Any) -> Any:
    """An address so many bytes further on."""
    return cgutils.pointer_add(builder, pointer, by)


def load(builder: Any, pointer: Any, kind: Any) -> Any:
    """What stands at an address."""
    loaded = builder.load(builder.bitcast(pointer, kind.as_pointer()))
    loaded.align = 1
    return loaded


def store(builder: Any, value: Any, pointer: Any) -> None:
    """Write to an address."""
    builder.store(value, builder.bitcast(pointer, value.type.as_pointer())).align = 1


def spread(builder: Any, value: Any, kind: Any) -> Any:
    """One value in every lane."""
    one = builder.insert_element(ir.Constant(kind, ir.Undefined), value, NUMBER(0))
    lanes = ir.Constant(ir.VectorType(NUMBER, kind.count), [NUMBER(0)] * kind.count)
    return builder.shuffle_vector(one, ir.Constant(kind, ir.Undefined), lanes)


def asm(builder: Any, kind: Any, told: str, constraints: str, arguments: list[Any]) -> Any:
    """One instruction, in the assembler's words."""
    shape = ir.FunctionType(kind, [one.type for one in arguments])
    return builder.call(ir.InlineAsm(shape, told, constraints), arguments)


def changing(builder: Any, value: Any) -> Any:
    """A place for a vector that changes."""
    place = cgutils.alloca_once(builder, value.type)
    builder.store(value, place)
    return place
