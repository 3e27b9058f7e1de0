"""Ordinary days: short posts with the answers they get, and reviews."""

from __future__ import annotations

from datetime import datetime, timedelta

from grapevine.home.demo import talk, themes, world
from grapevine.home.demo.desk import Desk
from grapevine.home.demo.notes import Note
from grapevine.home.demo.pen import Scene, rival_of
from grapevine.home.demo.shapes import Author, Brand

SHARES = {"sv": 0.40, "da": 0.25, "nl": 0.20, "en": 0.15}


def language(desk: Desk) -> str:
    """A language by the demo's shares, leaning to what is behind."""
    told = desk.told
    total = sum(told.values())
    return desk.dice.weighted(
        {lang: share * max(0.15, 1 + 8 * (share - told[lang] / total)) for lang, share in SHARES.items()}
    )


def mood_weights(day: float) -> dict[str, float]:
    """What people talk about on a day: a price rise (20), a bad courier (8), a broken app (70) show."""
    weights = {**themes.NEGATIVE, **themes.POSITIVE, **themes.NEUTRAL}
    if 8 <= day < 15:
        weights["late"] *= 2.4
    if 20 <= day < 28:
        weights["pricey"] *= 4
        weights["leaving"] *= 1.5
    if 69 <= day < 75:
        weights["app"] *= 4
    if day >= 60:
        weights["leaving"] *= 1.6
    return weights


def short_post(desk: Desk, at: datetime, lang: str) -> Note:
    """One short post about a brand."""
    theme = desk.dice.weighted(mood_weights(desk.rhythm.day_of(at)))
    mood = themes.THEMES[theme].mood
    author = desk.someone(lang, world.SOCIAL, mood)
    note = desk.say(
        theme,
        author,
        desk.rhythm.awake(desk.dice, at, author.country),
        source=world.SOCIAL,
        kind="post",
        brand=_for(desk, theme, lang, at),
    )
    if desk.dice.chance(0.11):
        note.media = ("image",)
    return note


def _for(desk: Desk, theme: str, lang: str, at: datetime) -> Brand:
    brand = desk.brand(lang, at)
    if theme in ("broken", "praise_gear") and "grinder" not in brand.things:
        return world.BY_KEY[world.HASSEL]
    return brand


def side_talk(desk: Desk, theme: str, at: datetime, lang: str) -> Note:
    """A post that is not about any brand: everyday coffee, or hazel the bush."""
    author = desk.someone(lang, world.SOCIAL)
    return desk.say(
        theme, author, desk.rhythm.awake(desk.dice, at, author.country), source=world.SOCIAL, kind="post"
    )


def spam(desk: Desk, at: datetime, lang: str) -> Note:
    """Spam, often in the night and from few accounts."""
    spammers = [a for a in desk.authors if a.persona == "spammer"]
    mine = [a for a in spammers if a.lang == lang] or spammers
    return desk.say("spam", desk.dice.pick(mine), at, source=world.SOCIAL, kind="post", lang=lang)


def conversation(desk: Desk, note: Note, *, most: int = 3) -> None:
    """Answers to a short post, by people who follow its author where there are such."""
    dice, at = desk.dice, note.at
    seen: tuple[Author, ...] = (note.author,)
    brand = world.BY_KEY[note.brand]
    if dice.chance(_KEEN[brand.key]):
        _official(desk, note)
    for _ in range(dice.whole(1, most)):
        at = desk.rhythm.awake(dice, at + timedelta(minutes=3 + dice.skewed(38, 1.1)), note.author.country)
        who = desk.listener(note.author, note.source, note.at, but=seen) if dice.chance(0.75) else None
        if who is None or who.lang not in (note.lang, *(("da",) if note.lang == "sv" else ())):
            who = desk.someone(note.lang, note.source, but=seen)
        seen = (*seen, who)
        desk.say(
            talk.reply(note.theme, dice),
            who,
            at,
            source=note.source,
            kind="reply",
            brand=brand,
            rival=world.BY_KEY[note.rival],
            parent=note,
            you=note.author if dice.chance(0.8) else None,
            about=note,
        )


_KEEN = {world.HASSEL: 0.5, world.KOBBE: 0.2, world.DAGKOP: 0.3}
"""How often a brand answers what is said to it."""


def _official(desk: Desk, note: Note) -> None:
    """The brand's own answer, and now and then a thank-you for it."""
    dice, brand = desk.dice, world.BY_KEY[note.brand]
    theme = talk.official(note.theme, dice)
    if not theme:
        return
    account = desk.accounts[brand.key, note.lang]
    when = desk.rhythm.at_work(dice, note.at + timedelta(minutes=2 + dice.skewed(55, 0.9)), account.country)
    answer = desk.say(
        theme,
        account,
        when,
        source=note.source,
        kind="reply",
        lang=note.lang,
        brand=brand,
        parent=note,
        you=note.author,
        about=note,
    )
    if theme not in ("brand_thanks", "brand_idea", "sorry_leaving") and dice.chance(0.35):
        later = desk.rhythm.awake(dice, when + timedelta(minutes=5 + dice.skewed(90, 1)), note.author.country)
        desk.say(
            talk.settled(note.theme),
            note.author,
            later,
            source=note.source,
            kind="reply",
            brand=brand,
            parent=answer,
        )


def review(desk: Desk, at: datetime, lang: str, *, storm: bool = False) -> Note:
    """A review with stars, a title and two or three things said."""
    dice = desk.dice
    stars = 1 if storm else dice.weighted({1: 0.14, 2: 0.09, 3: 0.14, 4: 0.24, 5: 0.39})
    mood = "negative" if stars <= 2 else "positive" if stars >= 4 else "mixed"
    author = desk.someone(lang, world.REVIEWS, mood)
    brand = world.BY_KEY[world.HASSEL] if storm else desk.brand(lang, at)
    good = [theme for theme in themes.POSITIVE if theme != "praise_gear" or "grinder" in brand.things]
    bad = [theme for theme in themes.NEGATIVE if theme != "broken" or "grinder" in brand.things]
    first = "storm_angry" if storm else dice.pick(bad if mood == "negative" else good)
    note = desk.say(first, author, at, source=world.REVIEWS, kind="review", brand=brand)
    note.stars = stars
    extra = {"negative": bad, "positive": good, "mixed": bad}[mood]
    if not storm and (mood == "mixed" or dice.chance(0.45)):
        add(
            desk,
            note,
            dice.pick([theme for theme in extra if theme != first]),
            joint=_BUT[lang] if mood == "mixed" else "",
        )
    if mood == "mixed":
        note.mood = "neutral"
    title, names = desk.pen.line(f"title_{'mix' if mood == 'mixed' else mood[:3]}", scene_of(desk, note))
    note.title = title
    note.names = tuple(dict.fromkeys((*note.names, *names)))
    return note


_BUT = {"sv": "Men:", "da": "Men:", "nl": "Maar:", "en": "But:"}


def add(desk: Desk, note: Note, theme: str, *, joint: str = "") -> None:
    """Let a note say a second thing."""
    said = desk.pen.write(theme, scene_of(desk, note))
    note.text = " ".join(part for part in (note.text, joint, said.text) if part)
    note.names = tuple(dict.fromkeys((*note.names, *said.names)))
    note.intents = tuple(dict.fromkeys((*note.intents, *said.intents)))


def scene_of(desk: Desk, note: Note) -> Scene:
    """The scene in which a note was written."""
    brand = world.BY_KEY[note.brand or world.HASSEL]
    return Scene(
        lang=note.lang,
        author=note.author,
        brand=brand,
        rival=world.BY_KEY[note.rival] if note.rival else rival_of(desk.dice, brand, note.lang),
        month=note.at.month,
    )
