"""The models of the shelf and their knobs, in a person's words. A model that another package brings speaks for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from grapevine.engine import cascade
from grapevine.spread.questions import LEARNT, STRENGTH, ModelChoice

Text = Any


@dataclass(frozen=True)
class Words:
    """What something is called, and what it means."""

    label: Text
    help: Text


_MODELS: dict[str, Words] = {
    "watts": Words(
        _("Share of friends (Watts)"),
        _(
            "A person joins when a certain share of those they listen to has joined. For what takes courage or money."
        ),
    ),
    "absolute": Words(
        _("Number of friends"),
        _("A person joins when so many of those they listen to have joined, however many they listen to."),
    ),
    "lt": Words(
        _("Weights of friends (linear threshold)"),
        _(
            "Everybody one listens to weighs, and nobody knows how much it takes: every amount is equally likely."
        ),
    ),
    "ic": Words(
        _("One chance at each friend (independent cascade)"),
        _("Who joins tells each listener once, and each telling may convince. For what passes on easily."),
    ),
    "sir": Words(
        _("Talk that dies down"),
        _("Who has heard tells listeners step after step, until they fall silent."),
    ),
    "brief": Words(
        _("Brief and word of mouth"),
        _("A brief reaches anybody for some steps; those who have joined tell their listeners."),
    ),
}
_FORGET = Words(_("Chance to fall silent, a step"), _("0: nobody ever does; 1: after the first step."))
_HORIZON = Words(_("Steps we look ahead"), _("After so many steps we count."))
_KNOBS: dict[tuple[str, str], Words] = {
    ("watts", "threshold"): Words(
        _("Share of friends it takes"),
        _("0.18 means: 18 of 100 of those they listen to, and one at least."),
    ),
    ("watts", "drawn"): Words(
        _("Is it the same for all?"), _("If not, every run draws everybody’s own share anew.")
    ),
    ("watts", "spread"): Words(
        _("How far shares differ"), _("Half the width, or the standard deviation, of shares that are drawn.")
    ),
    ("absolute", "threshold"): Words(
        _("Number of friends it takes"), _("Who listens to fewer people never joins.")
    ),
    ("lt", "probability"): Words(_("What a friend weighs"), _("From 0 to 1; together they weigh 1 at most.")),
    ("ic", "probability"): Words(_("Chance that one telling convinces"), _("From 0 to 1.")),
    ("sir", "probability"): Words(_("Chance to convince a listener, a step"), _("From 0 to 1.")),
    ("sir", "forget"): _FORGET,
    ("sir", "horizon"): _HORIZON,
    ("brief", "outside"): Words(_("Chance that the brief reaches somebody, a step"), _("From 0 to 1.")),
    ("brief", "brief"): Words(_("Steps the brief runs"), _("0: there is no brief, only talk.")),
    ("brief", "probability"): Words(_("Chance to convince a listener, a step"), _("From 0 to 1.")),
    ("brief", "forget"): _FORGET,
    ("brief", "horizon"): _HORIZON,
}
TIES_HELP = _(
    "By strength: the number above is the chance of a tie of average strength. Ties seen more often and more lately have a greater one, those "
    "that faded a smaller one."
)
_CHOICES: dict[str, Text] = {
    "same": _("the same for all"),
    "even": _("drawn evenly"),
    "normal": _("drawn normally"),
    "wc": _("one over how many the listener listens to"),
    "tri": _("0.1, 0.01 or 0.001, by lot"),
    "column": _("the weights of the ties, taken as chances"),
    STRENGTH: _("by how strong each tie is"),
    LEARNT: _("each tie as learnt of what really spread"),
}


def of_model(name: str) -> Words:
    """What a model is called and assumes."""
    if name in _MODELS:
        return _MODELS[name]
    kind = cascade.shelf().get(name)
    return Words(kind.title, kind.assumption) if kind is not None else Words(name, "")


def of_knob(model: str, knob: cascade.Knob) -> Words:
    """What a knob is called and means."""
    return _KNOBS.get((model, knob.name)) or Words(knob.name, knob.help)


def of_choice(word: str) -> Text:
    """A word that a knob may be set to, in words."""
    return _CHOICES.get(word, word)


def described(choice: ModelChoice) -> list[tuple[Text, Text]]:
    """The knobs of a model as they were set: what each is called, and its value."""
    model, knobs = choice.name, choice.knobs
    kind = cascade.shelf().get(model)
    if kind is None:
        return []
    found = []
    for one in kind.knobs():
        if model == "watts" and one.name == "spread" and knobs.get("drawn", "same") == "same":
            continue
        value = knobs.get(one.name, one.default)
        label = of_knob(model, one).label
        if one.name == "probability" and choice.ties:
            found.append((label, of_choice(choice.ties)))
            if not isinstance(value, str):
                found.append((_("… of an average tie"), value))
        else:
            found.append((label, of_choice(value) if isinstance(value, str) else value))
    return found
