"""What people do in this room, in words for the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.core import audit, details
from grapevine.understand.contracts import INTENT_NAMES, MOOD_NAMES


def describe() -> None:
    """Give the deeds their words. Called when Django starts."""
    audit.describe(
        {
            "understand.reading.corrected": _("said how a text reads"),
            "understand.reading.taken_back": _("took back how a text reads"),
            "understand.adapter.was_reset": _("let a brand read as shipped again"),
            "understand.wish.was_set": _("set how often a sure reading should be right"),
            "understand.draw.made": _("drew texts to be labelled"),
            "understand.label.skipped": _("could not tell how a text reads"),
            "understand.label.taken_back": _("took a label back"),
        }
    )
    details.describe(
        {
            "scope": _("read for"),
            "mood": _("mood"),
            "intents": _("wishes"),
            "spam": _("spam"),
            "corrections": _("corrections"),
            "texts": _("texts"),
            "share": _("share"),
        }
    )
    details.describe_values({**MOOD_NAMES, **INTENT_NAMES})
