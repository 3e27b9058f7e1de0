"""A brand's talk in a period and the time before, told from samples of bounded size.

The period and the time before are each cut into slices of about as many posts; of every slice the newest few texts are read
and stand for all of it. So a page of a brand with ten million mentions reads as many texts as one with ten thousand. Copies
are left out: what one text says a thousand times is one text. So is what the brand says itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Sum

from grapevine.core import bulk
from grapevine.engine import query
from grapevine.engine.query import QueryError, syntax
from grapevine.engine.text.topics import terms
from grapevine.listen.models import Brand, HourlyRollup, Watch
from grapevine.listen.periods import Period
from grapevine.sources.contracts import ids
from grapevine.sources.selectors import texts

SLICES = 40
OF_SLICE = 40
CHARACTERS = 600
MOST_WATCHES = 200
NAME_LETTERS = (
    4  # a word of the name with so many letters also names the brand with an ending: hassels, hasselkaffe
)
COMMON_SHARE = 0.15


class _Row(NamedTuple):
    post_id: int
    lang: str
    mood: int
    spam: bool
    identity_id: int | None
    by_brand: bool


class Drawn(NamedTuple):
    """A post of a sample: what its mention says of it, its words, and for how many posts it stands."""

    post_id: int
    lang: str
    mood: int
    spam: bool
    identity_id: int | None
    runs: terms.Runs
    weight: float


@dataclass(frozen=True)
class Talk:
    """The samples of a period and of the time before, and which words the brand is found by."""

    now: tuple[Drawn, ...]
    before: tuple[Drawn, ...]
    own_words: Callable[[str], bool]


@dataclass(frozen=True)
class _Slice:
    start: datetime
    end: datetime
    leads: int


def of_brand(brand: Brand, period: Period) -> Talk:
    """What is said about `brand`. Five statements, one more for every five thousand texts."""
    now = _sliced(brand.pk, period.start_at, period.end_at)
    before = _sliced(brand.pk, period.before_start_at, period.before_end_at)
    rows = _sample(brand.pk, [*now, *before])
    read = texts.beginnings([row.post_id for its in rows for row in its], characters=CHARACTERS)
    here = _weighed(now, rows[: len(now)], read)
    there = _weighed(before, rows[len(now) :], read)
    # Told from the time before where there is one, since what rose now is just what is looked for.
    usual = there or here
    common = Counter(word for post in usual for word in set(terms.flat(post.runs)))
    return Talk(here, there, own_words(brand, common, len(usual)))


def own_words(brand: Brand, common: Counter[str], posts: int) -> Callable[[str], bool]:
    """Whether a word is one that the brand is found by: of its name, or asked for by its watches and never far from it.

    A watch may also ask for what is said of the brand ("dear", "leaking"); such words may rise. Those it is found by stand in a
    good part of all its posts: `common` says in how many of `posts` each word stands. One statement.
    """
    named = tuple(word for word in terms.flat(terms.runs(brand.name)) if len(word) >= NAME_LETTERS)
    short = {word for word in terms.flat(terms.runs(brand.name)) if len(word) < NAME_LETTERS}
    whole: set[str] = set()
    stems: set[str] = set()
    queries = Watch.objects.filter(brand=brand, deleted_at=None).values_list("query", flat=True)[
        :MOST_WATCHES
    ]
    for text in queries:
        try:
            node = query.parse(text)
        except QueryError:
            continue
        for word in _asked_for(node):
            (stems if word.prefix else whole).add(word.text.casefold())
    beginnings = tuple(stems)

    def left_out(word: str) -> bool:
        if word in short or word.startswith(named):
            return True
        is_asked_for = word in whole or word.startswith(beginnings)
        return is_asked_for and common[word] >= COMMON_SHARE * posts

    return left_out


def _asked_for(node: syntax.Node) -> list[syntax.Word]:
    match node:
        case syntax.Word():
            return [node]
        case syntax.Hashtag() | syntax.Handle():
            return [
                syntax.Word(at=node.at, text=word, prefix=node.prefix)
                for word in terms.flat(terms.runs(node.text))
            ]
        case syntax.Phrase(words=parts):
            return list(parts)
        case syntax.And(parts=parts) | syntax.Or(parts=parts) | syntax.Window(parts=parts):
            return [word for part in parts for word in _asked_for(part)]
        case syntax.Near(left=left, right=right):
            return [*_asked_for(left), *_asked_for(right)]
        case syntax.Within(part=part):
            return _asked_for(part)
    return []


def _sliced(brand_id: int, start: datetime, end: datetime) -> list[_Slice]:
    """The span cut into at most `SLICES` pieces with about as many texts each."""
    hours = list(
        HourlyRollup.objects.filter(brand_id=brand_id, hour__gte=start, hour__lt=end, leads__gt=0)
        .values_list("hour")
        .annotate(leads=Sum("leads"))
        .order_by("hour")
    )
    if not hours:
        return []
    share = max(1.0, sum(leads for _hour, leads in hours) / SLICES)
    edges, full = [start], 0
    counts: list[int] = []
    for hour, leads in hours:
        if full >= share and len(counts) < SLICES - 1:
            edges.append(hour)
            counts.append(full)
            full = 0
        full += leads
    return [_Slice(a, b, n) for (a, b), n in zip(pairwise([*edges, end]), [*counts, full], strict=True)]


def _sample(brand_id: int, slices: Sequence[_Slice]) -> list[list[_Row]]:
    """The newest few posts of every slice, copies left out. One statement of short index walks."""
    if not slices:
        return []
    part = (
        "SELECT * FROM (SELECT {place} AS place, m.post_id, m.lang, m.mood, m.spam, m.identity_id, m.by_brand FROM listen_mention m "
        "WHERE m.brand_id = %s AND m.nth <= 1 AND m.lead_id = 0 AND m.post_id >= %s AND m.post_id < %s "
        "ORDER BY m.post_id DESC LIMIT %s) part"
    )
    statement, values = [], []
    for place, one in enumerate(slices):
        statement.append(part.format(place=place))
        values += [brand_id, ids.floor(one.start), ids.floor(one.end), OF_SLICE]
    found: list[list[_Row]] = [[] for _ in slices]
    for place, post_id, lang, mood, spam, identity_id, by_brand in bulk.ask(
        " UNION ALL ".join(statement), values
    ):
        found[place].append(_Row(post_id, lang, mood, bool(spam), identity_id, bool(by_brand)))
    return found


def _weighed(
    slices: Sequence[_Slice],
    rows: Sequence[list[_Row]],
    read: dict[int, str],
) -> tuple[Drawn, ...]:
    return tuple(
        Drawn(*row[:5], runs=terms.runs(read[row.post_id]), weight=max(1.0, one.leads / len(of_slice)))
        for one, of_slice in zip(slices, rows, strict=True)
        for row in of_slice
        if row.post_id in read and not row.by_brand
    )
