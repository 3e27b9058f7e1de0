"""What filters can be set to, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext, gettext_lazy

from grapevine.engine.text import language
from grapevine.listen.contracts.filters import UNSURE
from grapevine.understand.contracts import MOOD_NAMES

Text = str | Promise

PERIODS: dict[str, Text] = {
    "24h": gettext_lazy("24 hours"),
    "7": gettext_lazy("7 days"),
    "30": gettext_lazy("30 days"),
    "90": gettext_lazy("90 days"),
    "12m": gettext_lazy("12 months"),
}


MOODS: dict[str, Text] = {**MOOD_NAMES, UNSURE: gettext_lazy("Not sure")}
SPAM: dict[str, Text] = {"hide": gettext_lazy("Without spam"), "only": gettext_lazy("Only spam")}


@dataclass(frozen=True)
class Option:
    """A value that a filter can have."""

    value: str
    label: Text
    chosen: bool = False
    group: Text = ""


def languages() -> dict[str, str]:
    """The languages we read by code, named in the reader's language; last, `unsure`."""
    named = {code: language_name(code) for code in language.READ}
    return {**dict(sorted(named.items(), key=lambda pair: pair[1])), UNSURE: gettext("Not sure")}


def language_name(code: str) -> str:
    """A language's name in the reader's language; the code when it has none here."""
    try:
        return gettext("Norwegian") if code == "no" else str(gettext(get_language_info(code)["name"]))
    except KeyError:
        return code
