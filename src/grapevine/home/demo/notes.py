"""A post in the making, and how it becomes a connector's post with its truth."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from grapevine.connectors import base
from grapevine.home.demo import world
from grapevine.home.demo.dice import Dice
from grapevine.home.demo.pen import Said
from grapevine.home.demo.shapes import Author, Mood, StoryPost, Truth

_TAG = re.compile(r"(?<!\w)#(\w+)")
_HANDLE = re.compile(r"(?<!\w)@([\w.]+\w)")
_LINK = re.compile(r"https?://\S+")


@dataclass(eq=False)
class Note:
    """A post in the making. `parent` and `original` are notes, so that ids can be given once all are sorted."""

    source: str
    kind: base.Kind
    author: Author
    at: datetime
    lang: str
    text: str
    theme: str
    mood: Mood
    topic: str
    intents: tuple[str, ...] = ()
    brand: str = ""
    names: tuple[str, ...] = ()
    title: str = ""
    site: str = ""
    parent: Note | None = None
    original: Note | None = None
    copy_of: Note | None = None
    bringer: Note | None = None
    arc: str = ""
    stars: int = 0
    media: tuple[str, ...] = ()
    external_id: str = ""
    heard: int = 0
    answers: list[Note] = field(default_factory=list)
    said: Said | None = None
    rival: str = ""
    settled: bool = False

    @property
    def root(self) -> Note:
        """The first post of the thread."""
        note = self
        while note.parent is not None:
            note = note.parent
        return note


def passed_on(note: Note, author: Author, at: datetime, *, bringer: Note | None = None) -> Note:
    """A repost of `note` by `author`; passing on a repost passes on what it repeats."""
    original = note.original or note
    return Note(
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


def external_id(note: Note, number: int) -> str:
    """An id of the kind the note's source gives."""
    return {
        world.SOCIAL: f"{int(note.at.timestamp())}{number % 10_000:04d}",
        world.SUPPORT: f"{int(note.at.timestamp())}{number % 10_000:04d}",
        world.FORUM: f"post-{41_000 + number}",
        world.REVIEWS: f"r{880_000 + number}",
        world.BLOG: f"{'comment' if note.kind == 'comment' else 'post'}-{2_000 + number}",
        world.NEWS: f"https://{note.site}/{note.at:%Y/%m}/{number}",
    }[note.source]


def as_post(note: Note, dice: Dice) -> StoryPost:
    """The connector's post of a note whose id is given, and its truth."""
    url = (
        note.external_id
        if note.source == world.NEWS
        else {
            world.SOCIAL: f"https://torget.example/@{note.author.handle}/{note.external_id}",
            world.SUPPORT: f"https://torget.example/@{note.author.handle}/{note.external_id}",
            world.FORUM: f"https://forum.koppar.example/t/{note.root.external_id}#{note.external_id}",
            world.REVIEWS: f"https://omdome.example/{note.brand or 'kaffe'}/{note.external_id}",
            world.BLOG: f"https://blogg.hassel.example/{note.root.external_id}#{note.external_id}",
        }[note.source]
    )
    said = note.lang
    if note.source in (world.FORUM, world.REVIEWS):
        said = ""
    elif note.source == world.SOCIAL and dice.chance(0.05):
        said = {"da": "no", "sv": "no", "nl": "de", "en": ""}[note.lang]
    links = tuple(_LINK.findall(note.text))
    post = base.Post(
        external_id=note.external_id,
        kind=note.kind,
        text=note.text,
        title=note.title,
        author=note.author.as_author(),
        url=url,
        lang=said,
        country=note.author.country if note.source != world.FORUM else "",
        published_at=note.at,
        parent_id=note.parent.external_id if note.parent else "",
        thread_id=note.root.external_id,
        repost_of=note.original.external_id if note.kind == "repost" and note.original else "",
        links=links,
        tags=tuple(dict.fromkeys(tag.lower() for tag in _TAG.findall(note.text))),
        mentions=tuple(dict.fromkeys(_HANDLE.findall(re.sub(r"\S+@post\.example", "", note.text)))),
        metrics=_metrics(note, dice),
        media=note.media,
        site=note.site or url.split("/")[2],
    )
    bringer = note.bringer
    truth = Truth(
        lang=note.lang,
        mood=note.mood,
        theme=note.theme,
        topic=note.topic,
        intents=note.intents,
        brand=note.brand,
        names=note.names,
        off_topic=note.theme == "offtopic",
        spam=note.theme == "spam",
        arc=note.arc,
        brought_by=bringer.author.external_id if bringer else "",
        brought_by_post=bringer.external_id if bringer else "",
        copy_of=note.copy_of.external_id if note.copy_of else "",
    )
    return StoryPost(source=note.source, post=post, truth=truth)


def _metrics(note: Note, dice: Dice) -> dict[str, int]:
    if note.source == world.REVIEWS:
        return {"rating": note.stars, "helpful": int(dice.skewed(1.2, 1.0))}
    if note.source == world.FORUM:
        return (
            {"comments": len(note.answers), "views": int(dice.skewed(140, 0.7))}
            if note.parent is None
            else {}
        )
    if note.source == world.BLOG:
        return {"comments": len(note.answers)} if note.kind == "article" else {}
    if note.source == world.NEWS:
        return {"reach": int(dice.skewed(9_000, 0.9))}
    loud = 3.0 if note.arc else 1.0
    views = (
        int(note.author.followers * dice.skewed(0.35, 0.5))
        + int(dice.skewed(25 * loud, 0.8))
        + 40 * note.heard
    )
    likes = int(views * dice.skewed(0.035, 0.6) * (1.4 if note.mood != "neutral" else 0.8))
    return {
        "likes": likes,
        "shares": note.heard + int(likes * 0.06),
        "comments": len(note.answers),
        "views": views,
    }
