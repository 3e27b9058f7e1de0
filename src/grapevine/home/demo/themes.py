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
    "reply_agree": Theme("neutral", (), "talk"),
    "reply_wonder": Theme("neutral", (), "talk"),
    "sorry_storm": Theme("neutral", (), "answer"),
    "reply_job": Theme("positive", (), "work"),
    "reply_thanks": Theme("positive", ("thanks",), "talk"),
    "reply_joke": Theme("neutral", (), "talk"),
    "advice_brew": Theme("neutral", (), "beans"),
    "advice_order": Theme("neutral", (), "delivery"),
    "advice_app": Theme("neutral", (), "app"),
    "advice_gear": Theme("neutral", (), "grinder"),
    "asks_bean": Theme("neutral", ("asks_info",), "beans"),
    "asks_place": Theme("neutral", ("asks_info",), "service"),
    "asks_end": Theme("neutral", ("asks_info",), "talk"),
    "asks_thing": Theme("neutral", ("asks_info",), "products"),
    "counter_good": Theme("neutral", (), "talk"),
    "counter_bad": Theme("neutral", (), "talk"),
    "brand_thanks": Theme("positive", ("thanks",), "answer"),
    "brand_info": Theme("neutral", (), "answer"),
    "brand_idea": Theme("neutral", (), "answer"),
    "answer_ask": Theme("neutral", (), "answer"),
    "answer_help": Theme("neutral", (), "answer"),
    "answer_campaign_ask": Theme("neutral", (), "answer"),
    "sorry_any": Theme("neutral", (), "answer"),
    "sorry_late": Theme("neutral", (), "answer"),
    "sorry_app": Theme("neutral", (), "answer"),
    "sorry_broken": Theme("neutral", (), "answer"),
    "sorry_pricey": Theme("neutral", (), "answer"),
    "sorry_stale": Theme("neutral", (), "answer"),
    "sorry_service": Theme("neutral", (), "answer"),
    "sorry_leaving": Theme("neutral", (), "answer"),
    "ok_parcel": Theme("positive", ("thanks",), "orders"),
    "ok_fixed": Theme("positive", ("thanks",), "orders"),
    "cust_photo": Theme("neutral", ("asks_help",), "orders"),
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
    "blog_campaign": Theme("positive", (), "campaign"),
    "blog_price": Theme("neutral", (), "price"),
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
NEUTRAL = {"ask": 10.0, "help": 4.0, "buying": 8.0, "compare": 8.0, "job": 6.5, "idea": 9.0, "daily": 12.0}
