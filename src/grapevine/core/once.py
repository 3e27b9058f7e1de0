"""Small questions that several panels of a page ask, asked once.

    @once.a_page
    def source_names() -> Mapping[int, SourceName]: ...

Within a request that only reads (GET, HEAD), whoever asks again with the same values gets the same answer. Anywhere else (actions, jobs, the
command line, a form that is sent) nothing is remembered, so nobody acts on what was true a moment ago. For questions about few rows, whose
answers nobody changes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("known_to_this_page", default=None)


@contextmanager
def page() -> Iterator[None]:
    """Remember answers until the end of the block."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def a_page(question: Callable[P, T]) -> Callable[P, T]:
    """Ask a question once within `page`. Its values must be hashable."""

    @wraps(question)
    def asked(*args: P.args, **named: P.kwargs) -> T:
        known = _known.get()
        if known is None:
            return question(*args, **named)
        key = (question, args, tuple(sorted(named.items())))
        if key not in known:
            known[key] = question(*args, **named)
        return cast("T", known[key])

    return asked
