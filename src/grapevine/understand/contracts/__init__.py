"""What this room says of a text, plain values; and what these are called in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.engine.text import language, reading
from grapevine.engine.text.reading import Batch as Readings
from grapevine.engine.text.reading import Reading
from grapevine.engine.text.reading.about import Mood as NameMood
from grapevine.understand.contracts.corrected import SURE, WISHES, Adapted, Corrected

__all__ = [
    "INTENTS",
    "INTENT_NAMES",
    "LANGUAGES",
    "MOODS",
    "MOOD_NAMES",
    "MOOD_TONES",
    "SURE",
    "TIERS",
    "TIER_NAMES",
    "WISHES",
    "Adapted",
    "Corrected",
    "NameMood",
    "Reading",
    "Readings",
]

LANGUAGES = language.READ
TIERS = ("fast", "deep")
MOODS = reading.MOODS
INTENTS = reading.INTENTS

MOOD_TONES = {"negative": "bad", "neutral": "neutral", "positive": "good"}
"""The tone that badges, dots and bars have for each mood."""
MOOD_NAMES = {"negative": _("Negative"), "neutral": _("Neutral"), "positive": _("Positive")}
INTENT_NAMES = {
    "recommends": _("Recommends"),
    "asks_help": _("Asks for help"),
    "asks_information": _("Asks for information"),
    "complains": _("Complains"),
    "praises": _("Praises"),
    "idea": _("Has an idea or a wish"),
    "compares": _("Compares"),
    "buys": _("Means to buy"),
    "leaves": _("Means to leave"),
    "thanks": _("Thanks"),
    "job": _("Talks of work and vacancies"),
}
TIER_NAMES = {"fast": _("the fast reader"), "deep": _("the deep reader")}
