"""The words that came up in the talk about a brand, told from a sample of bounded size.

The period and the time before are each cut into slices of about as many posts; of every slice the newest few texts are read
and stand for all of it. So a page of a brand with ten million mentions reads as many texts as one with ten thousand. Copies
are left out: what one text says a thousand times is one text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import connection
from django.db.models import Sum

from grapevine.engine import query
from grapevine.engine.query import QueryError, syntax
from grapevine.listen import rising, stopwords
from grapevine.listen.models import Brand, HourlyRollup, Watch
from grapevine.listen.periods import Period
from grapevine.listen.rising import RisingWord, Sampled
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

_LINK = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@[\w.-]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Words:
    """What rose. `read` texts were read to tell; `compared` says whether there was a time before to rise from."""

    found: tuple[RisingWord, ...]
    read: int
    compared: bool


@dataclass(frozen=True)
class _Slice:
    start: datetime
    end: datetime
    leads: int


def rising_of(brand: Brand, period: Period) -> Words:
    """The words that rose most surely in the talk about `brand`. Four statements."""
    now = _sliced(brand.pk, period.start_at, period.end_at)
    before = _sliced(brand.pk, period.before_start_at, period.before_end_at)
    keys = _sample(brand.pk, [*now, *before])
    read = texts.beginnings(
        [post_id for slice_keys in keys for post_id, _lang in slice_keys], characters=CHARACTERS
    )
    here = _weighed(now, keys[: len(now)], read)
    there = _weighed(before, keys[len(now) :], read)
    # Told from the time before where there is one, since what rose now is just what is looked for.
    usual = there or here
    common = Counter(word for post in usual for word in set(words_of(post.text)))
    left_out = own_words(brand, common, len(usual))
    found = rising.rising(here, there, words_of=words_of, stop=stopwords.of_all(), left_out=left_out)
    return Words(tuple(found), len(here) + len(there), bool(there))


def words_of(text: str) -> list[str]:
    """The words of a text, folded; without addresses and handles, which are names and not talk."""
    return _WORD.findall(unicodedata.normalize("NFC", _LINK.sub(" ", text)).casefold())


def own_words(brand: Brand, common: Counter[str], posts: int) -> Callable[[str], bool]:
    """Whether a word is one that the brand is found by: of its name, or asked for by its watches and never far from it.

    A watch may also ask for what is said of the brand ("dear", "leaking"); such words may rise. Those it is found by stand in a
    good part of all its posts: `common` says in how many of `posts` each word stands. One statement.
    """
    named = tuple(word for word in words_of(brand.name) if len(word) >= NAME_LETTERS)
    short = {word for word in words_of(brand.name) if len(word) < NAME_LETTERS}
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
            return [syntax.Word(at=node.at, text=word, prefix=node.prefix) for word in words_of(node.text)]
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


def _sample(brand_id: int, slices: Sequence[_Slice]) -> list[list[tuple[int, str]]]:
    """The newest few posts (id, language) of every slice, copies left out. One statement of short index walks."""
    if not slices:
        return []
    part = (
        "SELECT * FROM (SELECT {place} AS place, m.post_id, m.lang FROM listen_mention m WHERE m.brand_id = %s AND m.nth <= 1 "
        "AND m.lead_id = 0 AND m.post_id >= %s AND m.post_id < %s ORDER BY m.post_id DESC LIMIT %s) part"
    )
    statement, values = [], []
    for place, one in enumerate(slices):
        statement.append(part.format(place=place))
        values += [brand_id, ids.floor(one.start), ids.floor(one.end), OF_SLICE]
    found: list[list[tuple[int, str]]] = [[] for _ in slices]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statement), values)
        for place, post_id, lang in cursor.fetchall():
            found[place].append((post_id, lang))
    return found


def _weighed(
    slices: Sequence[_Slice], keys: Sequence[list[tuple[int, str]]], read: dict[int, str]
) -> list[Sampled]:
    return [
        Sampled(read[post_id], lang, max(1.0, one.leads / len(of_slice)))
        for one, of_slice in zip(slices, keys, strict=True)
        for post_id, lang in of_slice
        if post_id in read
    ]
