"""The people of the demo: some six hundred who write, in four languages, most of them in passing."""

from __future__ import annotations

import unicodedata

from grapevine.home.demo import material, world
from grapevine.home.demo.dice import Dice
from grapevine.home.demo.shapes import Author, Persona

HEADS = {"sv": 236, "da": 150, "nl": 122, "en": 92}
"""People by language, the brands' own accounts not counted."""
_PERSONAS: dict[Persona, float] = {
    "passer-by": 60,
    "fan": 17,
    "critic": 7,
    "barista": 6,
    "employee": 3,
    "supplier": 1.5,
    "spammer": 2.5,
    "journalist": 3,
}
_CIRCLES: dict[Persona, dict[str, float]] = {
    "passer-by": {"town": 6, "family": 4, "brewers": 2, "green": 2, "food": 2},
    "fan": {"brewers": 5, "town": 3, "family": 2, "food": 2},
    "critic": {"green": 4, "brewers": 3, "town": 2},
    "barista": {"trade": 8, "brewers": 2},
    "employee": {"trade": 6, "town": 2},
    "supplier": {"trade": 1},
    "spammer": {"nowhere": 1},
    "journalist": {"food": 3, "trade": 2, "green": 1},
    "brand": {"trade": 1},
}
_ACTIVITY: dict[Persona, float] = {
    "passer-by": 0.7,
    "fan": 1.9,
    "critic": 1.9,
    "barista": 1.8,
    "employee": 1.2,
    "supplier": 0.8,
    "spammer": 1.0,
    "journalist": 1.0,
    "brand": 1.0,
}
_VOICES_WITH_TYPOS = {"young": 0.09, "old": 0.07}


def _ascii(text: str) -> str:
    text = text.lower().replace("ø", "o").replace("æ", "ae").replace("ß", "ss")
    plain = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def _handle(dice: Dice, first: str, last: str, names: dict[str, tuple[str, ...]], taken: set[str]) -> str:
    one, two = _ascii(first), _ascii(last)
    word, place = dice.pick(names["word"]), _ascii(dice.pick(names["town"]))
    number = dice.whole(11, 99)
    ways = (
        f"{one}_{word}",
        f"{word}_{one}",
        f"{one}.{two[:3]}.{word}",
        f"{word}{number}",
        f"{place}{word}",
        f"{one}i{place}{number}",
        f"den_{word}_{number}" if dice.chance(0.4) else f"{word}.{place}",
    )
    handle = dice.pick(ways)
    while handle in taken:
        handle = f"{handle}{dice.whole(2, 9)}"
    taken.add(handle)
    return handle


def _sources(dice: Dice, persona: Persona) -> tuple[str, ...]:
    if persona == "spammer":
        return (world.SOCIAL, world.FORUM, world.BLOG)
    if persona == "journalist":
        return (world.NEWS, world.SOCIAL)
    shares = {world.SOCIAL: 0.86, world.FORUM: 0.36, world.REVIEWS: 0.45, world.BLOG: 0.3, world.SUPPORT: 0.5}
    found = tuple(source for source, share in shares.items() if dice.chance(share))
    return found or (world.SOCIAL,)


def _person(dice: Dice, number: int, lang: str, taken: set[str]) -> Author:
    names = dict(material.of(lang).names)
    persona = dice.weighted(_PERSONAS)
    first, last = dice.pick(names["first"]), dice.pick(names["last"])
    style = dice.whole(0, 9)
    name = first if style < 3 else f"{first} {last[0]}." if style < 5 else f"{first} {last}"
    voice = dice.pick(names["voice"])
    if persona == "journalist":
        voice, name = "plain", f"{first} {last}"
    country = world.COUNTRIES[lang]
    city = dice.pick(material.of(lang).slots["city"])
    country = {"Gent": "BE"}.get(city, country)
    typing = 0.24 if dice.chance(0.045) else _VOICES_WITH_TYPOS.get(voice, 0.035)
    reach = {"journalist": 900.0, "barista": 260.0, "fan": 150.0, "critic": 190.0, "spammer": 40.0}.get(
        persona, 90.0
    )
    return Author(
        external_id=f"u{number:04d}",
        handle=_handle(dice, first, last, names, taken),
        name=name,
        lang=lang,
        city=city,
        country=country,
        persona=persona,
        circle=dice.weighted(_CIRCLES[persona]),
        voice=voice,
        followers=int(dice.skewed(reach, 1.35)),
        sources=_sources(dice, persona),
        activity=_ACTIVITY[persona] * dice.skewed(1.0, 0.8),
        emoji=dice.between(0, 0.55) if voice == "young" else dice.between(0, 0.22),
        typos=typing,
        brand=world.HASSEL if persona in ("employee", "supplier") else "",
    )


def brand_accounts() -> tuple[Author, ...]:
    """The brands' own accounts, one per brand and market."""
    found: dict[str, Author] = {}
    for brand in world.BRANDS:
        for lang, handle in brand.handles.items():
            if handle in found:
                continue
            where = f" {world.COUNTRIES[lang]}" if brand.key == world.HASSEL and lang != "sv" else ""
            found[handle] = Author(
                external_id=f"b-{handle}",
                handle=handle,
                name=brand.name + where,
                lang=lang,
                city=material.of(lang).slots["city"][0],
                country=world.COUNTRIES[lang],
                persona="brand",
                circle="trade",
                voice="plain",
                followers={world.HASSEL: 9_400, world.KOBBE: 14_200, world.DAGKOP: 11_800}[brand.key]
                // (1 if lang in ("sv", "da") else 3),
                sources=(world.SOCIAL, world.SUPPORT, world.BLOG) if brand.ours else (world.SOCIAL,),
                activity=0.0,
                emoji=0.0,
                typos=0.0,
                brand=brand.key,
            )
    return tuple(found.values())


def people(dice: Dice) -> tuple[Author, ...]:
    """Everybody, the brands' accounts first."""
    accounts = brand_accounts()
    taken = {account.handle for account in accounts}
    found = list(accounts)
    number = 1
    for lang, heads in HEADS.items():
        for _ in range(heads):
            found.append(_person(dice, number, lang, taken))
            number += 1
    return tuple(found)
