"""What each theme of the material means, whatever the language."""

from __future__ import annotations

from typing import NamedTuple

from grapevine.home.demo.shapes import Mood


class Theme(NamedTuple):
    """Mood, intents and topic of everything said under a theme."""

    mood: Mood
    intents: tuple[str, ...]
    topic: str


THEMES: dict[str, Theme] = {
    "late": Theme("negative", ("complains",), "delivery"),
    "broken": Theme("negative", ("complains",), "grinder"),
    "stale": Theme("negative", ("complains",), "beans"),
    "app": Theme("negative", ("complains",), "app"),
    "pricey": Theme("negative", ("complains",), "price"),
    "service": Theme("negative", ("complains",), "service"),
    "leaving": Theme("negative", ("complains", "leaves"), "loyalty"),
    "praise_bean": Theme("positive", ("praises",), "beans"),
    "praise_shop": Theme("positive", ("praises",), "service"),
    "praise_gear": Theme("positive", ("praises",), "grinder"),
    "recommend": Theme("positive", ("recommends", "praises"), "loyalty"),
    "thanks": Theme("positive", ("thanks", "praises"), "service"),
    "sub_love": Theme("positive", ("praises",), "subscription"),
    "ask": Theme("neutral", ("asks_info",), "products"),
    "help": Theme("neutral", ("asks_help",), "orders"),
    "buying": Theme("neutral", ("buys",), "products"),
    "compare": Theme("neutral", ("compares",), "competition"),
    "job": Theme("neutral", ("job",), "work"),
    "idea": Theme("neutral", ("idea",), "ideas"),
    "daily": Theme("neutral", (), "everyday"),
    "offtopic": Theme("neutral", (), "off-topic"),
    "chatter": Theme("neutral", (), "everyday"),
    "spam": Theme("neutral", (), "spam"),
    "reply_neg": Theme("negative", ("complains",), "talk"),
    "reply_pos": Theme("positive", ("praises",), "talk"),
    "reply_advice": Theme("neutral", ("recommends",), "talk"),
    "reply_counter": Theme("neutral", (), "talk"),
    "reply_ask": Theme("neutral", ("asks_info",), "talk"),
    "reply_thanks": Theme("positive", ("thanks",), "talk"),
    "reply_joke": Theme("neutral", (), "talk"),
    "brand_sorry": Theme("neutral", (), "answer"),
    "brand_thanks": Theme("positive", ("thanks",), "answer"),
    "brand_info": Theme("neutral", (), "answer"),
    "brand_idea": Theme("neutral", (), "answer"),
    "cust_ok": Theme("positive", ("thanks",), "orders"),
    "cust_still": Theme("negative", ("complains", "asks_help"), "orders"),
    "cust_detail": Theme("neutral", ("asks_help",), "orders"),
    "blog_comment": Theme("neutral", (), "blog"),
    "storm_spark": Theme("negative", ("complains",), "capsules"),
    "storm_angry": Theme("negative", ("complains",), "capsules"),
    "storm_joke": Theme("negative", (), "capsules"),
    "storm_defend": Theme("neutral", (), "capsules"),
    "storm_ask": Theme("neutral", (), "capsules"),
    "storm_quote": Theme("negative", ("complains",), "capsules"),
    "storm_insider": Theme("negative", ("complains",), "capsules"),
    "storm_answer1": Theme("neutral", (), "capsules"),
    "storm_answer2": Theme("neutral", (), "capsules"),
    "storm_answer3": Theme("neutral", (), "capsules"),
    "storm_after": Theme("neutral", (), "capsules"),
    "campaign_start": Theme("positive", (), "campaign"),
    "campaign_invite": Theme("positive", ("recommends",), "campaign"),
    "campaign_went": Theme("positive", ("praises",), "campaign"),
    "campaign_ask": Theme("neutral", ("asks_info",), "campaign"),
    "campaign_quote": Theme("positive", ("recommends",), "campaign"),
    "press_shop": Theme("neutral", (), "company"),
    "press_price": Theme("neutral", (), "price"),
    "press_grinder": Theme("neutral", (), "grinder"),
    "news_brand": Theme("neutral", (), "company"),
    "news_storm": Theme("negative", (), "capsules"),
    "news_storm_after": Theme("neutral", (), "capsules"),
    "news_campaign": Theme("positive", (), "campaign"),
    "blog_post": Theme("positive", (), "blog"),
    "blog_storm": Theme("neutral", (), "capsules"),
}

NEGATIVE = {
    "late": 7.0,
    "broken": 4.0,
    "stale": 5.0,
    "app": 5.0,
    "pricey": 6.0,
    "service": 5.0,
    "leaving": 3.0,
}
POSITIVE = {
    "praise_bean": 12.0,
    "praise_shop": 9.0,
    "praise_gear": 4.0,
    "recommend": 8.0,
    "thanks": 6.0,
    "sub_love": 5.0,
}
NEUTRAL = {"ask": 10.0, "help": 4.0, "buying": 7.0, "compare": 8.0, "job": 4.0, "idea": 9.0, "daily": 12.0}
