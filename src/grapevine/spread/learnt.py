"""Knobs as a real cascade suggests them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from grapevine.spread import knob_fields
from grapevine.spread.models import Cascade
from grapevine.spread.observed import Estimated, Seen
from grapevine.spread.questions import LEARNT, ModelChoice
from grapevine.ui.numbers import num, percent


def of(cascade: Cascade) -> tuple[dict[str, Any], str]:
    """What the form of a simulation shows with the numbers of a real cascade, and a note on where they are from and what they are worth."""
    found = Seen.from_json(cascade.result).estimated
    told = found.chance if found is not None else None
    if found is None or told is None:
        return {}, _(
            "“%(name)s” tells nothing of how people convince each other: too few ties were there before it."
        ) % {"name": cascade.name}
    name = {"name": cascade.name}
    if not found.foretells:
        return {}, _worthless(found, name, told)
    values = knob_fields.initial(ModelChoice("ic", {"probability": told}, LEARNT, cascade.pk))
    note = _(
        "As in “%(name)s”: each tie has the chance that was learnt of it, on average %(chance)s. Change the number, and all change with it."
    ) % {**name, "chance": percent(told, 1)}
    if found.thresholds:
        # The middle of those who joined: how much it takes those who never did isn't seen.
        values[knob_fields.field_name("watts", "threshold")] = round(found.thresholds[2], 3)
        note += " " + _(
            "Half of those who joined did so when at most %(share)s of those they listen to had."
        ) % {"share": percent(found.thresholds[2])}
    note += " " + _(
        "The chances foretell who joins of people kept out of the estimate with %(auc)s, where 0.5 is a guess and 1 is certain."
    ) % {"auc": num(found.auc, 2)}
    note += " " + _("Friends are alike, so these numbers are upper bounds.")
    values["cascade"] = cascade.pk
    return values, note


def _worthless(found: Estimated, name: dict[str, str], told: float) -> str:
    """Why no number is filled in."""
    if found.circular:
        return (
            _(
                "No number of “%(name)s” is filled in: nearly everybody who had heard of it joined, so its network was probably made of what spread."
            )
            % name
        )
    if found.auc is None:
        return (
            _("No number of “%(name)s” is filled in: too few people joined to see what they are worth.")
            % name
        )
    return _(
        "No number of “%(name)s” is filled in: of people kept out of the estimate its chances tell who joins no better than a coin (%(auc)s). "
        "To try it all the same: a tie passed it on with a chance of %(chance)s."
    ) % {**name, "auc": num(found.auc, 2), "chance": percent(told, 1)}
