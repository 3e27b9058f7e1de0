"""How something spreads over the follow network of the story: who took part when, and who brought them."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from datetime import datetime

from grapevine.home.demo import world
from grapevine.home.demo.desk import Desk
from grapevine.home.demo.dice import Dice
from grapevine.home.demo.notes import Note, passed_on
from grapevine.home.demo.shapes import Author


@dataclass(frozen=True)
class Adoption:
    """Somebody took part at `hour` (since the beginning), brought by `by` (empty: on their own)."""

    author: str
    hour: float
    by: str
    depth: int


def cascade(
    desk: Desk,
    dice: Dice,
    seeds: list[tuple[float, str]],
    *,
    chance: float,
    delay: float,
    fade: float,
    last: float,
) -> list[Adoption]:
    """An independent cascade in continuous time: each follower is persuaded with `chance`, less as talk fades.

    `delay` is the median number of hours until a follower takes part, `fade` the hours after which interest has
    fallen to a third, `last` the hour when it ends. Sorted by hour.
    """
    queue = [(hour, author, "", 0) for hour, author in seeds]
    heapq.heapify(queue)
    found: dict[str, Adoption] = {}
    while queue:
        hour, author, by, depth = heapq.heappop(queue)
        if author in found or hour > last:
            continue
        found[author] = Adoption(author, hour, by, depth)
        for follower in desk.followers[author]:
            one = desk.by_id[follower]
            if follower in found or one.persona in ("brand", "spammer") or world.SOCIAL not in one.sources:
                continue
            keen = {"critic": 1.6, "fan": 1.1, "employee": 0.15, "supplier": 0.15, "journalist": 0.5}.get(
                one.persona, 1.0
            )
            if dice.chance(chance * keen * math.exp(-hour / fade)):
                heapq.heappush(queue, (hour + 0.15 + dice.skewed(delay, 1.0), follower, author, depth + 1))
    return sorted(found.values(), key=lambda adoption: (adoption.hour, adoption.author))


def grown(
    desk: Desk,
    seeds: list[tuple[float, str]],
    *,
    low: int,
    high: int,
    start: float,
    delay: float,
    fade: float,
    last: float,
) -> list[Adoption]:
    """A cascade of a size from `low` to `high`: the chance is turned up or down until it fits."""
    chance, best = start, []
    for attempt in range(24):
        best = cascade(
            desk, Dice.of(attempt, low, high), seeds, chance=chance, delay=delay, fade=fade, last=last
        )
        if low <= len(best) <= high:
            return best
        chance = min(0.9, chance * (1.13 if len(best) < low else 0.9))
    return best


def repost(desk: Desk, note: Note, author: Author, at: datetime, *, bringer: Note | None = None) -> Note:
    """`author` passes a post on as it is, and the story keeps it."""
    return desk.keep(passed_on(note, author, at, bringer=bringer))
