"""The topics of the talk about a brand in a period, told from a sample of it; known again by those that were kept."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from grapevine.engine.text import topics
from grapevine.listen import stopwords, topic_queries
from grapevine.listen.models import Brand, KeptTopic
from grapevine.listen.periods import Period
from grapevine.listen.reads import MOOD_NUMBERS, UNSURE
from grapevine.listen.selectors import talk, walks
from grapevine.sources.contracts import ids

MOST = 8
NEW_SHARE = 0.05
"""What was said so little before, beside now, was hardly said."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One topic. Numbers are posts, estimated for the whole period; `moods` are shares by mood number (0: unsure), together one.

    `kept` is the number it is kept under (None: not yet), `since` the first day it was heard on. `typical` is the post that says most of it.
    """

    label: tuple[str, ...]
    terms: tuple[str, ...]
    lang: str
    posts: int
    before: int
    moods: Mapping[int, float]
    curve: tuple[int, ...]
    typical: walks.Found | None
    is_new: bool
    kept: int | None = None
    since: date | None = None

    @property
    def query(self) -> str:
        """The query that finds its posts."""
        return topic_queries.of_terms(self.terms)


@dataclass(frozen=True)
class Topics:
    """The topics, those of most posts first. `read` texts were read to tell; `compared` says whether there was a time before."""

    found: tuple[Told, ...] = ()
    read: int = 0
    compared: bool = False


def of_brand(brand: Brand, period: Period) -> Topics:
    """The topics of a brand. Seven statements."""
    return in_talk(brand, period, talk.of_brand(brand, period))


def in_talk(brand: Brand, period: Period, said: talk.Talk) -> Topics:
    """The same of samples that were drawn already. Two statements."""
    now, before = posts(said.now), posts(said.before)
    found = topics.find(now, stop=stopwords.of_all(), left_out=said.own_words, most=MOST)
    read = len(now) + len(before)
    if not found:
        return Topics((), read, bool(before))
    kept = {one.pk: one for one in KeptTopic.objects.filter(brand=brand)}
    same = topics.matched(found, {pk: as_topic(one) for pk, one in kept.items()})
    moods = {one.post_id: one.mood for one in said.now}
    its = [topics.posts_of(topic, now) for topic in found]
    typical = [topics.typical(topic, some) for topic, some in zip(found, its, strict=True)]
    rows = _rows(brand.pk, [one.key for one in typical if one is not None])
    told = []
    for place, (topic, some) in enumerate(zip(found, its, strict=True)):
        row, example = kept.get(same.get(place, 0)), typical[place]
        weight, earlier = _weight(some), _weight(topics.posts_of(topic, before))
        hardly_before = bool(before) and earlier <= NEW_SHARE * weight
        told.append(
            Told(
                label=topic.named(row.label) if row else topic.label,
                terms=topic.terms,
                lang=topic.lang,
                posts=round(weight),
                before=round(earlier),
                moods=_moods(some, moods),
                curve=_curve(period, by_day(some, period.zone), row.days if row else {}),
                typical=rows.get(example.key) if example else None,
                is_new=hardly_before and (row is None or row.first_on >= period.first),
                kept=row.pk if row else None,
                since=row.first_on if row else None,
            )
        )
    return Topics(tuple(told), read, bool(before))


def posts(drawn: Sequence[talk.Drawn]) -> list[topics.Post]:
    """A sample as the engine takes it, spam left out."""
    return [
        topics.Post(one.post_id, one.runs, one.lang, one.identity_id, one.weight)
        for one in drawn
        if not one.spam
    ]


def as_topic(kept: KeptTopic) -> topics.Topic:
    """A kept topic as the engine takes it."""
    return topics.Topic(tuple(kept.terms), kept.lang)


def by_day(some: Sequence[topics.Post], zone: tzinfo) -> dict[date, float]:
    """How many posts there are on each day."""
    found: Counter[date] = Counter()
    for post in sorted(some, key=lambda one: one.key):
        found[ids.moment(post.key).astimezone(zone).date()] += post.weight  # type: ignore[assignment]
    return dict(found)


def _weight(some: Sequence[topics.Post]) -> float:
    return math.fsum(post.weight for post in some)


def _moods(some: Sequence[topics.Post], moods: Mapping[int, int]) -> dict[int, float]:
    total = _weight(some)
    return {
        mood: math.fsum(post.weight for post in some if moods[post.key] == mood) / total
        for mood in (*MOOD_NUMBERS.values(), UNSURE)
    }


def _curve(period: Period, sampled: Mapping[date, float], kept: Mapping[str, int]) -> tuple[int, ...]:
    """Posts by day or week: of whole days that were counted on their morrow as they were counted then, so that no curve changes its past."""
    step = 7 if period.bucket == "week" else 1
    days = [period.first + timedelta(days=n) for n in range(period.days)]
    values = [kept.get(day.isoformat(), sampled.get(day, 0.0)) for day in days]
    values = [0.0] * (-len(values) % step) + values  # what is left over goes to the oldest piece
    return tuple(round(sum(values[place : place + step])) for place in range(0, len(values), step))


def _rows(brand_id: int, post_ids: Sequence[int]) -> dict[int, walks.Found]:
    if not post_ids:
        return {}
    places = ", ".join(["%s"] * len(post_ids))
    statement = f"SELECT {walks.COLUMNS} FROM listen_mention m WHERE m.post_id IN ({places}) AND m.brand_id = %s AND m.nth <= 1"
    return {one.post_id: one for one in walks.run(statement, [*post_ids, brand_id])}
