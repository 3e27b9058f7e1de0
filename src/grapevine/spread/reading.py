"""Reading ties out of the store: posts along their ids, follows, and what rooms and files give, in memory that does not grow with the posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from grapevine.core import bulk
from grapevine.listen.selectors import caught
from grapevine.people import contracts
from grapevine.sources.contracts import ids
from grapevine.sources.selectors import follows, tied
from grapevine.sources.selectors.tied import Tied
from grapevine.spread import ties
from grapevine.spread.definitions import Definition
from grapevine.spread.persons import Everybody
from grapevine.spread.ties import Tally

AT_ONCE = 10_000
LANGUAGES = 15
RECENT = 4
Said = Callable[[float], None]
"""Told how much of the work (0 to 1) is behind; may raise to end it."""


@dataclass
class Heard:
    """What posts tell of people, beside their ties: how many each wrote, in which languages, who is one of ours; `recent` are a few of the latest
    posts of each (0: none)."""

    posts: Any
    tongues: Any
    ours: Any
    recent: Any
    codes: dict[str, int] = field(default_factory=dict)
    read: int = 0
    spam: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, people: int) -> Heard:
        """Nothing heard yet."""
        return cls(
            np.zeros(people, np.int64),
            np.zeros((people, LANGUAGES + 1), np.int32),
            np.zeros(people, np.bool_),
            np.zeros((people, RECENT), np.int64),
        )

    def note(self, who: Any, posts: list[Tied], langs: list[str]) -> None:
        """Posts of people (−1: of nobody known)."""
        self.read += len(posts)
        places = np.array([self._place(lang) for lang in langs], np.int64)
        ours = np.array([one.by_us for one in posts], np.bool_)
        known = who >= 0
        np.add.at(self.posts, who[known], 1)
        np.add.at(self.tongues, (who[known], places[known]), 1)
        self.ours[who[known & ours]] = True
        numbers = np.array([one.id for one in posts], np.int64)
        self.recent[who[known], (np.arange(numbers.size) % RECENT)[known]] = numbers[known]

    def _place(self, lang: str) -> int:
        if lang and lang not in self.codes and len(self.codes) < LANGUAGES:
            self.codes[lang] = len(self.codes)
        return self.codes.get(lang, LANGUAGES)

    def languages(self) -> tuple[tuple[str, ...], Any]:
        """The languages, the most frequent first, and everybody's (−1: none is known)."""
        totals = self.tongues[:, : len(self.codes)].sum(axis=0)
        order = np.argsort(-totals, kind="stable")
        names = list(self.codes)
        ordered = self.tongues[:, order]
        most = ordered.argmax(axis=1) if order.size else np.zeros(len(self.posts), np.int64)
        spoke = ordered.sum(axis=1) > 0
        return tuple(names[place] for place in order), np.where(spoke, most, -1).astype(np.int16)


def posts(definition: Definition, until: datetime, people: Everybody, tally: Tally, said: Said) -> Heard:
    """Read the posts of a definition: who answered, named and passed on whom goes into `tally`."""
    heard = Heard.of(len(people))
    spaces = tied.spaces()
    end = ids.floor(until + timedelta(seconds=1))
    begin = _begin(definition, until)
    if begin is None:
        return heard
    last, our_brands = begin - 1, caught.ours()
    while part := tied.after(last, before=end, limit=AT_ONCE, source_ids=definition.source_ids):
        last = part[-1].id
        chosen, langs = _chosen(part, definition, heard, our_brands)
        if chosen:
            _take(chosen, langs, definition, until, people, spaces, tally, heard)
        said((last - begin) / max(1, end - begin))
    return heard


def _begin(definition: Definition, until: datetime) -> int | None:
    if definition.days:
        return ids.floor(until - timedelta(days=definition.days))
    return tied.oldest()


def _chosen(
    part: list[Tied], definition: Definition, heard: Heard, our_brands: frozenset[int]
) -> tuple[list[Tied], list[str]]:
    """The posts of a definition, with their languages as read by us, or else as their platforms say."""
    read = caught.between(part[0].id, part[-1].id, our_brands=our_brands)
    theirs: set[int] | None = None
    if definition.brand_id is not None:
        about = {one.id for one in part} | {
            up for one in part for up in (one.answered_id, one.passed_on_id) if up
        }
        theirs = caught.of_brand(about, definition.brand_id)
    chosen, langs = [], []
    for one in part:
        found = read.get(one.id)
        if found is not None and found.spam:
            heard.spam += 1
            continue
        if theirs is not None and not theirs & {one.id, one.answered_id, one.passed_on_id}:
            continue
        lang = found.lang if found is not None and found.lang else one.lang.split("-")[0].lower()[:8]
        if definition.languages and lang not in definition.languages:
            continue
        chosen.append(one._replace(by_us=True) if found is not None and found.by_us else one)
        langs.append(lang)
    return chosen, langs


def _take(
    part: list[Tied], langs: list[str], definition: Definition, until: datetime, people: Everybody, spaces: dict[int, str],
    tally: Tally, heard: Heard,
) -> None:  # fmt: skip
    platforms = [spaces.get(one.source_id, "") for one in part]
    who = people.authors(zip(platforms, (one.author for one in part), strict=True))
    heard.note(who, part, langs)
    numbers = np.array([one.id for one in part], np.int64)
    at = ids.seconds(numbers)
    fresh = ties.faded(until.timestamp() - at, definition.half_life)

    def count(kind: ties.Kind, to: Any, rows: Any) -> None:
        # Who is named of whom nobody wrote, or who isn't known, is told with the network.
        heard.unknown += int(np.count_nonzero((to < 0) | (who[rows] < 0)))
        tally.add(to, who[rows], kind, definition.weights[kind.code] * fresh[rows], at[rows], numbers[rows])

    answered: list[Any] = []
    for kind, authors in (
        (ties.REPLY, [one.answered for one in part]),
        (ties.REPOST, [one.passed_on for one in part]),
    ):
        rows = np.flatnonzero([bool(author) for author in authors])
        to = people.authors((platforms[row], authors[row]) for row in rows)
        answered.append(rows << 32 | to)
        if definition.has(kind) and rows.size:
            count(kind, to, rows)
    named = [(row, handle) for row, one in enumerate(part) for handle in one.named]
    if definition.has(ties.MENTION) and named:
        rows = np.array([row for row, _handle in named])
        to = people.handles((platforms[row], handle) for row, handle in named)
        # Many platforms put the name of whom one answers in front of every answer: that is no second sign.
        said = np.isin(rows << 32 | to, np.concatenate(answered))
        count(ties.MENTION, to[~said], rows[~said])


def following(definition: Definition, until: datetime, people: Everybody, tally: Tally, said: Said) -> int:
    """Read who follows whom, as it stood at `until`; returns how many follows have an end that nobody knows."""
    if not definition.has(ties.FOLLOW):
        return 0
    spaces, unknown, last = tied.spaces(), 0, 0
    newest = follows.latest()
    while part := follows.after(last, until=until, limit=AT_ONCE, source_ids=definition.source_ids):
        last = part[-1].id
        platforms = [spaces.get(one.source_id, "") for one in part]
        who = people.authors(zip(platforms, (one.follower for one in part), strict=True))
        to = people.authors(zip(platforms, (one.followed for one in part), strict=True))
        unknown += int(np.count_nonzero((who < 0) | (to < 0)))
        at = np.array([int((one.since or one.seen_at).timestamp()) for one in part], np.int64)
        tally.add(to, who, ties.FOLLOW, definition.weights[ties.FOLLOW.code], at, 0)
        said(last / max(1, newest))
    return unknown


def given(definition: Definition, until: datetime, people: Everybody, tally: Tally, said: Said) -> int:
    """Read what rooms and files give (`people.contracts`); returns how many of those ties have an end that nobody knows."""
    if not definition.has(ties.GIVEN):
        return 0
    unknown = 0
    since = until - timedelta(days=definition.days) if definition.days else datetime.min.replace(tzinfo=UTC)
    givers = [one for one in contracts.givers() if not definition.givers or one.name in definition.givers]
    for place, giver in enumerate(givers):
        for part in bulk.chunks(giver.ties(since=since, until=until), AT_ONCE):
            to = people.identities([one.speaker for one in part])
            who = people.identities([one.listener for one in part])
            unknown += int(np.count_nonzero((who < 0) | (to < 0)))
            at = np.array([int(one.at.timestamp()) for one in part], np.int64)
            weight = np.array([one.weight for one in part]) * definition.weights[ties.GIVEN.code]
            if giver.fades:
                weight = weight * ties.faded(until.timestamp() - at, definition.half_life)
            tally.add(to, who, ties.GIVEN, weight, at, 0)
        said((place + 1) / len(givers))
    return unknown


def kinds_of(bits: Any) -> dict[str, int]:
    """How many ties are of each kind."""
    found = Counter({kind.code: int(np.count_nonzero(bits & kind.bit)) for kind in ties.KINDS.values()})
    return {code: count for code, count in found.items() if count}
