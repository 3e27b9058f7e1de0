"""What this room says of a text: plain values."""

from __future__ import annotations

from dataclasses import dataclass

TIERS = ("fast",)


@dataclass(frozen=True)
class Reading:
    """What was read in a text. `lang` is empty when we are not sure; `lang_p` is how likely it is; `tier` says which reader spoke."""

    lang: str
    lang_p: float
    tier: str = "fast"
