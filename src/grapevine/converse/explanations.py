"""Why a thread came to somebody, in words: what an event of routing keeps as codes."""

from __future__ import annotations

from collections.abc import Mapping
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
    "hours_over": gettext_lazy("the team is not there, and this is who is on call"),
    "hours_begin": gettext_lazy("the team is there again"),
}


def of_event(event: Mapping[str, Any]) -> str:
    """The reasons in an event of routing as one sentence; names of rules as they are now. Asks the database once, for rules."""
    reasons = event.get("reasons") or []
    ids = [int(one["rule"]) for one in reasons if one.get("code") == "rule"]
    names = dict(Rule.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    said = []
    for one in reasons:
        if one.get("code") == "rule":
            said.append(_("rule “%(name)s”") % {"name": names.get(int(one["rule"]), one["rule"])})
        elif one.get("code") in _WORDS:
            said.append(str(_WORDS[one["code"]]))
    return "; ".join(said)
