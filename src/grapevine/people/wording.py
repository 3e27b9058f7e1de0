"""Codes of this room in words, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from grapevine.people.reasons import Reason

_REFUSALS = {
    "no_columns": _lazy(
        "The first line has to name the columns: order_id, bought_at, and email or customer. Add them and read the file again."
    ),
    "no_file": _lazy("The file is not there any longer. Read it once more."),
    "no_order_id": _lazy("order_id is missing: without it an order sent twice would count twice."),
    "long_order_id": _lazy("order_id is longer than 120 characters."),
    "no_key": _lazy("email and customer are both missing: nobody could be told to have bought it."),
    "bad_email": _lazy("email is no e-mail address."),
    "bad_customer": _lazy("customer is longer than 254 characters."),
    "bad_amount": _lazy("amount is no number. Write 249.00 or 249,00, without the currency."),
    "bad_currency": _lazy("currency is no code of three letters, such as SEK."),
    "no_currency": _lazy("amount has no currency beside it, such as SEK."),
    "bad_items": _lazy("items is neither a list of names nor of objects with a name."),
    "no_moment": _lazy("bought_at is missing."),
    "bad_moment": _lazy(
        "bought_at is no day or moment of the past. Write 2026-03-02 or 2026-03-02T14:05:00+01:00."
    ),
    "not_text": _lazy("A value is neither text nor number."),
    "no_key_made": _lazy("This shop has no key. An administrator makes one on the page Purchases."),
    "no_signature": _lazy(
        "Send the headers Grapevine-Timestamp (seconds since 1970) and Grapevine-Signature (sha256=…)."
    ),
    "old": _lazy(
        "Grapevine-Timestamp is more than five minutes off. Set the shop’s clock, and sign each attempt anew."
    ),
    "bad_signature": _lazy(
        "The signature doesn’t fit. Sign timestamp, a full stop and the body exactly as sent, with the shop’s present key."
    ),
    "not_json": _lazy('The body is no JSON. Send one order as an object, or several as {"orders": […]}.'),
    "too_many": _lazy("Send at most 500 orders at once."),
    "too_large": _lazy("The body is larger than a megabyte. Send fewer orders at once."),
}
_SPECIAL = {
    "health": _lazy("health"),
    "religion": _lazy("religion or belief"),
    "politics": _lazy("political opinions"),
    "sexuality": _lazy("sex life or sexual orientation"),
    "ethnicity": _lazy("ethnic origin"),
    "union": _lazy("membership of a trade union"),
    "biometric": _lazy("genetic or biometric data"),
    "crime": _lazy("crimes and sentences"),
}
_LIKE = {
    "handle": _lazy("the same handle"),
    "name": _lazy("the same name"),
    "key": _lazy("the same address or customer number, not verified"),
    "link": _lazy("their profile names this one"),
    "address_name": _lazy("handle and e-mail address are alike"),
}
_SCORES = {"very likely": _lazy("very likely"), "likely": _lazy("likely"), "possible": _lazy("possible")}


def refusal(code: str) -> str:
    """Why an order was refused, and what to do."""
    return str(_REFUSALS.get(code, code))


def special(category: str) -> str:
    """Why something is not remembered."""
    return _(
        "This says something about %(what)s. The law protects that specially (GDPR, articles 9 and 10), and nobody needs it to answer well: "
        "Grapevine doesn’t remember it. Leave it out and note the rest."
    ) % {"what": _SPECIAL.get(category, category)}


def like(reason: str) -> str:
    """Why two might be the same person."""
    return str(_LIKE.get(reason, reason))


def score(value: str) -> str:
    """How likely it is."""
    return str(_SCORES.get(value, value))


def reason(one: Reason) -> str:
    """The next reason to get in touch, in a sentence."""
    about = {"about": one.about}
    if one.kind in ("promise", "follow_up"):
        if one.days < 0:
            days = ngettext("%(days)d day", "%(days)d days", -one.days) % {"days": -one.days}
            return _("Promised, and overdue by %(days)s: %(about)s") % {**about, "days": days}
        if one.days == 0:
            return _("Promised for today: %(about)s") % about
        return _("Promised: %(about)s") % about
    if one.kind == "birthday":
        return _("It is their birthday today.") if one.days == 0 else _("Their birthday is coming.")
    if one.kind == "event":
        return _("They told us: %(about)s") % about
    return _("They bought something some weeks ago; ask how it is: %(about)s") % about
