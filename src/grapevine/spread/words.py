"""Why something could not be worked out, in words that say what to do: the codes of `Fault`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from grapevine.engine.graph.sentences import Sentence
from grapevine.ui import numbers

Text = str | Promise

FAULTS: dict[str, Text] = {
    "broken": _(
        "It broke off each time it was tried. The page of jobs tells the fault. Try again, and tell who looks after Grapevine if it stays so."
    ),
    "network_nobody": _(
        "Nobody is known yet: people are known by what a watch catches of them. Add a source and a watch, and let some talk come in."
    ),
    "network_no_posts": _(
        "No post fits what you chose. Take more days, more sources or languages, or all brands."
    ),
    "network_no_ties": _(
        "Nobody of those who wrote answered, named, passed on or follows another of them. Take more days or kinds of ties, or leave out fewer."
    ),
    "network_gone": _("The network it stands on was removed. Choose another one."),
    "matters_too_few": _(
        "The network is too small (people: %(people)s): at least %(fewest)s are wanted, so that some can be held against the others."
    ),
    "cascade_no_posts": _("No post fits this filter. Look at the stream with it first, and make it wider."),
    "cascade_no_people": _("Nobody is known who wrote these posts."),
    "cascade_filter": _("The filter can no longer be understood: %(problem)s"),
    "cascade_meaning": _(
        "A search by meaning finds what is alike, not all of it. Use words, a brand or a watch to say what spread."
    ),
}
"""By code; parameters stand in them as `%(name)s`. Each part of the room adds its own with `add`."""


def add(faults: Mapping[str, Text]) -> None:
    """Make the words for more codes known. Called when a module is loaded."""
    FAULTS.update(faults)


def fault(code: str, params: Mapping[str, Any] | None = None) -> str:
    """A fault that was kept by code and parameters, in the reader's language. A parameter may be a sentence of the engine's, as JSON."""
    if not code:
        return ""
    text = str(FAULTS.get(code, "")) or gettext("It could not be worked out (%(code)s).") % {"code": code}
    told = {
        name: sentence(Sentence.from_json(fact)) if isinstance(fact, Mapping) else fact
        for name, fact in (params or {}).items()
    }
    try:
        return text % told
    except (KeyError, ValueError):  # kept by an older version, whose sentence had other parameters
        return text


def sentence(said: Sentence) -> str:
    """What the engine says of networks and cascades, in the reader's language."""
    return said.told(gettext, numbers.num, ngettext)
