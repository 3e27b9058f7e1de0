"""The writer: picks a template for a theme, fills it, and sees to it that nothing is said twice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grapevine.home.demo import grammar, material, themes, world
from grapevine.home.demo.dice import Dice
from grapevine.home.demo.shapes import Author, Brand, Mood

_MENTION = re.compile(r"\{(brand|rival)\}(s\b|'s|-)?")
_WORDS = re.compile(r"\w+")
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
    """What was written and what it means."""

    text: str
    title: str
    mood: Mood
    intents: tuple[str, ...]
    topic: str
    names: tuple[str, ...]


class Pen:
    """Writes. Keeps in mind which templates were used and what was said, so one pen per story."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self._decks: dict[tuple[str, str], list[grammar.Template]] = {}
        self._said: dict[str, list[frozenset[str]]] = {}

    def write(self, theme: str, scene: Scene) -> Said:
        """One text under `theme`. Raises KeyError when the language has no such theme."""
        best: tuple[float, str, str, grammar.Template, list[str], frozenset[str]] | None = None
        for attempt in range(9):
            template = self._draw(theme, scene)
            fills: dict[str, str] = {}
            names: list[str] = []
            text = self._say(template.text, template, scene, fills, names)
            title = self._say(template.title, template, scene, fills, names)
            shape = _triples(text)
            likeness = max((_likeness(shape, old) for old in self._said.get(template.key, ())), default=0.0)
            if best is None or likeness < best[0]:
                best = (likeness, text, title, template, names, shape)
            if best[0] <= _TOO_LIKE * (1 if attempt < 6 else 1.2):
                break
        assert best is not None
        _, text, title, template, names, shape = best
        self._said.setdefault(template.key, []).append(shape)
        meaning = themes.THEMES[theme]
        mood = meaning.mood
        if template.mood in ("negative", "neutral", "positive"):
            mood = template.mood  # type: ignore[assignment]
        intents = tuple(dict.fromkeys((*meaning.intents, *template.intents)))
        return Said(text, title, mood, intents, meaning.topic, tuple(dict.fromkeys(names)))

    def line(self, theme: str, scene: Scene) -> tuple[str, tuple[str, ...]]:
        """A small piece (opener, closer, detail, title) and the brands it names; repeats are fine."""
        template = self._draw(theme, scene)
        names: list[str] = []
        return self._say(template.text, template, scene, {}, names), tuple(names)

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
        form = self.dice.weighted(brand.forms)
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
        match slot:
            case "bean" | "bean2":
                other = fills.get("bean2" if slot == "bean" else "bean")
                return dice.pick([bean for bean in scene.brand.things["bean"] if bean != other])
            case "rbean":
                return dice.pick(scene.rival.things["bean"])
            case "grinder" | "caps":
                return dice.pick(scene.brand.things[slot])
            case "name":
                return dice.pick(
                    [name for name in lists.names["first"] if name != scene.author.name.split()[0]]
                )
            case "me":
                return scene.author.name.split()[0]
            case "agent":
                return dice.pick(lists.names["agents"])
            case "you" | "via":
                return str(getattr(scene, slot))
            case "city" if dice.chance(0.5) and scene.author.lang == scene.lang:
                return scene.author.city
            case "order":
                return f"{scene.brand.handles['sv'][0].upper()}K-{dice.whole(20_000, 98_000)}"
            case "mail":
                return f"{scene.author.handle.replace('_', '.')}@post.example"
            case "phone":
                return (
                    f"070-174 06 {dice.whole(10, 99)}"
                    if scene.lang == "sv"
                    else f"07700 900{dice.whole(100, 999)}"
                )
            case "spamlink":
                return f"https://{dice.pick(('vinn', 'win-now', 'gratis', 'crypto', 'bonus'))}{dice.whole(2, 99)}.example/x"
            case "camp":
                name = lists.slots["camp"][0]
                return f"#{name.lower()}" if dice.chance(0.4) else name
            case _:
                return dice.pick(lists.slots[slot])


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
