"""Cascades: how far talk goes through a network, how sure that is, and whom to brief.

    >>> from grapevine.engine import cascade, graph
    >>> ring = graph.from_arrays(range(9), [*range(1, 9), 0], directed=False)
    >>> cascade.named("watts")(threshold=0.5).cascade(ring, [0]).by_step
    (1, 3, 5, 7, 9)

`models` is the shelf; `simulation` what runs come to; `shared` all single seeds at once; `analytic` the answers that need no simulation.
`SpreadError` says what is wrong with what was asked.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grapevine.engine.cascade.base import Knob, SpreadModel, knob
    from grapevine.engine.cascade.errors import SpreadError
    from grapevine.engine.cascade.models import named, shelf
    from grapevine.engine.cascade.simulation import Cascade, Distribution, RandomSeeds

# Looked up when they are asked for, as in `grapevine.engine.graph`.
_WHERE = {
    "Cascade": "simulation",
    "Distribution": "simulation",
    "Knob": "base",
    "RandomSeeds": "simulation",
    "SpreadError": "errors",
    "SpreadModel": "base",
    "knob": "base",
    "named": "models",
    "shelf": "models",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_WHERE})


__all__ = [
    "Cascade",
    "Distribution",
    "Knob",
    "RandomSeeds",
    "SpreadError",
    "SpreadModel",
    "knob",
    "named",
    "shelf",
]
