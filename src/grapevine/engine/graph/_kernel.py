"""How the kernels of graphs and cascades are compiled, and the one machine instruction that numba has no word for.

Kernels take and give arrays and let go of the interpreter's lock, so that threads work side by side. What is compiled is kept between runs, in
a folder for this state of our sources (see `grapevine.engine`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

_SPEED = {"nogil": True, "boundscheck": False, "error_model": "numpy"}


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function that Python calls."""
    return njit(cache=True, no_cfunc_wrapper=True, **_SPEED)(function)


def inner(function: Callable[..., Any]) -> Any:
    """Compile a function that only compiled functions call, as part of them."""
    return njit(cache=True, forceinline=True, no_cpython_wrapper=True, no_cfunc_wrapper=True, **_SPEED)(
        function
    )


@intrinsic
def fetch(typing: Any, array: Any, index: Any) -> Any:
    """Ask the processor to bring `array[index]` into its caches: it will be wanted soon. Changes nothing else."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = signature.args[0]
        made = context.make_array(kind)(context, builder, arguments[0])
        place = context.cast(builder, arguments[1], signature.args[1], types.intp)
        address = builder.bitcast(builder.gep(made.data, [place]), cgutils.voidptr_t)
        number = ir.IntType(32)
        wanted = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, number, number, number])
        call = cgutils.get_or_insert_function(builder.module, wanted, "llvm.prefetch.p0i8")
        builder.call(call, [address, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, index), generate
