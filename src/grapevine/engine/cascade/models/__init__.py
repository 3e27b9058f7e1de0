"""The shelf of spread models: one file each, one line here. `grapevine.spread_models` is the entry point by which others add theirs."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from grapevine.engine.cascade.base import SpreadModel
from grapevine.engine.cascade.errors import SpreadError
from grapevine.engine.cascade.models.absolute import AbsoluteThreshold
from grapevine.engine.cascade.models.brief import BriefAndTalk
from grapevine.engine.cascade.models.forgetting import ForgottenTalk
from grapevine.engine.cascade.models.independent import IndependentCascade
from grapevine.engine.cascade.models.linear import LinearThreshold
from grapevine.engine.cascade.models.watts import WattsThreshold

OURS: tuple[type[SpreadModel], ...] = (
    WattsThreshold,
    AbsoluteThreshold,
    LinearThreshold,
    IndependentCascade,
    ForgottenTalk,
    BriefAndTalk,
)


@cache
def shelf() -> dict[str, type[SpreadModel]]:
    """All models by name: ours, and those that other packages bring."""
    found = {model.name: model for model in OURS}
    for point in entry_points(group="grapevine.spread_models"):
        model = point.load()
        found.setdefault(model.name, model)
    return found


def named(name: str) -> type[SpreadModel]:
    """A model by name. Raises SpreadError when there is none."""
    try:
        return shelf()[name]
    except KeyError:
        raise SpreadError(
            "There is no model {model}. There are: {models}.", model=repr(name), models=", ".join(shelf())
        ) from None


__all__ = [
    "OURS",
    "AbsoluteThreshold",
    "BriefAndTalk",
    "ForgottenTalk",
    "IndependentCascade",
    "LinearThreshold",
    "WattsThreshold",
    "named",
    "shelf",
]
