"""Who follows whom: circles by language and interest, a heavy tail, friends of friends, and following back."""

from __future__ import annotations

from datetime import timedelta

from grapevine.home.demo.dice import Dice
from grapevine.home.demo.rhythm import Rhythm
from grapevine.home.demo.shapes import Author, Follow

TIES = 5_000
_NEAR_LANGUAGES = {"sv": ("da",), "da": ("sv",), "nl": ("en",), "en": ("nl", "sv")}


def follows(dice: Dice, authors: tuple[Author, ...], rhythm: Rhythm) -> tuple[Follow, ...]:
    """About `TIES` ties, sorted by when they began (nearly all before the story does).

    Each person has as many as a skewed draw says; whom they follow comes from their own circle and language first,
    by popularity, then from those whom the followed follow (closing triangles); 38 % follow back.
    """
    pull = {author.external_id: _pull(dice, author) for author in authors}
    by_circle: dict[tuple[str, str], dict[str, float]] = {}
    by_lang: dict[str, dict[str, float]] = {}
    for author in authors:
        weight = pull[author.external_id]
        by_circle.setdefault((author.lang, author.circle), {})[author.external_id] = weight
        by_lang.setdefault(author.lang, {})[author.external_id] = weight
    outs: dict[str, dict[str, None]] = {author.external_id: {} for author in authors}
    wish = {a.external_id: _wish(dice, a) for a in authors}
    scale = TIES / (0.98 * sum(wish.values()))
    ties: list[tuple[str, str]] = []

    def tie(one: str, other: str) -> None:
        if one != other and other not in outs[one]:
            outs[one][other] = None
            ties.append((one, other))

    for author in dice.shuffled(authors):
        me = author.external_id
        for _ in range(max(1, round(wish[me] * scale))):
            other = _choose(dice, author, outs, by_circle, by_lang)
            tie(me, other)
            if pull[other] < 12 and dice.chance(0.38):
                tie(other, me)
    begun = [
        Follow(one, other, rhythm.start - timedelta(hours=dice.whole(24, 24 * 700)))
        if dice.chance(0.95)
        else Follow(one, other, rhythm.start + timedelta(hours=dice.whole(1, 24 * 25)))
        for one, other in ties
    ]
    return tuple(sorted(begun, key=lambda tie: (tie.since, tie.follower, tie.followed)))


def _pull(dice: Dice, author: Author) -> float:
    base = {"brand": 30.0, "journalist": 5.0, "barista": 3.0, "fan": 2.0, "critic": 2.2, "spammer": 0.02}
    return base.get(author.persona, 1.0) * dice.skewed(1.0, 0.9)


def _wish(dice: Dice, author: Author) -> float:
    if author.persona == "brand":
        return 12.0
    return min(90.0, dice.skewed(6.5, 0.8) * (0.6 + 0.4 * author.activity))


def _choose(
    dice: Dice,
    author: Author,
    outs: dict[str, dict[str, None]],
    by_circle: dict[tuple[str, str], dict[str, float]],
    by_lang: dict[str, dict[str, float]],
) -> str:
    mine = list(outs[author.external_id])
    if mine and dice.chance(0.28):
        theirs = list(outs[dice.pick(mine)])
        if theirs:
            return dice.pick(theirs)
    where = dice.between(0, 1)
    if where < 0.66:
        return dice.weighted(by_circle[author.lang, author.circle])
    if where < 0.93:
        return dice.weighted(by_lang[author.lang])
    return dice.weighted(by_lang[dice.pick(_NEAR_LANGUAGES[author.lang])])
