"""What connectors say, in the reader's language.

The cellars know no gettext, so their English sentences are the message ids: `catalogue` lists them where the extraction
of messages finds them, and a test sees to it that none is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop, ngettext

from grapevine.connectors import errors, reasons
from grapevine.connectors.base import Field, Finding
from grapevine.sources import catalogue

_FAMILIES = (
    errors.ConnectorError,
    errors.CredentialError,
    errors.RateLimited,
    errors.Gone,
    errors.Unreachable,
    errors.BadData,
    errors.CannotTell,
)


# What we say ourselves of something outgoing, beside what connectors say.
_OUR_OWN = {
    "source_gone": gettext_noop("The source is being removed, so nothing goes out through it any more."),
    "said_already": gettext_noop(
        "The very same words stand there already, as an earlier answer of ours. Say it in other words, or leave it at that."
    ),
    "forgotten": gettext_noop("The person it was for was forgotten on request. It cannot be sent."),
    "stopped_in_doubt": gettext_noop(
        "It was taken back after an attempt that may have arrived. Look there, then say here whether it did."
    ),
}


def sentences() -> dict[str, str]:
    """Every code of every connector error with its English sentence."""
    return {code: text for family in _FAMILIES for code, text in family.sentences.items()}


def sentence(english: str) -> str:
    """A sentence of a connector in the reader's language; the English one where it is not translated (third parties')."""
    return gettext(english) if english else ""


def error(code: str, params: Mapping[str, Any]) -> str:
    """An error that was kept by code and parameters, in words that say what to do."""
    english = sentences().get(code) or _OUR_OWN.get(code)
    if english is None:
        return gettext("The source could not be read (%(code)s).") % {"code": code}
    try:
        return gettext(english).format(**{name: _said(value) for name, value in params.items()})
    except (KeyError, IndexError):  # kept by an older version, whose sentence had other parameters
        return gettext(english)


def _said(value: Any) -> Any:
    """A value within a sentence, as it is said here: a date in our way, a sentence of a connector in our language."""
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return gettext(value) if isinstance(value, str) and value in catalogue.SENTENCES else value


def finding(found: Finding) -> str:
    """What a connection test or a look at a file found."""
    count = found.params.get("count")
    if found.many and isinstance(count, int):
        text = ngettext(found.sentence, found.many, count)
    else:
        text = gettext(found.sentence)
    return text.format(**{name: _said(value) for name, value in found.params.items()})


def reason(code: str) -> str:
    """Why a row was left out."""
    return gettext(reasons.REASONS[code]) if code in reasons.REASONS else code


def setting_label(field: Field) -> str:
    """The label of a connector's setting."""
    return gettext(field.label)
