"""The language in which commands speak: GRAPEVINE_LANGUAGE, else the terminal's (LANGUAGE, LC_ALL, LC_MESSAGES, LANG), else English.

Pages have Django's way to a reader's language; a command speaks before Django is awake, and many never wake it. So the roof has a
catalogue of its own (`config/locale`, made by `scripts/messages.py` like those of the rooms), read by Python's gettext. A command that
shows what rooms say calls `follow` once Django is awake.
"""

from __future__ import annotations

import gettext as _gettext
import os
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
KNOWN = ("sv", "da", "nl", "en")
_VARIABLES = ("GRAPEVINE_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_THOUSANDS = {"sv": "\u00a0", "da": ".", "nl": ".", "en": ","}


def spoken() -> str:
    """The language that whoever typed the command reads: one of KNOWN. The first variable that is set decides."""
    wishes = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    for wish in wishes.split(":"):
        code = wish.lower().replace("-", "_").replace(".", "_").split("_")[0]
        if code in KNOWN:
            return code
    return "en"


@cache
def catalogue(room: str, language: str) -> _gettext.NullTranslations:
    """The texts of a room in a language; where they are missing, the English ones."""
    return _gettext.translation("django", PACKAGE / room / "locale", [language], fallback=True)


def gettext(text: str) -> str:
    """A text of the roof in the language of the command."""
    return catalogue("config", spoken()).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """The same for a text that counts."""
    return catalogue("config", spoken()).ngettext(one, many, number)


def gettext_noop(text: str) -> str:
    """Mark a text that is translated where it is told."""
    return text


def num(value: float, decimals: int = 0) -> str:
    """A number with the separators of the language: 12 345 (sv), 12.345 (da, nl), 12,345 (en)."""
    language = spoken()
    text = f"{value:,.{decimals}f}"
    if language == "en":
        return text
    whole, _, rest = text.partition(".")
    whole = whole.replace(",", _THOUSANDS[language])
    return f"{whole},{rest}" if rest else whole


def follow() -> None:
    """Let the rooms speak the command's language too. For commands that show what rooms say, once Django is awake."""
    from django.utils import translation

    translation.activate(spoken())
