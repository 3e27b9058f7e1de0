"""What this room says of a text, plain values; and what these are called in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from grapevine.engine.text import reading

TIERS = ("fast", "deep")
MOODS = reading.MOODS
INTENTS = reading.INTENTS

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


@dataclass(frozen=True)
class Reading:
    """What was read in a text.

    `lang` is empty when none can be told; the `_p` are how likely something is; `sentiment_p` negative, neutral, positive; `sure` whether a person
    may rely on the mood; `tier` which reader spoke.
    """

    lang: str
    lang_p: float
    tier: str = "fast"
    sentiment: str = "neutral"
    sentiment_p: tuple[float, float, float] = (0.0, 1.0, 0.0)
    intents: tuple[str, ...] = ()
    spam: bool = False
    spam_p: float = 0.0
    sure: bool = False
