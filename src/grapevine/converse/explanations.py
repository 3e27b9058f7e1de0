"""Why a thread came to somebody, in words: what an event of routing keeps as codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grapevine.converse.models import Rule

_WORDS = {
    "only_team": gettext_lazy("there is one team only"),
    "away": gettext_lazy("whom the rule names is away"),
    "on_call": gettext_lazy("it is urgent, the team is not there, and this is who is on call"),
    "team_takes": gettext_lazy("the team shares out by itself"),
    "nobody_there": gettext_lazy("everybody of the team is away"),
    "nobody_speaks": gettext_lazy("nobody of the team speaks its language"),
    "nobody_may": gettext_lazy("nobody of the team holds a mandate for it"),
    "nobody_has_room": gettext_lazy("everybody of the team has their hands full"),
    "least_laden": gettext_lazy("the one with most room of those who may"),
    "danger": gettext_lazy("somebody’s health seems to be in danger, so it is urgent"),
    "health": gettext_lazy("they write of somebody’s health, so it is high"),
    "haste": gettext_lazy("they say that it can’t wait, so it is high"),
    "deadline": gettext_lazy("they need an answer at a certain time today, so it is high"),
    "pressing": gettext_lazy("they complain, leave or ask for help, so it is high"),
    "pressing_in_storm": gettext_lazy(
        "they complain, leave or ask for help while talk of the brand is much faster than usual, so it is urgent"
    ),
    "hours_over": gettext_lazy("the team is not there, and this is who is on call"),
    "hours_begin": gettext_lazy("the team is there again"),
}


def rules_in(events: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """The names, as they are now, of all rules that had a say in these events. One question; none where no rule had."""
    ids = {
        int(one["rule"])
        for event in events
        for one in event.get("reasons") or []
        if one.get("code") == "rule"
    }
    return dict(Rule.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def of_event(event: Mapping[str, Any], names: Mapping[int, str] | None = None) -> str:
    """The reasons in an event of routing as one sentence. `names` are those of `rules_in`; without them they are asked for."""
    names = rules_in([event]) if names is None else names
    said = []
    for one in event.get("reasons") or []:
        if one.get("code") == "rule":
            said.append(_("rule “%(name)s”") % {"name": names.get(int(one["rule"]), one["rule"])})
        elif one.get("code") in _WORDS:
            said.append(str(_WORDS[one["code"]]))
    return "; ".join(said)
