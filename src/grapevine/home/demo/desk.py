"""Where posts are put together: drafts while the story is told, connector posts at the end."""

from __future__ import annotations

from datetime import datetime

from grapevine.connectors import base
from grapevine.home.demo import material, themes, world
from grapevine.home.demo.cast import brand_accounts
from grapevine.home.demo.dice import Dice
from grapevine.home.demo.notes import Note, as_post, external_id
from grapevine.home.demo.pen import Pen, Said, Scene, rival_of
from grapevine.home.demo.rhythm import Rhythm
from grapevine.home.demo.shapes import Author, Brand, Follow, StoryPost
from grapevine.home.demo.voices import speak

_EMOJI = {
    "negative": ("😤", "🙄", "😡", "😩", "🤦", "💔", "😒", "👎", "🤷"),
    "positive": ("☕", "😍", "❤️", "🥰", "🙌", "👏", "✨", "😊", "☕️🫶"),
    "neutral": ("☕", "🤔", "🙂", "👀", "🙏", "😅"),
}


class Desk:
    """What all scenes share: pen, people, ties, calendar, and the notes so far."""

    def __init__(
        self, dice: Dice, authors: tuple[Author, ...], follows: tuple[Follow, ...], rhythm: Rhythm
    ) -> None:
        self.dice, self.rhythm, self.authors = dice, rhythm, authors
        self.pen = Pen(dice)
        self.notes: list[Note] = []
        self.told = {"sv": 1, "da": 1, "nl": 1, "en": 1}
        self.by_id = {author.external_id: author for author in authors}
        self.followers: dict[str, list[str]] = {author.external_id: [] for author in authors}
        self._since = {(tie.follower, tie.followed): tie.since for tie in follows}
        for tie in follows:
            self.followers[tie.followed].append(tie.follower)
        handles = {account.handle: account for account in brand_accounts()}
        self.accounts = {
            (brand.key, lang): handles[handle]
            for brand in world.BRANDS
            for lang, handle in brand.handles.items()
        }
        self._silent = [a for a in authors if a.persona not in ("brand", "spammer", "journalist")]
        self._pools: dict[tuple[str, str, str], dict[str, float]] = {}
        self._quiet: set[str] = {author.external_id for author in self._silent}

    def someone(self, lang: str, source: str, mood: str = "", *, but: tuple[Author, ...] = ()) -> Author:
        """Who writes next in this place and mood: by how much they write, the unheard a little sooner."""
        pool = self._pools.get((lang, source, mood))
        if pool is None:
            lean = {
                "negative": {"critic": 3.0, "fan": 0.4, "employee": 0.03},
                "positive": {"fan": 2.0, "critic": 0.4},
            }
            pool = {
                a.external_id: a.activity * lean.get(mood, {}).get(a.persona, 1.0)
                for a in self._silent
                if a.lang == lang and source in a.sources
            }
            self._pools[lang, source, mood] = pool
        for _ in range(30):
            if self.dice.chance(0.16):
                unheard = [key for key in pool if key in self._quiet]
                key = self.dice.pick(unheard) if unheard else self.dice.weighted(pool)
            else:
                key = self.dice.weighted(pool)
            if all(key != author.external_id for author in but):
                break
        return self.by_id[key]

    def listener(
        self, author: Author, source: str, at: datetime, *, but: tuple[Author, ...] = ()
    ) -> Author | None:
        """Somebody who follows `author` at that time and writes in `source`, if there is one."""
        near = [
            self.by_id[key]
            for key in self.followers[author.external_id]
            if self._since[key, author.external_id] < at
            and source in self.by_id[key].sources
            and self.by_id[key].persona not in ("brand", "spammer", "journalist")
        ]
        near = [one for one in near if all(one is not other for other in but)]
        return self.dice.pick(near) if near else None

    def brand(self, lang: str, at: datetime) -> Brand:
        """Which brand the talk is about; the cheap one gains over the three months."""
        shares = {
            "sv": (62, 27, 9),
            "da": (53, 11, 31),
            "nl": (52, 6, 37),
            "en": (66, 20, 12),
        }[lang]
        gain = 1 + 0.5 * min(1.0, self.rhythm.day_of(at) / 90)
        return world.BY_KEY[
            self.dice.weighted(
                {world.HASSEL: shares[0], world.KOBBE: shares[1], world.DAGKOP: shares[2] * gain}
            )
        ]

    def say(
        self,
        theme: str,
        author: Author,
        at: datetime,
        *,
        source: str,
        kind: base.Kind,
        lang: str = "",
        brand: Brand | None = None,
        rival: Brand | None = None,
        parent: Note | None = None,
        you: Author | None = None,
        via: Author | None = None,
        arc: str = "",
        dress: bool = True,
        about: Note | None = None,
    ) -> Note:
        """Write one note and keep it.

        `dress` adds what people add: openers, closers, emoji, hashtags. `about` is the note that this one speaks of.
        """
        lang = lang or author.lang
        brand = brand or self.brand(lang, at)
        rival = rival or rival_of(self.dice, brand, lang)
        scene = Scene(
            lang=lang,
            author=author,
            brand=brand,
            rival=rival,
            month=at.month,
            you=self._address(you, source),
            via=self._address(via, source),
            at_handles=source in (world.SOCIAL, world.SUPPORT),
        )
        said = self.pen.write(
            theme, scene, about=about.said if about is not None and about.lang == lang else None
        )
        text, names = self._dressed(theme, said, scene, source) if dress else (said.text, said.names)
        careful = author.persona in ("brand", "journalist") or theme == "offtopic"
        text = speak(text, author, self.dice, lang=lang, careful=careful)
        if source == world.SUPPORT and author.persona != "brand":
            handle = f"@{brand.handles[lang]}"
            if handle not in text and parent is None:
                text, names = f"{handle} {text}", (*names, brand.key)
        if source in (world.SOCIAL, world.SUPPORT) and you is not None and f"@{you.handle}" not in text:
            text = f"@{you.handle} {text}"
        note = Note(
            source=source,
            kind=kind,
            author=author,
            at=at,
            lang=lang,
            text=text,
            theme=theme,
            mood=said.mood,
            topic=said.topic,
            intents=said.intents,
            brand="" if theme in ("offtopic", "chatter") else brand.key,
            names=tuple(dict.fromkeys(names)),
            title=said.title,
            parent=parent,
            arc=arc,
            said=said,
            rival=rival.key,
        )
        return self.keep(note)

    def keep(self, note: Note) -> Note:
        """Put a note to the story, unless it would come after the end."""
        note.at = note.at.replace(microsecond=0)
        if note.at <= self.rhythm.until:
            self.notes.append(note)
            self.told[note.lang] += 1
            if note.parent is not None:
                note.parent.answers.append(note)
            self._quiet.discard(note.author.external_id)
        return note

    def _address(self, author: Author | None, source: str) -> str:
        if author is None:
            return ""
        return f"@{author.handle}" if source in (world.SOCIAL, world.SUPPORT) else author.name.split()[0]

    def _dressed(self, theme: str, said: Said, scene: Scene, source: str) -> tuple[str, tuple[str, ...]]:
        """The text with an opener, a closer, an emoji or a hashtag, as the place and the person have it."""
        dice, text, names = self.dice, said.text, said.names
        tone = {"negative": "neg", "positive": "pos"}.get(said.mood, "neu")
        main = (
            theme in themes.NEGATIVE or theme in themes.POSITIVE or theme in ("ask", "help", "idea", "buying")
        )
        if main:
            if dice.chance(0.17):
                opener, _ = self.pen.line(f"opener_{tone}", scene)
                text = f"{opener} {text}"
            if dice.chance(0.26):
                closer, _ = self.pen.line(f"closer_{tone}", scene)
                text = f"{text} {closer}"
        if source != world.SOCIAL:
            return text, names
        if main and not names:
            if dice.chance(0.75):
                word = f"#{scene.brand.handles['sv'] if dice.chance(0.5) else scene.brand.key}"
                text, names = f"{text} {word}", (scene.brand.key,)
        elif main and dice.chance(0.09):
            text = f"{text} #{dice.pick(material.of(scene.lang).names['word'])}"
        if dice.chance(scene.author.emoji):
            text = f"{text} {dice.pick(_EMOJI[said.mood])}"
        return text, names

    def posts(self) -> tuple[StoryPost, ...]:
        """All notes as connector posts, sorted by time, with ids that rise with time."""
        self.notes.sort(key=lambda note: (note.at, note.author.external_id, note.text))
        for number, note in enumerate(self.notes):
            note.external_id = external_id(note, number)
            if note.original is not None:
                note.original.heard += 1
        return tuple(as_post(note, self.dice) for note in self.notes)
