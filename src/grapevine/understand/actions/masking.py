"""Personal data in texts, masked before they leave the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from grapevine.engine.text import personal

KIND_NAMES = {
    personal.EMAIL: gettext_lazy("e-mail address"),
    personal.PHONE: gettext_lazy("phone number"),
    personal.NATIONAL: gettext_lazy("national identity number"),
    personal.CARD: gettext_lazy("card number"),
    personal.ACCOUNT: gettext_lazy("bank account"),
}


def names() -> dict[str, str]:
    """What the kinds are called in the language of whoever asks now."""
    return {kind: str(name) for kind, name in KIND_NAMES.items()}


def masked(text: str, called: dict[str, str] | None = None) -> str:
    """The text with e-mail addresses, phone numbers, national numbers, cards and bank accounts replaced by what they are."""
    return personal.masked(text, called)
