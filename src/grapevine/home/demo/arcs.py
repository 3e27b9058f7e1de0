"""The two things that spread: a storm about capsules, and a campaign from neighbour to neighbour.

Both run as cascades over the follow network: whoever takes part was brought by somebody they follow who took part
before. A few begin on their own; everything else in print, forum and support comes from outside the cascade.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from grapevine.home.demo import rooms, world
from grapevine.home.demo.desk import Desk, Note
from grapevine.home.demo.dice import Dice
from grapevine.home.demo.everyday import review
from grapevine.home.demo.shapes import Author

STORM_DAY, CAMPAIGN_DAY = 60.0, 29.0


@dataclass(frozen=True)
class Adoption:
    """Somebody took part at `hour` (since the beginning), brought by `by` (empty: on their own)."""

    author: str
    hour: float
    by: str
    depth: int


def cascade(
    desk: Desk,
    dice: Dice,
    seeds: list[tuple[float, str]],
    *,
    chance: float,
    delay: float,
    fade: float,
    last: float,
) -> list[Adoption]:
    """An independent cascade in continuous time: each follower is persuaded with `chance`, less as talk fades.

    `delay` is the median number of hours until a follower takes part, `fade` the hours after which interest has
    fallen to a third, `last` the hour when it ends. Sorted by hour.
    """
    queue = [(hour, author, "", 0) for hour, author in seeds]
    heapq.heapify(queue)
    found: dict[str, Adoption] = {}
    while queue:
        hour, author, by, depth = heapq.heappop(queue)
        if author in found or hour > last:
            continue
        found[author] = Adoption(author, hour, by, depth)
        for follower in desk.followers[author]:
            one = desk.by_id[follower]
            if follower in found or one.persona in ("brand", "spammer") or world.SOCIAL not in one.sources:
                continue
            keen = {"critic": 1.6, "fan": 1.1, "employee": 0.15, "supplier": 0.15, "journalist": 0.5}.get(
                one.persona, 1.0
            )
            if dice.chance(chance * keen * math.exp(-hour / fade)):
                heapq.heappush(queue, (hour + 0.15 + dice.skewed(delay, 1.0), follower, author, depth + 1))
    return sorted(found.values(), key=lambda adoption: (adoption.hour, adoption.author))


def grown(
    desk: Desk,
    seeds: list[tuple[float, str]],
    *,
    low: int,
    high: int,
    start: float,
    delay: float,
    fade: float,
    last: float,
) -> list[Adoption]:
    """A cascade of a size from `low` to `high`: the chance is turned up or down until it fits."""
    chance, best = start, []
    for attempt in range(24):
        best = cascade(
            desk, Dice.of(attempt, low, high), seeds, chance=chance, delay=delay, fade=fade, last=last
        )
        if low <= len(best) <= high:
            return best
        chance = min(0.9, chance * (1.13 if len(best) < low else 0.9))
    return best


def _first(desk: Desk, lang: str, personas: tuple[str, ...], *, nth: int = 0) -> Author:
    """A person to begin with: the `nth` most followed of a kind and language on the short-post platform."""
    able = [a for a in desk.authors if a.lang == lang and a.persona in personas and world.SOCIAL in a.sources]
    able.sort(key=lambda a: (-len(desk.followers[a.external_id]), a.external_id))
    return able[min(nth, len(able) - 1)]


def _tell(
    desk: Desk,
    adoptions: list[Adoption],
    begin: datetime,
    arc: str,
    kinds: dict[str, float],
    first: str,
    notes: dict[str, Note],
) -> None:
    """Write what those who took part posted: the seeds `first`, the others passed on, quoted or wrote themselves."""
    dice = desk.dice
    hassel, dagkop = world.BY_KEY[world.HASSEL], world.BY_KEY[world.DAGKOP]
    for adoption in adoptions:
        author, by = desk.by_id[adoption.author], notes.get(adoption.by)
        at = desk.rhythm.awake(dice, begin + timedelta(hours=adoption.hour), author.country)
        if by is not None:
            at = max(at, by.at + timedelta(minutes=dice.whole(2, 9)))
        if at > desk.rhythm.until:
            continue
        theme = first if by is None else dice.weighted(kinds)
        if theme == "storm_spark" and author.persona == "barista":
            theme = "storm_insider"
        if by is not None and theme == "repost":
            notes[adoption.author] = repost(desk, by, author, at, bringer=by)
            continue
        via = by.author if by is not None else None
        note = desk.say(
            theme, author, at, source=world.SOCIAL, kind="post", brand=hassel, rival=dagkop, via=via, arc=arc
        )
        note.bringer = by
        if first == "storm_spark" and theme in ("storm_spark", "storm_angry") and dice.chance(0.5):
            note.media = ("image",)
        notes[adoption.author] = note


def repost(desk: Desk, note: Note, author: Author, at: datetime, *, bringer: Note | None = None) -> Note:
    """`author` passes a post on as it is; passing on a repost passes on what it repeats."""
    original = note.original or note
    return desk.keep(
        Note(
            source=original.source,
            kind="repost",
            author=author,
            at=at,
            lang=original.lang,
            text=original.text,
            theme=original.theme,
            mood=original.mood,
            topic=original.topic,
            intents=original.intents,
            brand=original.brand,
            names=original.names,
            original=original,
            bringer=bringer,
            arc=original.arc,
            media=original.media,
        )
    )


def storm(desk: Desk) -> None:
    """Capsules that do not compost: from one garden to four countries in three days, answered late, then well."""
    dice, hassel = desk.dice, world.BY_KEY[world.HASSEL]
    begin = desk.rhythm.start + timedelta(days=STORM_DAY)
    begin = begin.replace(hour=17, minute=12, second=0, microsecond=0)
    seeds = [
        (0.0, _first(desk, "sv", ("critic",)).external_id),
        (15.0, _first(desk, "sv", ("barista",), nth=1).external_id),
        (27.0, _first(desk, "da", ("barista",)).external_id),
        (33.0, _first(desk, "nl", ("critic", "fan")).external_id),
        (38.0, _first(desk, "en", ("critic", "fan")).external_id),
    ]
    kinds = {
        "repost": 30.0,
        "storm_quote": 24.0,
        "storm_angry": 24.0,
        "storm_joke": 11.0,
        "storm_defend": 5.0,
        "storm_ask": 6.0,
    }
    notes: dict[str, Note] = {}
    adoptions = grown(desk, seeds, low=150, high=190, start=0.22, delay=3.2, fade=60, last=150)
    _tell(desk, adoptions, begin, "storm", kinds, "storm_spark", notes)
    sparks = [notes[author] for _, author in seeds if author in notes]
    for spark in sparks:
        for _ in range(dice.whole(3, 6)):
            who = desk.someone(spark.lang, world.SOCIAL, but=(spark.author,))
            at = desk.rhythm.awake(dice, spark.at + timedelta(minutes=dice.skewed(200, 1.2)), who.country)
            theme = dice.weighted(
                {"storm_angry": 3.0, "storm_joke": 2.0, "storm_defend": 2.0, "storm_ask": 1.0}
            )
            desk.say(
                theme,
                who,
                at,
                source=world.SOCIAL,
                kind="reply",
                brand=hassel,
                rival=world.BY_KEY[world.DAGKOP],
                parent=spark,
                you=spark.author,
                arc="storm",
            )
    _answers(desk, begin, sparks)
    for lang, hour in (
        ("sv", 16.0),
        ("da", 38.0),
        ("nl", 42.0),
        ("en", 47.0),
        ("sv", 64.0),
        ("da", 66.0),
        ("nl", 68.0),
        ("sv", 90.0),
    ):
        rooms.news(
            desk,
            begin + timedelta(hours=hour),
            lang,
            theme="news_storm" if hour < 62 else "news_storm_after",
            arc="storm",
        )
    for lang, hour, answers in (("sv", 3.0, 9), ("da", 30.0, 6), ("nl", 40.0, 5)):
        rooms.forum_thread(
            desk, begin + timedelta(hours=hour), lang, answers=answers, theme="storm_ask", arc="storm"
        )
    for lang, hour in (
        ("sv", 20.0),
        ("sv", 31.0),
        ("da", 40.0),
        ("nl", 49.0),
        ("en", 52.0),
        ("sv", 70.0),
        ("da", 75.0),
    ):
        rooms.support_thread(desk, begin + timedelta(hours=hour), lang, theme="storm_ask", arc="storm")
    for lang, hour in (
        ("sv", 14.0),
        ("sv", 22.0),
        ("sv", 43.0),
        ("da", 45.0),
        ("nl", 51.0),
        ("nl", 60.0),
        ("en", 62.0),
    ):
        note = review(desk, begin + timedelta(hours=hour + dice.between(0, 3)), lang, storm=True)
        note.arc = "storm"
    for lang, comments in (("sv", 12), ("da", 6), ("nl", 5), ("en", 4)):
        rooms.blog_post(
            desk, begin + timedelta(hours=62), lang, comments=comments, theme="blog_storm", arc="storm"
        )


def _answers(desk: Desk, begin: datetime, sparks: list[Note]) -> None:
    """Our answers: a stiff one after 21 hours, a good one after 62, an account of it a week later; then the echo."""
    dice, hassel = desk.dice, world.BY_KEY[world.HASSEL]
    for lang in ("sv", "da", "nl", "en"):
        official = desk.accounts[hassel.key, lang]
        spark = next((note for note in sparks if note.lang == lang), None)
        for number, hour in enumerate((21.0 if lang == "sv" else 40.0, 62.0, 190.0)):
            desk.say(
                f"storm_answer{number + 1}",
                official,
                begin + timedelta(hours=hour, minutes=dice.whole(0, 40)),
                source=world.SOCIAL,
                kind="reply" if number == 0 and spark else "post",
                brand=hassel,
                parent=spark if number == 0 else None,
                arc="storm",
                dress=False,
            )
    for number in range(46):
        lang = dice.weighted({"sv": 46.0, "da": 24.0, "nl": 17.0, "en": 13.0})
        who = desk.someone(lang, world.SOCIAL)
        at = desk.rhythm.awake(dice, begin + timedelta(hours=62.5 + dice.skewed(36, 1.0)), who.country)
        theme = "storm_after" if number % 6 else "storm_joke"
        desk.say(
            theme,
            who,
            at,
            source=world.SOCIAL,
            kind="post",
            brand=hassel,
            rival=world.BY_KEY[world.DAGKOP],
            arc="storm",
        )


def campaign(desk: Desk) -> None:
    """Bring a neighbour: begun by our accounts and a few regulars, slow, from person to person, for three weeks."""
    dice, hassel = desk.dice, world.BY_KEY[world.HASSEL]
    begin = desk.rhythm.start + timedelta(days=CAMPAIGN_DAY)
    begin = begin.replace(hour=7, minute=30, second=0, microsecond=0)
    notes: dict[str, Note] = {}
    seeds = []
    for lang in ("sv", "da", "nl", "en"):
        official = desk.accounts[hassel.key, lang]
        desk.say(
            "campaign_start",
            official,
            begin,
            source=world.SOCIAL,
            kind="post",
            brand=hassel,
            arc="campaign",
            dress=False,
        )
        for nth in range(4 if lang == "sv" else 2):
            hour = dice.between(3, 70)
            seeds.append((hour, _first(desk, lang, ("fan", "passer-by"), nth=25 + 9 * nth).external_id))
    kinds = {
        "campaign_went": 46.0,
        "campaign_invite": 28.0,
        "campaign_quote": 15.0,
        "campaign_ask": 6.0,
        "repost": 9.0,
    }
    adoptions = grown(desk, seeds, low=110, high=140, start=0.16, delay=52, fade=330, last=24 * 21)
    _tell(desk, adoptions, begin, "campaign", kinds, "campaign_invite", notes)
    for note in list(notes.values()):
        if note.theme == "campaign_ask" and note.kind == "post" and note.at < desk.rhythm.until:
            official = desk.accounts[hassel.key, note.lang]
            when = desk.rhythm.at_work(dice, note.at + timedelta(minutes=50), official.country)
            desk.say(
                "brand_thanks",
                official,
                when,
                source=world.SOCIAL,
                kind="reply",
                lang=note.lang,
                brand=hassel,
                parent=note,
                you=note.author,
                arc="campaign",
            )
    for lang, day in (("sv", 9), ("da", 12), ("nl", 14), ("en", 15)):
        rooms.news(desk, begin + timedelta(days=day, hours=3), lang, theme="news_campaign", arc="campaign")
