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
    dice = desk.dice
    _places(desk)
    for _ in range(290):
        lang = everyday.language(desk)
        everyday.review(desk, _when(desk, "reviews", lang), lang)
    for number in range(104):
        lang = list(everyday.SHARES)[number % 4]
        everyday.side_talk(desk, "offtopic", _when(desk, "social", lang), lang)
    for _ in range(76):
        lang = everyday.language(desk)
        everyday.side_talk(desk, "chatter", _when(desk, "social", lang), lang)
    for _ in range(44):
        lang = dice.weighted(everyday.SHARES)
        everyday.spam(desk, _when(desk, "forum", lang), lang)
    while len(desk.notes) < POSTS - 156:
        lang = everyday.language(desk)
        note = everyday.short_post(desk, _when(desk, "social", lang), lang)
        if note.at <= desk.rhythm.until and dice.chance(0.24):
            everyday.conversation(desk, note)


def _places(desk: Desk) -> None:
    """Blog, press, forum and support."""
    dice = desk.dice
    for lang, count in {"sv": 6, "da": 3, "nl": 2, "en": 2}.items():
        for number in range(count):
            day = 2 + (DAYS - 4) * (number + 0.5) / count
            at = _when(desk, "office", lang, low=day - 1.8, high=day + 1.8)
            rooms.blog_post(desk, at, lang, comments=dice.whole(5, 15))
    rooms.blog_post(
        desk, _when(desk, "office", "sv", low=19.4, high=20.4), "sv", comments=14, theme="blog_price"
    )
    # What was said below the latest of them still waits for an answer.
    for lang, low, comments in (("sv", 87.8, 12), ("da", 88.4, 10)):
        rooms.blog_post(desk, _when(desk, "office", lang, low=low, high=low + 0.6), lang, comments=comments)
    for _ in range(62):
        lang = dice.weighted({"sv": 26.0, "da": 15.0, "nl": 12.0, "en": 9.0})
        rooms.news(desk, _when(desk, "office", lang), lang)
    for _ in range(66):
        lang = dice.weighted(everyday.SHARES)
        rooms.forum_thread(desk, _when(desk, "forum", lang), lang, answers=dice.whole(2, 9))
    for _ in range(104):
        lang = dice.weighted(everyday.SHARES)
        rooms.support_thread(desk, _when(desk, "support", lang), lang)


def _when(desk: Desk, profile: str, lang: str, *, low: float = 0.2, high: float = DAYS) -> datetime:
    return desk.rhythm.moment(desk.dice, profile, world.COUNTRIES[lang], low=low, high=high)
