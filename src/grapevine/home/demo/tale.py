"""Tells the whole story: who writes how much of what, when."""

from __future__ import annotations

from datetime import UTC, datetime

from grapevine.home.demo import arcs, cast, copies, everyday, rooms, ties, world
from grapevine.home.demo.desk import Desk
from grapevine.home.demo.dice import Dice
from grapevine.home.demo.rhythm import DAYS, Rhythm
from grapevine.home.demo.shapes import Story

POSTS = 3_000
SEED = 1987


def story(until: datetime, seed: int = SEED) -> Story:
    """The demo's story of `DAYS` days that end at `until`, the same for the same arguments on every Python.

    Raises ValueError when `until` has no time zone.
    """
    if until.tzinfo is None:
        raise ValueError("until must be an aware datetime")
    until = until.astimezone(UTC).replace(microsecond=0)
    rhythm = Rhythm(until)
    authors = cast.people(Dice.of(seed, 1))
    follows = ties.follows(Dice.of(seed, 2), authors, rhythm)
    desk = Desk(Dice.of(seed, 3), authors, follows, rhythm)
    arcs.campaign(desk)
    arcs.storm(desk)
    copies.press_releases(desk)
    _talk(desk)
    copies.reposts(desk, 120)
    copies.copies(desk, 36)
    return Story(
        until=until,
        seed=seed,
        brands=world.BRANDS,
        watches=world.WATCHES,
        sources=world.SOURCES,
        authors=authors,
        follows=follows,
        filters=world.FILTERS,
        posts=desk.posts(),
    )


def _talk(desk: Desk) -> None:
    """Everything ordinary; short posts fill up what is missing to `POSTS`."""
    dice, rhythm = desk.dice, desk.rhythm

    def when(profile: str, lang: str) -> datetime:
        return rhythm.moment(dice, profile, world.COUNTRIES[lang], low=0.2, high=DAYS)

    langs = list(everyday.SHARES)
    blogs = {"sv": 9, "da": 5, "nl": 4, "en": 4}
    for lang, count in blogs.items():
        for number in range(count):
            day = 2 + (DAYS - 4) * (number + 0.5) / count
            at = rhythm.moment(dice, "office", world.COUNTRIES[lang], low=day - 1.8, high=day + 1.8)
            rooms.blog_post(desk, at, lang, comments=dice.whole(2, 12))
    for _ in range(62):
        lang = dice.weighted({"sv": 26.0, "da": 15.0, "nl": 12.0, "en": 9.0})
        rooms.news(desk, when("office", lang), lang)
    for _ in range(66):
        lang = dice.weighted(everyday.SHARES)
        rooms.forum_thread(desk, when("forum", lang), lang, answers=dice.whole(2, 9))
    for _ in range(104):
        lang = dice.weighted(everyday.SHARES)
        rooms.support_thread(desk, when("support", lang), lang)
    for _ in range(290):
        lang = everyday.language(desk)
        everyday.review(desk, when("reviews", lang), lang)
    for theme, count in (("offtopic", 104), ("chatter", 76)):
        for number in range(count):
            lang = langs[number % 4] if theme == "offtopic" else everyday.language(desk)
            everyday.side_talk(desk, theme, when("social", lang), lang)
    for _ in range(44):
        lang = dice.weighted(everyday.SHARES)
        everyday.spam(desk, rhythm.moment(dice, "forum", world.COUNTRIES[lang]), lang)
    while len(desk.notes) < POSTS - 156:
        lang = everyday.language(desk)
        note = everyday.short_post(desk, when("social", lang), lang)
        if note.at <= rhythm.until and dice.chance(0.24):
            everyday.conversation(desk, note)
