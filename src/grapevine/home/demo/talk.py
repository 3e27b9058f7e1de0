"""Who answers what: replies that fit the post, and the brand's answer that fits the question."""

from __future__ import annotations

from grapevine.home.demo.dice import Dice

_GOOD = {"reply_pos": 6.0, "asks_bean": 1.2, "counter_good": 1.4, "reply_joke": 1.0}
_TROUBLE = {"reply_neg": 5.0, "counter_bad": 1.6, "asks_end": 1.6, "reply_joke": 0.7}
_AGREE = {"reply_agree": 6.0, "reply_joke": 1.5}
_BREW = {"advice_brew": 5.0, "asks_bean": 2.0, "reply_joke": 1.2}
_REPLIES: dict[str, dict[str, float]] = {
    "late": {**_TROUBLE, "advice_order": 3.0},
    "broken": {**_TROUBLE, "advice_gear": 3.0, "asks_thing": 0.5},
    "stale": {**_TROUBLE, "advice_brew": 2.5, "asks_bean": 1.5, "counter_good": 1.0},
    "app": {**_TROUBLE, "advice_app": 3.0},
    "pricey": {"reply_agree": 5.0, "counter_bad": 2.0, "reply_joke": 1.0},
    "service": {"reply_neg": 3.0, "reply_agree": 2.0, "asks_place": 3.0, "counter_bad": 1.5},
    "leaving": {"reply_agree": 3.0, "counter_bad": 3.0, "reply_neg": 2.0, "reply_joke": 0.7},
    "praise_bean": _GOOD,
    "sub_love": _AGREE,
    "recommend": {**_AGREE, "reply_pos": 2.0, "counter_good": 1.0},
    "praise_gear": {"asks_thing": 4.0, "reply_agree": 4.0, "reply_joke": 0.6},
    "praise_shop": {"asks_place": 4.0, "reply_agree": 4.0},
    "thanks": _AGREE,
    "ask": {"reply_agree": 2.0, "reply_joke": 1.5},
    "help": {"advice_order": 3.0, "reply_agree": 1.0, "advice_app": 2.0},
    "buying": {"reply_agree": 3.0, "reply_joke": 1.5, "asks_thing": 0.8},
    "compare": {"reply_agree": 2.0, "counter_good": 2.0, "asks_bean": 2.0, "reply_joke": 1.5, "compare": 1.0},
    "job": {"reply_job": 1.0},
    "idea": {"reply_agree": 5.0, "reply_joke": 0.7},
    "daily": {"reply_joke": 2.0, "reply_agree": 2.0},
    "chatter": _BREW,
    "storm_ask": {"storm_angry": 3.0, "storm_joke": 2.0, "storm_defend": 2.0, "reply_agree": 1.0},
}
_SORRY = ("late", "app", "broken", "pricey", "stale", "service", "leaving")


def reply(theme: str, dice: Dice) -> str:
    """The theme of an answer by somebody else to a post under `theme`."""
    return dice.weighted(_REPLIES.get(theme, _AGREE))


def official(theme: str, dice: Dice) -> str:
    """The theme of a brand's answer to a post under `theme`; empty when it would not answer."""
    if theme in ("ask", "help", "campaign_ask"):
        return f"answer_{theme}"
    if theme in _SORRY:
        return f"sorry_{theme}" if theme == "leaving" or dice.chance(0.9) else "sorry_any"
    if theme in (
        "praise_bean",
        "praise_shop",
        "thanks",
        "sub_love",
        "recommend",
        "praise_gear",
        "campaign_ask",
    ):
        return "brand_thanks"
    if theme == "idea":
        return "brand_idea"
    return "sorry_any" if theme.startswith("storm") else ""


def settled(theme: str) -> str:
    """What a customer says when their matter under `theme` is settled."""
    if theme in ("late", "stale"):
        return "ok_parcel"
    if theme in ("app", "broken"):
        return "ok_fixed"
    return "reply_thanks"


def particulars(theme: str, dice: Dice) -> str:
    """What a customer adds when asked for more about a matter under `theme`."""
    return "cust_photo" if theme in ("broken", "stale") and dice.chance(0.4) else "cust_detail"
