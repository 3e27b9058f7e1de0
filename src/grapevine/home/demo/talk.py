"""Who answers what: replies that fit the post, and the brand's answer that fits the question."""

from __future__ import annotations

from grapevine.home.demo.dice import Dice

_GOOD = {"reply_pos": 5.0, "praise_bean": 1.5, "asks_bean": 1.2, "counter_good": 1.4, "reply_joke": 0.8}
_TROUBLE = {"reply_neg": 4.0, "counter_bad": 1.3, "asks_end": 1.4, "reply_joke": 0.6}
_AGREE = {"reply_agree": 4.0, "reply_joke": 1.0}
_REPLIES: dict[str, dict[str, float]] = {
    "late": {**_TROUBLE, "advice_order": 2.5, "late": 1.8},
    "broken": {**_TROUBLE, "advice_gear": 2.5, "broken": 1.2, "asks_thing": 0.5},
    "stale": {**_TROUBLE, "advice_brew": 2.0, "stale": 1.2, "asks_bean": 1.2},
    "app": {**_TROUBLE, "advice_app": 2.5, "app": 1.5},
    "pricey": {"reply_agree": 2.5, "pricey": 2.0, "leaving": 0.8, "counter_bad": 1.5, "reply_joke": 0.6},
    "service": {"reply_neg": 2.0, "service": 1.2, "reply_agree": 1.5, "asks_place": 2.5, "counter_bad": 1.0},
    "leaving": {"reply_agree": 2.0, "leaving": 1.2, "counter_bad": 2.5, "reply_neg": 1.5, "reply_joke": 0.5},
    "praise_bean": _GOOD,
    "sub_love": {**_AGREE, "sub_love": 1.5},
    "recommend": {"reply_agree": 2.0, "praise_bean": 2.0, "recommend": 1.5, "counter_good": 1.0},
    "praise_gear": {"asks_thing": 3.0, "reply_agree": 2.5, "praise_gear": 1.0, "reply_joke": 0.5},
    "praise_shop": {"asks_place": 3.0, "reply_agree": 2.0, "praise_shop": 1.8},
    "thanks": {**_AGREE, "thanks": 1.0},
    "ask": {"reply_wonder": 4.0, "recommend": 0.7, "reply_joke": 0.8},
    "help": {"advice_order": 3.0, "reply_wonder": 1.5, "advice_app": 1.5},
    "buying": {"recommend": 2.5, "praise_bean": 1.5, "reply_joke": 1.0, "counter_good": 0.8},
    "compare": {
        "compare": 3.0,
        "recommend": 1.2,
        "reply_agree": 1.5,
        "praise_bean": 1.2,
        "counter_good": 0.8,
    },
    "job": {"reply_job": 1.0},
    "idea": {"reply_agree": 3.0, "idea": 2.5, "reply_joke": 0.6},
    "daily": {"reply_joke": 2.0, "reply_agree": 1.5, "daily": 1.0},
    "chatter": {"advice_brew": 3.0, "chatter": 2.0, "asks_bean": 1.0, "reply_joke": 1.2},
    "storm_ask": {"storm_angry": 3.0, "storm_joke": 2.0, "storm_defend": 2.0, "reply_agree": 1.0},
    "storm_angry": {"storm_angry": 3.0, "storm_joke": 2.0, "storm_defend": 2.0},
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
    return "sorry_storm" if theme.startswith("storm") else ""


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
