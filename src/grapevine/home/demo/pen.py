"""The writer: picks a template for a theme, fills it, and sees to it that nothing is said twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from grapevine.home.demo import grammar, material, themes, world
from grapevine.home.demo.dice import Dice
from grapevine.home.demo.shapes import Author, Brand, Mood

_MENTION = re.compile(r"\{(brand|rival)\}(s\b|'s|-)?")
_WORDS = re.compile(r"\w+")
_SHARED = (
    "bean",
    "bean2",
    "grinder",
    "brewer",
    "note",
    "note2",
    "shop",
    "city",
    "order",
    "version",
    "town",
    "agent",
)
_TOO_LIKE = 0.5
"""Two texts of one template that share more of their word triples than this are not both written."""


@dataclass(frozen=True)
class Scene:
    """What the writer must know: who is speaking, about which brand, to whom."""

    lang: str
    author: Author
    brand: Brand
    rival: Brand
    month: int
    you: str = ""
    via: str = ""
    at_handles: bool = False


@dataclass(frozen=True)
class Said:
    """What was written and what it means. `number` counts the theme's templates, `fills` are its filled slots."""

    theme: str
    text: str
    title: str
    mood: Mood
    intents: tuple[str, ...]
    topic: str
    names: tuple[str, ...]
    number: int = 0
    fills: dict[str, str] = field(default_factory=dict)


class Pen:
    """Writes. Keeps in mind which templates were used and what was said, so one pen per story."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self._decks: dict[tuple[str, str], list[grammar.Template]] = {}
        self._said: dict[str, list[frozenset[str]]] = {}
        self._exact: set[str] = set()

    def write(self, theme: str, scene: Scene, *, about: Said | None = None) -> Said:
        """One text under `theme`. Raises KeyError when the language has no such theme.

        `about` is what it answers: the same things get the same names, and an `answer_…` takes the line of the
        same number as its question.
        """
        best: tuple[float, str, str, grammar.Template, list[str], frozenset[str], dict[str, str]] | None = (
            None
        )
        for attempt in range(9):
            if about is not None and theme.startswith("answer_") and theme == f"answer_{about.theme}":
                template = material.of(scene.lang).themes[theme][about.number]
            else:
                template = self._draw(theme, scene)
            fills = _shared(about)
            names: list[str] = []
            if {"shop", "city"} <= template.slots:
                fills["shop"] = fills.get("shop") or self._shop(scene, fills)
            text = self._say(template.text, template, scene, fills, names)
            title = self._say(template.title, template, scene, fills, names)
            shape = _triples(text)
            likeness = max((_likeness(shape, old) for old in self._said.get(template.key, ())), default=0.0)
            likeness += 2.0 * (text in self._exact)
            if best is None or likeness < best[0]:
                best = (likeness, text, title, template, names, shape, fills)
            if best[0] <= _TOO_LIKE * (1 if attempt < 6 else 1.2):
                break
        assert best is not None
        _, text, title, template, names, shape, fills = best
        if text in self._exact and not theme.startswith(("answer", "sorry", "brand")):
            more, _names = self.line(
                "closer_pos" if themes.THEMES[theme].mood == "positive" else "closer_neu", scene
            )
            text = f"{text} {more}"
        self._said.setdefault(template.key, []).append(shape)
        self._exact.add(text)
        meaning = themes.THEMES[theme]
        mood = meaning.mood
        if template.mood in ("negative", "neutral", "positive"):
            mood = template.mood  # type: ignore[assignment]
        intents = tuple(dict.fromkeys((*meaning.intents, *template.intents)))
        number = int(template.key.rpartition(".")[2])
        return Said(
            theme, text, title, mood, intents, meaning.topic, tuple(dict.fromkeys(names)), number, fills
        )

    def line(self, theme: str, scene: Scene, *, about: Said | None = None) -> tuple[str, tuple[str, ...]]:
        """A small piece (opener, closer, detail, title) and the brands it names; repeats are fine."""
        template = self._draw(theme, scene)
        names: list[str] = []
        return self._say(template.text, template, scene, _shared(about), names), tuple(names)

    def has(self, lang: str, theme: str) -> bool:
        """Whether there is material for a theme."""
        return bool(material.of(lang).themes.get(theme))

    def _draw(self, theme: str, scene: Scene) -> grammar.Template:
        key = (scene.lang, theme)
        deck = self._decks.setdefault(key, [])
        for _ in range(2):
            for at in range(len(deck) - 1, -1, -1):
                if self._fits(deck[at], scene):
                    return deck.pop(at)
            deck[:0] = self.dice.shuffled(material.of(scene.lang).themes[theme])
        raise KeyError(f"nothing to say in {scene.lang} about {theme} for {scene.brand.key}")

    def _fits(self, template: grammar.Template, scene: Scene) -> bool:
        if template.months and scene.month not in template.months:
            return False
        if ("via" in template.slots and not scene.via) or ("you" in template.slots and not scene.you):
            return False
        needs = {"bean2": "bean"}
        things = scene.brand.things
        return all(
            needs.get(slot, slot) in things
            for slot in ("bean", "bean2", "grinder", "caps")
            if slot in template.slots
        )

    def _say(
        self,
        nodes: tuple[grammar.Node, ...],
        template: grammar.Template,
        scene: Scene,
        fills: dict[str, str],
        names: list[str],
    ) -> str:
        if not nodes:
            return ""
        raw = grammar.render(nodes, self.dice, lambda slot: self._fill(slot, scene, fills, names))
        text = _MENTION.sub(lambda found: self._mention(found, scene, names), raw)
        first = template.text[0] if template.text else ""
        loose = isinstance(first, str) and first[:1].islower()
        return grammar.tidy(text, capitals=not loose)

    def _mention(self, found: re.Match[str], scene: Scene, names: list[str]) -> str:
        brand = scene.brand if found.group(1) == "brand" else scene.rival
        names.append(brand.key)
        tail = found.group(2) or ""
        form = (
            brand.name if scene.author.persona in ("brand", "journalist") else self.dice.weighted(brand.forms)
        )
        if form == "@":
            form = f"@{brand.handles[scene.lang]}" if scene.at_handles and not tail else brand.name
        if tail and form in ("K&K", "Hassel Kaffe", "Kobbe och Kvarn"):
            form = brand.name
        if scene.lang in ("nl", "en"):
            form = form.replace(" och ", " en " if scene.lang == "nl" else " and ").replace(" Kaffe", "")
        return form + tail

    def _fill(self, slot: str, scene: Scene, fills: dict[str, str], names: list[str]) -> str:
        if slot in ("brand", "rival"):
            return f"{{{slot}}}"
        if slot in ("brands", "rivals"):
            return f"{{{slot[:-1]}}}s"
        if slot not in fills:
            fills[slot] = self._new(slot, scene, fills)
        return fills[slot]

    def _new(self, slot: str, scene: Scene, fills: dict[str, str]) -> str:
        dice, lists = self.dice, material.of(scene.lang)
        if slot in ("bean", "bean2"):
            other = fills.get("bean2" if slot == "bean" else "bean")
            return dice.pick([bean for bean in scene.brand.things["bean"] if bean != other])
        if slot in ("grinder", "caps"):
            return dice.pick(scene.brand.things[slot])
        if slot in ("you", "via"):
            return str(getattr(scene, slot))
        if slot == "shop":
            return self._shop(scene, fills)
        if slot == "city" and scene.author.lang == scene.lang and dice.chance(0.5):
            return scene.author.city
        special = _SPECIAL.get(slot)
        return special(dice, scene, lists) if special else dice.pick(lists.slots[slot])

    def _shop(self, scene: Scene, fills: dict[str, str]) -> str:
        """A part of a town with a shop; the town goes to `fills`, so that both are named rightly together."""
        places = [place.split("@") for place in material.of(scene.lang).slots["shop"]]
        near = [place for place in places if place[1] == fills.get("city", scene.author.city)]
        shop, town = self.dice.pick(near if near and self.dice.chance(0.6) else places)
        fills["city"] = town
        return shop


def _first_name(dice: Dice, scene: Scene, lists: material.Material) -> str:
    return dice.pick([name for name in lists.names["first"] if name != scene.author.name.split()[0]])


def _phone(dice: Dice, scene: Scene, lists: material.Material) -> str:
    """Numbers that the Swedish and British authorities keep free for stories."""
    return f"070-174 06 {dice.whole(10, 99)}" if lists.lang == "sv" else f"07700 900{dice.whole(100, 999)}"


def _spam_link(dice: Dice, scene: Scene, lists: material.Material) -> str:
    return (
        f"https://{dice.pick(('vinn', 'win-now', 'gratis', 'crypto', 'bonus'))}{dice.whole(2, 99)}.example/x"
    )


def _campaign(dice: Dice, scene: Scene, lists: material.Material) -> str:
    name = lists.slots["camp"][0]
    return f"#{name.lower()}" if dice.chance(0.4) else name


_SPECIAL: dict[str, Callable[[Dice, Scene, material.Material], str]] = {
    "rbean": lambda dice, scene, lists: dice.pick(scene.rival.things["bean"]),
    "name": _first_name,
    "me": lambda dice, scene, lists: scene.author.name.split()[0],
    "agent": lambda dice, scene, lists: dice.pick(lists.names["agents"]),
    "order": lambda dice, scene, lists: f"{scene.brand.key[0].upper()}K-{dice.whole(20_000, 98_000)}",
    "mail": lambda dice, scene, lists: f"{scene.author.handle.replace('_', '.')}@post.example",
    "phone": _phone,
    "spamlink": _spam_link,
    "camp": _campaign,
}


def _shared(about: Said | None) -> dict[str, str]:
    """What a text must call by the same name as the one it speaks of."""
    return {slot: about.fills[slot] for slot in _SHARED if slot in about.fills} if about else {}


def rival_of(dice: Dice, brand: Brand, lang: str) -> Brand:
    """Another brand to compare with; the one at home in that country more often."""
    weights = {other: (3.0 if _at_home(other, lang) else 1.0) for other in (b.key for b in world.BRANDS)}
    weights[brand.key] = 0
    return world.BY_KEY[dice.weighted(weights)]


def _at_home(key: str, lang: str) -> bool:
    return lang in {world.HASSEL: ("sv", "en"), world.KOBBE: ("sv",), world.DAGKOP: ("da", "nl")}[key]


def _triples(text: str) -> frozenset[str]:
    words = _WORDS.findall(text.lower())
    return frozenset(" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0
