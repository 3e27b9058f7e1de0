"""The two things that spread: a storm about capsules, and a campaign from neighbour to neighbour.

Both run as cascades over the follow network: whoever takes part was brought by somebody they follow who took part
before. A few begin on their own; everything else in print, forum and support comes from outside the cascade.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from grapevine.home.demo import rooms, world
from grapevine.home.demo.cascade import Adoption, grown, repost
from grapevine.home.demo.desk import Desk
from grapevine.home.demo.everyday import review
from grapevine.home.demo.notes import Note
from grapevine.home.demo.shapes import Author

STORM_DAY, CAMPAIGN_DAY = 60.0, 29.0


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
    for lang in ("sv", "da", "nl", "en"):
        rooms.blog_post(
            desk, begin + timedelta(hours=1), lang, comments=3, theme="blog_campaign", arc="campaign"
        )
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
                "answer_campaign_ask",
                official,
                when,
                source=world.SOCIAL,
                kind="reply",
                lang=note.lang,
                brand=hassel,
                parent=note,
                you=note.author,
                arc="campaign",
                about=note,
            )
    for lang, day in (("sv", 9), ("da", 12), ("nl", 14), ("en", 15)):
        rooms.news(desk, begin + timedelta(days=day, hours=3), lang, theme="news_campaign", arc="campaign")
