"""The demo goes on: one more believable post every half minute or so, for as long as somebody watches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from grapevine.home.demo import everyday, talk, themes, world
from grapevine.home.demo.desk import Desk
from grapevine.home.demo.dice import Dice
from grapevine.home.demo.notes import Note, as_post, passed_on
from grapevine.home.demo.rhythm import DAYS, Rhythm
from grapevine.home.demo.shapes import Story, StoryPost

GAP = (20.0, 40.0)
"""Seconds between two posts."""
_REMEMBERED = 40


def live(story: Story, now: datetime) -> Iterator[StoryPost]:
    """Further posts of `story` from `now` on, without end, each 20 to 40 seconds after the one before.

    The same story and `now` give the same posts. Ids hold the time, so that going on after a restart (with a later
    `now`) repeats none. Answers and reposts refer to the last posts of the story and of this trickle. Raises ValueError
    when `now` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now must be an aware datetime")
    at = now.astimezone(UTC).replace(microsecond=0)
    rhythm = Rhythm(at + timedelta(days=36_500))
    rhythm.start = story.until - timedelta(days=DAYS)
    desk = Desk(Dice.of(story.seed, int(at.timestamp())), story.authors, story.follows, rhythm)
    recent = _last_posts(story)
    while True:
        at += timedelta(seconds=int(desk.dice.between(*GAP)))
        note = _next(desk, recent, at)
        note.external_id = f"live-{int(at.timestamp())}-{desk.dice.whole(100, 999)}"
        if note.source == world.SOCIAL and note.kind == "post" and note.brand and note.theme != "spam":
            recent = [*recent[1 - _REMEMBERED :], note]
        desk.notes.clear()
        yield as_post(note, desk.dice)


def _last_posts(story: Story) -> list[Note]:
    """The story's last short posts about a brand, as notes that can be answered."""
    by_id = {author.external_id: author for author in story.authors}
    answered = {
        one.post.parent_id
        for one in story.posts[-600:]
        if one.post.author and one.post.author.external_id[:2] == "b-"
    }
    found = []
    for one in story.posts[-400:]:
        post, truth = one.post, one.truth
        if (
            one.source != world.SOCIAL
            or post.kind != "post"
            or not truth.brand
            or truth.spam
            or post.author is None
        ):
            continue
        note = Note(
            source=one.source,
            kind=post.kind,
            author=by_id[post.author.external_id],
            at=post.published_at,
            lang=truth.lang,
            text=post.text,
            theme=truth.theme,
            mood=truth.mood,
            topic=truth.topic,
            intents=truth.intents,
            brand=truth.brand,
            names=truth.names,
            external_id=post.external_id,
            rival=next(brand.key for brand in story.brands if brand.key != truth.brand),
            settled=post.external_id in answered,
        )
        found.append(note)
    return found[-_REMEMBERED:]


def _next(desk: Desk, recent: list[Note], at: datetime) -> Note:
    dice = desk.dice
    lang = dice.weighted(everyday.SHARES)
    kind = dice.weighted(
        {
            "post": 52,
            "reply": 18 if recent else 0,
            "repost": 5 if recent else 0,
            "review": 10,
            "support": 8,
            "off": 3,
            "chat": 4,
            "spam": 1,
        }
    )
    if kind == "reply":
        return _reply(desk, dice.pick(recent), at)
    if kind == "repost":
        note = dice.pick(recent)
        who = desk.listener(note.author, world.SOCIAL, at) or desk.someone(
            note.lang, world.SOCIAL, but=(note.author,)
        )
        return passed_on(note, who, at, bringer=note)
    if kind == "review":
        note = everyday.review(desk, at, lang)
    elif kind == "support":
        theme = dice.weighted({"late": 5.0, "help": 5.0, "app": 3.0, "broken": 3.0, "ask": 2.0})
        author = desk.someone(lang, world.SUPPORT, themes.THEMES[theme].mood)
        note = desk.say(
            theme, author, at, source=world.SUPPORT, kind="post", brand=world.BY_KEY[world.HASSEL]
        )
    elif kind == "spam":
        note = everyday.spam(desk, at, lang)
    elif kind in ("off", "chat"):
        note = everyday.side_talk(desk, {"off": "offtopic", "chat": "chatter"}[kind], at, lang)
    else:
        note = everyday.short_post(desk, at, lang)
    note.at = at
    return note


def _reply(desk: Desk, note: Note, at: datetime) -> Note:
    """An answer to a recent post: by the brand, once, or by somebody who follows its author."""
    dice, brand = desk.dice, world.BY_KEY[note.brand]
    official = talk.official(note.theme, dice)
    if official and not note.settled and note.said is not None and dice.chance(0.4):
        who, theme = desk.accounts[brand.key, note.lang], official
        note.settled = True
    else:
        listener = desk.listener(note.author, note.source, at, but=(note.author,))
        if listener is None or listener.lang != note.lang:
            listener = desk.someone(note.lang, note.source, but=(note.author,))
        who, theme = listener, talk.reply(note.theme, dice)
    return desk.say(
        theme,
        who,
        at,
        source=note.source,
        kind="reply",
        lang=note.lang,
        brand=brand,
        rival=world.BY_KEY[note.rival],
        parent=note,
        you=note.author,
        about=note,
    )
