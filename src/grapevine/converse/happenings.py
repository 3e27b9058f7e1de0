"""What was done in a conversation, in words: the events among its messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from grapevine.converse import explanations
from grapevine.converse.models import Label, Priority, Team
from grapevine.core.models import User


class Teller:
    """Puts events into words, having asked once for all names in them."""

    def __init__(self, events: Iterable[Mapping[str, Any]]) -> None:
        said = list(events)
        self._users = dict(User.objects.filter(pk__in=_ids(said, "user")).values_list("pk", "name"))
        self._teams = dict(Team.objects.filter(pk__in=_ids(said, "team")).values_list("pk", "name"))
        self._labels = dict(Label.objects.filter(pk__in=_ids(said, "label")).values_list("pk", "name"))

    def words(self, event: Mapping[str, Any], *, by: str) -> str:
        """The sentence of one event; `by` is who did it, empty when nobody did."""
        who = by or _("Grapevine")
        match event.get("what"):
            case "assigned":
                return self._assigned(event, who)
            case "routed":
                return self._routed(event)
            case "snoozed":
                return _snoozed(event, who)
            case "prioritised":
                why = explanations.of_event(event)  # says how high it is, too
                said = _("%(who)s set the priority to %(what)s") % {"who": who, "what": _priority(event)}
                return why[:1].upper() + why[1:] if why else said
            case "labelled":
                return _("%(who)s put the label “%(name)s” on it") % {"who": who, "name": self._label(event)}
            case "unlabelled":
                return _("%(who)s took the label “%(name)s” off") % {"who": who, "name": self._label(event)}
            case "reopened":
                return _("Open again: they wrote") if not by else _("%(who)s opened it again") % {"who": who}
            case what:
                return _plain(str(what), who)

    def _assigned(self, event: Mapping[str, Any], who: str) -> str:
        to = self._users.get(event.get("user") or 0) or self._teams.get(event.get("team") or 0)
        if to is None:
            return _("%(who)s gave it to nobody") % {"who": who}
        return _("%(who)s gave it to %(name)s") % {"who": who, "name": to}

    def _routed(self, event: Mapping[str, Any]) -> str:
        names = [self._teams.get(event.get("team") or 0), self._users.get(event.get("user") or 0)]
        to = ", ".join(name for name in names if name)
        said = _("Given to %(name)s") % {"name": to} if to else _("Given to nobody")
        why = explanations.of_event(event)
        return f"{said}: {why}" if why else said

    def _label(self, event: Mapping[str, Any]) -> str:
        return self._labels.get(event.get("label") or 0, "…")


def _ids(events: Iterable[Mapping[str, Any]], name: str) -> set[int]:
    return {one[name] for one in events if isinstance(one.get(name), int)}


def _priority(event: Mapping[str, Any]) -> str:
    return str(Priority(event["priority"]).label) if event.get("priority") in Priority.values else "…"


def _snoozed(event: Mapping[str, Any], who: str) -> str:
    until = parse_datetime(event["until"]) if event.get("until") else None
    if until is None:
        return _("%(who)s snoozed it until they answer") % {"who": who}
    when = date_format(localtime(until), "DATETIME_FORMAT")
    if event.get("on_answer"):
        return _("%(who)s snoozed it until %(when)s, or until they answer") % {"who": who, "when": when}
    return _("%(who)s snoozed it until %(when)s") % {"who": who, "when": when}


def _plain(what: str, who: str) -> str:
    said = {
        "resolved": _("%(who)s resolved it"),
        "waiting": _("%(who)s let it wait for them"),
        "spam": _("%(who)s called it spam"),
        "woke": _("It woke: the time it was snoozed until has come"),
        "bounced": _("Our answer came back: it did not arrive"),
        "copy_bounced": _("A copy of our answer came back. Whom it answers has it."),
        "merged": _("%(who)s put another conversation into this one"),
        "split": _("%(who)s made a conversation of its own of a part of this"),
        "split_off": _("%(who)s took this out of another conversation"),
    }
    return said.get(what, what) % {"who": who}
