"""How somebody looks at the inbox: the view, what it is narrowed to, what is searched for. Plain values, read from an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from grapevine.understand.contracts import INTENTS

VIEWS = {
    "mine": _("Mine"),
    "team": _("My teams’"),
    "free": _("Unassigned"),
    "open": _("All open"),
    "named": _("Naming me"),
    "stuck": _("Not sent"),
    "waiting": _("Waiting"),
    "snoozed": _("Snoozed"),
    "resolved": _("Resolved"),
    "spam": _("Spam"),
    "all": _("All"),
}
URGENT_FIRST = ("mine", "team", "free", "open")
"""Views of what is ours to answer: what is due first stands first. Elsewhere the latest does."""
LONGEST = 500
_NUMBERS = ("brand", "source", "label", "priority", "who")


@dataclass(frozen=True)
class Wish:
    """What is asked for; empty texts ask for nothing. `who` is a user, `want` one of the readers' wishes, `q` a search."""

    view: str = "mine"
    brand: str = ""
    source: str = ""
    lang: str = ""
    label: str = ""
    priority: str = ""
    who: str = ""
    want: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Wish:
        """What an address asks for; what can't be is left out."""
        found = {one.name: str(given.get(one.name, "")).strip()[:LONGEST] for one in fields(cls)}
        for name in _NUMBERS:
            if not (found[name].isascii() and found[name].isdigit() and len(found[name]) < 19):
                found[name] = ""
        if found["view"] not in VIEWS:
            found["view"] = "all" if found["q"] else "mine"
        if found["want"] not in INTENTS:
            found["want"] = ""
        found["lang"] = found["lang"][:8]
        return cls(**found)

    def number(self, name: str) -> int | None:
        """A filter that is an id."""
        value = getattr(self, name)
        return int(value) if value else None

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for but a view."""
        return any(getattr(self, one.name) for one in fields(self) if one.name != "view")

    def params(self) -> dict[str, str]:
        """The parts of an address that ask for this. The view is always named: an address without one opens where there is something to do."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}

    def address(self, **more: object) -> str:
        """The query of the address, with further parts."""
        whole = {**self.params(), **{name: str(value) for name, value in more.items() if value}}
        return f"?{urlencode(whole)}" if whole else ""

    def seen_as(self, view: str) -> Wish:
        """The same wish in another view."""
        return replace(self, view=view)
