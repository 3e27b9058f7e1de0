"""The public sets that shipped weights are learnt from. Only those whose licence allows it stand here; see docs/models/."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("GRAPEVINE_SETS", Path(__file__).resolve().parents[2] / "shared" / "text"))

SENTIMENT = {
    "en_goemotions": 0.6,  # CC BY 4.0
    "en_entity_tweets": 2.0,  # CC0
    "no_norec_sentence": 1.0,  # CC BY-NC 4.0; its README frees the models
    "sv_absabank_imm": 0.7,  # CC BY 4.0
    "da_lcc": 2.0,  # CC BY
    "en_skytrax_recommend": 3.0,  # CC0
    "xed_en": 0.08,  # CC BY 4.0, as are the next: emotions in film subtitles, a weak witness
    "xed_sv": 0.08,
    "xed_da": 0.08,
    "xed_nl": 0.08,
    "xed_no": 0.08,
    "xed_de": 0.08,
}
"""Sets with sentiment, and how much a text of each counts."""

LANGUAGE = (
    "sib200_topics", "xed_sv", "xed_da", "xed_nl", "xed_no", "xed_de", "xed_en", "no_norec_sentence", "sv_absabank_imm",
    "da_lcc", "xsid_intents", "en_goemotions", "en_skytrax_recommend", "en_clinc150",
)  # fmt: skip

REQUESTS = ("en_banking77", "en_clinc150", "en_bitext_support", "xsid_intents")
"""Requests to a machine or a bank: neutral, and no spam. CC BY 4.0, CC BY 3.0, CDLA-Sharing-1.0, CC BY-SA 4.0."""

SPAM = {"en_youtube_spam": 12.0, "en_sms_spam": 0.5}
"""CC BY 4.0; Apache-2.0. How much a text of each counts: messages on phones are another world than comments."""

NO_SPAM = ("en_goemotions", "en_entity_tweets", "xed_sv", "xed_da", "xed_nl", *REQUESTS)
"""Sets of what people say to each other and to firms: none of it is spam."""

NO_WISH = (
    "en_goemotions", "xed_en", "xed_sv", "xed_da", "xed_nl", "xed_no", "xed_de", "sib200_topics", "da_lcc", "sv_absabank_imm", "en_youtube_spam",
    "en_sms_spam",
)  # fmt: skip
"""Sets of what people say to each other: hardly a complaint or an idea among it."""

WRONG = {
    "en_banking77": (
        "wrong_", "_wrong", "not_showing_up", "charged", "charge", "not_updated", "declined", "not_recognised", "not_received", "reverted",
        "failed", "not_working", "swallowed", "pending", "not_allowed", "blocked", "unable",
    ),
    "en_bitext_support": ("complaint", "payment_issue", "registration_problems"),
    "en_clinc150": ("lost_luggage", "card_declined", "account_blocked"),
}  # fmt: skip
"""Parts of the names of labels that say that something went wrong; whoever else asks there, does not complain."""


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a set. Raises FileNotFoundError."""
    with gzip.open(FOLDER / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def mood(row: dict[str, Any]) -> tuple[float, float, float] | None:
    """Negative, neutral, positive as shares of one; None where a set does not say."""
    label = row.get("label")
    if row["source"] == "en_skytrax_recommend":
        stars = float(row.get("stars") or 0)
        if label == "recommended":
            return (0.0, 0.1, 0.9)
        return (0.9, 0.1, 0.0) if not stars or stars <= 3 else None
    return {
        "negative": (1.0, 0.0, 0.0),
        "neutral": (0.0, 1.0, 0.0),
        "irrelevant": (0.1, 0.8, 0.1),
        "positive": (0.0, 0.0, 1.0),
    }.get(str(label))


def went_wrong(row: dict[str, Any]) -> bool:
    """Whether somebody who asks a firm for something says that something went wrong, by the label of his request."""
    return any(part in str(row["label"]) for part in WRONG[row["source"]])


def told(row: dict[str, Any]) -> list[str]:
    """The sentences of a review."""
    return [part for part in re.split(r"(?<=[.!?])\s+", str(row["text"])) if 15 < len(part) < 240]
