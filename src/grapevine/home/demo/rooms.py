"""Places with longer talk: the forum, the support channel, the roaster's blog, the press."""

from __future__ import annotations

from datetime import datetime, timedelta

from grapevine.home.demo import talk, themes, world
from grapevine.home.demo.desk import Desk
from grapevine.home.demo.everyday import scene_of
from grapevine.home.demo.notes import Note
from grapevine.home.demo.shapes import Author, Brand

_FORUM_THEMES = {
    "ask": 9.0,
    "compare": 8.0,
    "late": 4.0,
    "broken": 5.0,
    "stale": 4.0,
    "idea": 4.0,
    "help": 3.0,
    "buying": 4.0,
    "praise_bean": 4.0,
    "recommend": 3.0,
    "pricey": 3.0,
    "chatter": 3.0,
}
_DETAILED = ("compare", "praise_bean", "ask", "buying")
"""Opening posts in which people tell how they brew."""
_SUPPORT_THEMES = {
    "late": 8.0,
    "help": 8.0,
    "app": 5.0,
    "broken": 4.0,
    "stale": 2.0,
    "thanks": 1.5,
    "ask": 3.0,
}


_COMMENTS = {
    "": {"blog_comment": 6.0, "praise_bean": 1.0, "ask": 2.0, "idea": 2.0, "late": 0.7},
    "blog_price": {"pricey": 6.0, "leaving": 1.0, "reply_agree": 1.0, "blog_comment": 1.0},
    "blog_campaign": {"campaign_ask": 1.0, "campaign_invite": 2.0, "reply_agree": 1.0},
    "blog_storm": {"storm_after": 5.0, "storm_angry": 3.0, "storm_ask": 1.0},
}


def _with_grinder(desk: Desk, theme: str, brand: Brand) -> Brand:
    return brand if theme != "broken" or "grinder" in brand.things else world.BY_KEY[world.HASSEL]


def forum_thread(
    desk: Desk, at: datetime, lang: str, *, answers: int, theme: str = "", arc: str = ""
) -> Note:
    """A forum thread: an opening post with a title and details, and answers over hours and days."""
    dice = desk.dice
    theme = theme or dice.weighted(_FORUM_THEMES)
    mood = themes.THEMES[theme].mood
    author = desk.someone(lang, world.FORUM, mood)
    brand = world.BY_KEY[world.HASSEL] if arc else _with_grinder(desk, theme, desk.brand(lang, at))
    dagkop = world.BY_KEY[world.DAGKOP] if arc else None
    opening = desk.say(
        theme, author, at, source=world.FORUM, kind="post", brand=brand, arc=arc, rival=dagkop, dress=False
    )
    heading = f"forum_{'storm' if arc else theme}"
    if not desk.pen.has(lang, heading):
        heading = "forum_any"
    title, names = desk.pen.line(heading, scene_of(desk, opening), about=opening.said)
    opening.title = title
    opening.names = tuple(dict.fromkeys((*opening.names, *names)))
    _enlarge(desk, opening, mood, details=dice.whole(1, 2) if theme in _DETAILED and not arc else 0)
    people: tuple[Author, ...] = (author,)
    last = opening
    for _ in range(answers):
        at = desk.rhythm.awake(dice, at + timedelta(minutes=8 + dice.skewed(190, 1.2)), author.country)
        back = len(people) > 2 and dice.chance(0.2) and last.author is not author
        who = author if back else desk.someone(_neighbour(desk, lang), world.FORUM, but=people[-3:])
        people = (*people, who)
        said = "reply_thanks" if back else talk.reply(theme, dice)
        parent = last if back or dice.chance(0.2) else opening
        you = parent.author if parent.author is not who else None
        last = desk.say(
            said,
            who,
            at,
            source=world.FORUM,
            kind="reply",
            brand=brand,
            rival=world.BY_KEY[opening.rival],
            parent=parent,
            you=you,
            arc=arc,
            about=opening,
        )
    return opening


def _enlarge(desk: Desk, note: Note, mood: str, *, details: int) -> None:
    """Make a forum post longer: a greeting, details, a closing line."""
    scene, lines = scene_of(desk, note), [note.text]
    tone = {"negative": "neg", "positive": "pos"}.get(mood, "neu")
    if desk.dice.chance(0.4):
        lines.insert(0, desk.pen.line(f"opener_{tone}", scene)[0])
    for _ in range(details):
        line, _names = desk.pen.line("detail", scene, about=note.said)
        if line not in note.text:
            lines.append(line)
    if desk.dice.chance(0.45):
        lines.append(desk.pen.line(f"closer_{tone}", scene)[0])
    note.text = " ".join(lines)


def _neighbour(desk: Desk, lang: str) -> str:
    """Danes and Swedes read each other; now and then one answers in the other's thread."""
    if desk.dice.chance(0.05):
        return {"sv": "da", "da": "sv", "nl": "en", "en": "nl"}[lang]
    return lang


def support_thread(desk: Desk, at: datetime, lang: str, *, theme: str = "", arc: str = "") -> Note:
    """A thread of our own support channel: the question, our answers, the end (good or not)."""
    dice = desk.dice
    theme = theme or dice.weighted(_SUPPORT_THEMES)
    brand = world.BY_KEY[world.HASSEL]
    author = desk.someone(lang, world.SUPPORT, themes.THEMES[theme].mood)
    official = desk.accounts[brand.key, lang]
    first = desk.say(theme, author, at, source=world.SUPPORT, kind="post", brand=brand, arc=arc)
    last, mood = first, first.mood
    for turn in range(dice.whole(1, 2)):
        answer = talk.official(theme, dice) if not turn or theme in ("late", "app") else "sorry_any"
        if turn and mood != "negative":
            break
        when = desk.rhythm.at_work(
            dice, last.at + timedelta(minutes=4 + dice.skewed(48, 1.0)), official.country
        )
        last = desk.say(
            answer,
            official,
            when,
            source=world.SUPPORT,
            kind="reply",
            lang=lang,
            brand=brand,
            parent=last,
            you=author,
            arc=arc,
            about=first,
        )
        if first.said is not None and last.said is not None and "agent" in last.said.fills:
            first.said.fills["agent"] = last.said.fills["agent"]
        if dice.chance(0.13) or theme == "thanks":
            break
        said = talk.settled(theme)
        if mood == "negative" and not turn:
            said = dice.weighted({said: 0.35, "cust_still": 0.25, talk.particulars(theme, dice): 0.4})
        elif mood == "negative" and dice.chance(0.25):
            said = "cust_still"
        elif theme.startswith("storm"):
            said = "storm_after"
        when = desk.rhythm.awake(dice, last.at + timedelta(minutes=2 + dice.skewed(60, 1.3)), author.country)
        last = desk.say(
            said,
            author,
            when,
            source=world.SUPPORT,
            kind="reply",
            brand=brand,
            rival=world.BY_KEY[world.DAGKOP],
            parent=last,
            arc=arc,
            about=first,
        )
        if said == talk.settled(theme):
            break
    return first


def blog_post(
    desk: Desk, at: datetime, lang: str, *, comments: int, theme: str = "blog_post", arc: str = ""
) -> Note:
    """A post of the roaster's own blog with its comments and our answers."""
    dice = desk.dice
    brand = world.BY_KEY[world.HASSEL]
    official = desk.accounts[brand.key, lang]
    article = desk.say(
        theme, official, at, source=world.BLOG, kind="article", lang=lang, brand=brand, arc=arc, dress=False
    )
    article.site = "blogg.hassel.example"
    for _ in range(comments):
        at = article.at + timedelta(minutes=20 + dice.skewed(1_500, 1.2))
        who = desk.someone(lang, world.BLOG)
        at = desk.rhythm.awake(dice, at, who.country)
        said = dice.weighted(_COMMENTS.get(theme, _COMMENTS[""]))
        comment = desk.say(
            said,
            who,
            at,
            source=world.BLOG,
            kind="comment",
            brand=brand,
            parent=article,
            arc=arc,
            rival=world.BY_KEY[world.DAGKOP] if arc else None,
        )
        answer = talk.official(said, dice)
        if answer and answer != "brand_thanks" and dice.chance(0.7):
            when = desk.rhythm.at_work(
                dice, at + timedelta(minutes=5 + dice.skewed(120, 0.8)), official.country
            )
            desk.say(
                answer,
                official,
                when,
                source=world.BLOG,
                kind="comment",
                lang=lang,
                brand=brand,
                parent=comment,
                you=who,
                arc=arc,
                about=comment,
            )
    return article


def news(
    desk: Desk, at: datetime, lang: str, *, theme: str = "news_brand", arc: str = "", site: str = ""
) -> Note:
    """An article of a trade paper or food blog."""
    writers = [a for a in desk.authors if a.persona == "journalist" and a.lang == lang]
    writers = writers or [a for a in desk.authors if a.persona == "journalist"]
    ours = arc or theme.startswith("press")
    brand = world.BY_KEY[world.HASSEL] if ours or desk.dice.chance(0.7) else desk.brand(lang, at)
    note = desk.say(
        theme,
        desk.dice.pick(writers),
        at,
        source=world.NEWS,
        kind="article",
        lang=lang,
        brand=brand,
        arc=arc,
        dress=False,
    )
    note.site = site or desk.dice.pick(world.NEWS_SITES[lang])
    return note
