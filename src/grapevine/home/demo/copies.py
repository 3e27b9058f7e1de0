"""What is said more than once: reposts, copies with a word changed, and press releases that many print."""

from __future__ import annotations

import re
from datetime import timedelta

from grapevine.home.demo import rooms, world
from grapevine.home.demo.cascade import repost
from grapevine.home.demo.desk import Desk
from grapevine.home.demo.notes import Note

_ENDS = ("!", "!!", " 👏", " ☕", "...", " 🙏", " (!)")
_FRONT = {
    "sv": ("Håller med:", "Så sant:", "PS.", "Kopierar:", "Alltså,"),
    "da": ("Enig:", "Så sandt:", "PS.", "Kopieret:", "Altså,"),
    "nl": ("Eens:", "Zo waar:", "PS.", "Gekopieerd:", "Nou,"),
    "en": ("Agreed:", "So true:", "PS.", "Copied:", "Well,"),
}
_DROPPED = frozenset(
    "så ju nu väl verkligen bara dessutom redan helt lige jo bare altså da også helt allerede nou toch wel even "
    "gewoon echt ook just really actually quite even so then too".split()
)
_SWAPS = {
    "sv": {
        "och": "å",
        "väldigt": "jätte",
        "mycket": "massor",
        "alla": "precis alla",
        "godare": "mycket godare",
    },
    "da": {"og": "&", "meget": "enormt", "alle": "alle sammen", "bedste": "allerbedste", "god": "dejlig"},
    "nl": {
        "en": "&",
        "heel": "enorm",
        "beste": "allerbeste",
        "lekker": "heerlijk",
        "iedereen": "echt iedereen",
    },
    "en": {"and": "&", "very": "so", "best": "very best", "everyone": "literally everyone", "good": "great"},
}
_MORE = {
    "sv": "Läs mer hos {site}.",
    "da": "Læs mere på {site}.",
    "nl": "Lees meer op {site}.",
    "en": "Read more at {site}.",
}
_PRINTED = (
    # theme, day, language of the first, sites per language
    ("press_price", 19.3, {"sv": 4, "da": 3, "nl": 3, "en": 3}),
    ("press_shop", 47.4, {"sv": 4, "da": 2, "nl": 2, "en": 3}),
    ("press_grinder", 77.2, {"sv": 4}),
)


def edited(desk: Desk, text: str, lang: str) -> str:
    """`text` with one or two words changed, dropped or added, or another ending; never the same."""
    dice, words = desk.dice, text.split(" ")
    for _ in range(dice.whole(1, 2)):
        swaps = [at for at, word in enumerate(words) if word in _SWAPS[lang]]
        small = [at for at, word in enumerate(words) if word in _DROPPED]
        way = dice.whole(0, 3)
        if way == 0 and swaps:
            at = dice.pick(swaps)
            words[at] = _SWAPS[lang][words[at]]
        elif way == 1 and small:
            del words[dice.pick(small)]
        elif way == 2 and words[0] not in _FRONT[lang]:
            words.insert(0, dice.pick(_FRONT[lang]))
        elif "http" not in words[-1]:
            words[-1] = words[-1].rstrip(".!") + dice.pick(_ENDS)
    changed = " ".join(words)
    return changed if changed != text else f"{text} {dice.pick(('👆', '☝️', '+1', '^^'))}"


def printed(desk: Desk, text: str, lang: str, site: str) -> str:
    """A press release as a paper prints it: a sentence less, a place before, or a line of its own after."""
    dice = desk.dice
    sentences = re.split(r"(?<=[.”\"]) (?=[A-ZÅÄÖÆØ\"”])", text)
    if len(sentences) > 3 and dice.chance(0.6):
        del sentences[dice.whole(2, len(sentences) - 1)]
    if dice.chance(0.5):
        sentences.insert(0, dice.pick(("NORRKÖPING.", "KAFFE.", "Norrköping –")))
    if dice.chance(0.6) or " ".join(sentences) == text:
        sentences.append(_MORE[lang].format(site=site))
    return " ".join(sentences)


def reposts(desk: Desk, count: int) -> None:
    """Passing on of what was liked: by followers of the author where there are any, mostly within a day."""
    dice = desk.dice
    stock = [
        n
        for n in desk.notes
        if n.source == world.SOCIAL and n.kind == "post" and not n.arc and n.theme != "spam"
    ]
    weights = {at: (1 + len(n.answers)) * (1.8 if n.mood != "neutral" else 1.0) for at, n in enumerate(stock)}
    told: dict[int, list[str]] = {}
    made = 0
    for _ in range(count * 12):
        if made >= count:
            break
        at = dice.weighted(weights)
        note = stock[at]
        who = desk.listener(note.author, world.SOCIAL, note.at)
        if who is None or who.external_id in told.get(at, []):
            continue
        when = desk.rhythm.awake(dice, note.at + timedelta(minutes=4 + dice.skewed(190, 1.2)), who.country)
        if when > desk.rhythm.until:
            continue
        weights[at] *= 1.6
        told.setdefault(at, []).append(who.external_id)
        repost(desk, note, who, when, bringer=note)
        made += 1


def copies(desk: Desk, count: int) -> None:
    """Posts copied by others nearly word for word: praise that is borrowed, a storm post handed round."""
    dice = desk.dice
    stock = [
        n
        for n in desk.notes
        if n.source == world.SOCIAL
        and n.kind == "post"
        and n.names
        and len(n.text) > 70
        and "@" not in n.text
        and n.theme
        in ("storm_angry", "recommend", "praise_bean", "spam", "pricey", "storm_joke", "campaign_invite")
    ]
    made = 0
    for _ in range(count * 8):
        if made >= count:
            break
        note = dice.pick(stock)
        who = desk.someone(note.lang, world.SOCIAL, but=(note.author,))
        if note.theme == "spam":
            who = dice.pick([a for a in desk.authors if a.persona == "spammer"])
        when = desk.rhythm.awake(dice, note.at + timedelta(minutes=15 + dice.skewed(400, 1.2)), who.country)
        if when > desk.rhythm.until or who is note.author:
            continue
        desk.keep(
            Note(
                source=note.source,
                kind="post",
                author=who,
                at=when,
                lang=note.lang,
                text=edited(desk, note.text, note.lang),
                theme=note.theme,
                mood=note.mood,
                topic=note.topic,
                intents=note.intents,
                brand=note.brand,
                names=note.names,
                copy_of=note,
                arc=note.arc,
            )
        )
        made += 1


def press_releases(desk: Desk) -> None:
    """Three press releases, printed by papers in up to four countries, some cut, some with an editor's word."""
    for theme, day, sites in _PRINTED:
        for lang, papers in sites.items():
            first: Note | None = None
            for site in world.NEWS_SITES[lang][:papers]:
                at = desk.rhythm.start + timedelta(days=day, hours=desk.dice.between(0, 9))
                if first is None:
                    first = rooms.news(desk, at, lang, theme=theme, site=site)
                    continue
                at = max(at, first.at + timedelta(minutes=desk.dice.whole(4, 300)))
                text = printed(desk, first.text, lang, site)
                desk.keep(
                    Note(
                        source=first.source,
                        kind="article",
                        author=first.author,
                        at=at,
                        lang=lang,
                        text=text,
                        theme=first.theme,
                        mood=first.mood,
                        topic=first.topic,
                        intents=first.intents,
                        brand=first.brand,
                        names=first.names,
                        title=first.title,
                        site=site,
                        copy_of=first,
                    )
                )
