"""What this room says of a text: plain values."""

from __future__ import annotations

from dataclasses import dataclass

from grapevine.engine.text import reading

TIERS = ("fast", "deep")
MOODS = reading.MOODS
INTENTS = reading.INTENTS


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
