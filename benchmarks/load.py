"""A store of any size, made in a minute or two: for measuring pages and searches at five thousand and at five million mentions.

    python -m benchmarks.load 5000000          (into GRAPEVINE_HOME or GRAPEVINE_DATABASE_URL, which must be migrated and empty)

Rows are written straight into the tables, as the real way in would have written them: counts, folds, authors and the full-text index agree with the
mentions (`listen.testing.check` holds).
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from benchmarks.talk import BRANDS, LANGS, WATCHES, Talk

CHUNK = 20_000
TEXTS = 20_000
COPIES = 0.05


@dataclass(frozen=True)
class Loaded:
    """What was made: brands and watches by name, sources, and the span of time from `first_at` to `last_at`."""

    brands: dict[str, Any]
    watches: list[Any]
    sources: list[Any]
    first_at: datetime
    last_at: datetime
    mentions: int


def load_many(
    n: int,
    *,
    days: int = 365,
    until: datetime | None = None,
    seed: int = 1,
    say: Callable[[str], None] | None = None,
) -> Loaded:
    """Load `n` mentions of three brands, published in the `days` before `until` (now), from four sources in four languages.

    Brands speak in shares of 5 : 3 : 2, hours and days differ as they do in life, a tenth of the authors write half of all, and one post in twenty is
    a copy. Call it after `django.setup()`; it is deterministic but for `until`.
    """
    from django.db import transaction

    from grapevine.core import bulk
    from grapevine.listen import testing as listen
    from grapevine.sources import testing as sources

    until = (until or datetime.now(UTC)).replace(microsecond=0)
    made = _Made(n, days, until, seed)
    brands = {
        name: listen.make_brand(name=name, ours=name == BRANDS[0], position=place)
        for place, name in enumerate(BRANDS)
    }
    made.watches = [listen.make_watch(brand=brands[brand], query=query) for brand, query in WATCHES]
    made.sources = [sources.make_source(name=name) for name in ("Networks", "Blogs", "Newspapers", "Forums")]
    made.identities()
    began = time.monotonic()
    for first in range(0, n, CHUNK):
        with transaction.atomic():
            made.chunk(first, min(first + CHUNK, n))
        if say is not None and first and first % (CHUNK * 10) == 0:
            say(f"{first:,} of {n:,} mentions, {first / (time.monotonic() - began):,.0f} a second")
    made.finish()
    if bulk.is_postgresql():
        bulk.run("VACUUM ANALYZE")
    else:
        bulk.run("PRAGMA wal_checkpoint(TRUNCATE)")
        bulk.run("ANALYZE")
    return Loaded(brands, made.watches, made.sources, made.at(0), until, n)


class _Made:
    """Makes and writes rows, a chunk at a time."""

    def __init__(self, n: int, days: int, until: datetime, seed: int) -> None:
        self.n, self.until, self.span = n, until, timedelta(days=days)
        self.rng, self.dice = random.Random(seed), np.random.default_rng(seed)
        talk = Talk(seed=seed)
        self.texts = [talk.text(self.rng) for _ in range(min(TEXTS, max(n, 100)))]
        self.watches: list[Any] = []
        self.sources: list[Any] = []
        self.people = max(50, min(400_000, n // 4))
        self.places = _uneven_times(n, days, self.dice)
        self.kept: list[Any] = []
        self.totals: Counter[int] = Counter()

    def at(self, number: int) -> datetime:
        """When post `number` was published."""
        return self.until - self.span + timedelta(seconds=int(self.places[number]))

    def identities(self) -> None:
        """All authors."""
        from grapevine.core import bulk

        at = bulk.moment(self.until)
        for numbers in bulk.chunks(range(1, self.people + 1), CHUNK):
            bulk.insert(
                "people_identity",
                {
                    "id": numbers,
                    "platform": "file/1",
                    "external_id": [f"a{n}" for n in numbers],
                    "handle": [f"handle{n}" for n in numbers],
                    "name": [f"Name {n}" for n in numbers],
                    "url": "",
                    "followers": [n % 5000 for n in numbers],
                    "first_seen_at": at,
                    "last_seen_at": at,
                    "is_demo": False,
                },
            )
        if bulk.is_postgresql():
            bulk.ask("SELECT setval(pg_get_serial_sequence('people_identity', 'id'), %s)", [self.people])

    def chunk(self, first: int, last: int) -> None:
        """Posts, mentions, words and counts of the numbers from `first` to `last`."""
        from grapevine.core import bulk
        from grapevine.listen import index_words
        from grapevine.listen.actions import counts, index
        from grapevine.listen.reads import WANTS
        from grapevine.sources.actions import numbers
        from grapevine.sources.contracts import ids

        many = last - first
        moments = [self.at(number) for number in range(first, last)]
        post_ids = ids.make_many(moments, numbers.take(many))
        published = [bulk.moment(moment) for moment in moments]
        base = self.dice.integers(0, len(self.texts), many).tolist()
        texts = [f"{self.texts[one]} {number}" for one, number in zip(base, range(first, last), strict=True)]
        which = self.dice.choice(4, many, p=[0.7, 0.15, 0.1, 0.05]).tolist()
        authors = (self.dice.pareto(0.6, many) * self.people / 200 % self.people).astype(np.int64).tolist()
        watch = self.dice.choice(len(self.watches), many, p=_shares(len(self.watches))).tolist()
        langs = [LANGS[n] for n in self.dice.choice(4, many, p=[0.4, 0.2, 0.15, 0.25]).tolist()]
        leads, copies = _folds(post_ids, watch, self.dice)
        source_ids = [self.sources[n].pk for n in which]
        self.totals.update(source_ids)
        bulk.insert(
            "sources_post",
            {
                "id": post_ids, "source_id": source_ids, "external_id": [f"x{10**12 + n}" for n in range(first, last)],
                "kind": "post", "title": "", "text": texts, "url": [f"https://social.example/p/{n}" for n in range(first, last)],
                "site": "social.example", "lang": langs, "country": "", "published_at": published, "edited_at": None,
                "received_at": published, "deleted_at": None, "erased_at": None, "parent_external_id": "",
                "thread_external_id": "", "repost_of_external_id": "", "author_external_id": [f"a{who + 1}" for who in authors],
                "author_handle": [f"handle{who + 1}" for who in authors], "author_name": [f"Name {who + 1}" for who in authors],
                "author_url": "", "author_followers": [who % 5000 for who in authors], "links": "[]", "tags": "[]",
                "mentions": "[]", "media": "[]", "metrics": [f'{{"likes":{n % 9}}}' for n in range(first, last)], "notes": "[]",
                "raw_block_id": None, "raw_index": 0,
            },
        )  # fmt: skip
        columns = {
            "post_id": post_ids,
            "watch_id": [self.watches[n].pk for n in watch],
            "version_id": [self.watches[n].version_id for n in watch],
            "brand_id": [self.watches[n].brand_id for n in watch],
            "source_id": source_ids,
            "identity_id": [who + 1 for who in authors],
            "lang": langs,
            "mood": self.dice.choice(4, many, p=[0.3, 0.2, 0.35, 0.15]).tolist(),
            "wants": [1 << n if n < len(WANTS) else 0 for n in self.dice.integers(0, 40, many).tolist()],
            "spam": (self.dice.random(many) < 0.02).tolist(),
            "by_brand": [False] * many,
            "published_at": published,
            "found_at": published,
            "nth": [0] * many,
            "lead_id": leads,
            "copies": copies,
        }
        bulk.insert("listen_mention", columns)
        index.add(list(zip(post_ids, index_words.of_many(texts), strict=True)))
        tally = counts.Tally()
        for source in self.sources:
            mine = [place for place, one in enumerate(source_ids) if one == source.pk]
            tally.add_columns(
                {name: [values[place] for place in mine] for name, values in columns.items()},
                source_id=source.pk,
            )
        tally.write()

    def finish(self) -> None:
        """What a source says of itself."""
        from grapevine.sources.models import Source

        for source in self.sources:
            Source.objects.filter(pk=source.pk).update(
                posts_count=self.totals[source.pk], latest_post_at=self.until
            )


def _shares(watches: int) -> list[float]:
    """Of brands 5 : 3 : 2; within a brand the first watch catches most."""
    weights = [brand * within for brand in (5, 3, 2) for within in (6, 3, 1)][:watches]
    return [weight / sum(weights) for weight in weights]


def _uneven_times(n: int, days: int, dice: Any) -> Any:
    """Seconds from the beginning, ascending: nights are quiet, some days are loud."""
    by_hour = np.array([1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 9, 9, 10, 9, 8, 8, 9, 10, 11, 12, 12, 9, 5, 2], float)
    weights = np.repeat(dice.gamma(4, 1, days), 24) * np.tile(by_hour, days)
    hours = dice.choice(days * 24, n, p=weights / weights.sum())
    return np.sort(hours * 3600 + dice.integers(0, 3600, n))


def _folds(post_ids: list[int], watch: list[int], dice: Any) -> tuple[list[int], list[int]]:
    """Leads and numbers of copies: some posts repeat an earlier one of the same chunk and watch."""
    leads, copies = [0] * len(post_ids), [0] * len(post_ids)
    latest: dict[int, int] = {}
    for place in range(len(post_ids)):
        lead = latest.get(watch[place])
        if lead is not None and dice.random() < COPIES:
            leads[place] = post_ids[lead]
            copies[lead] += 1
        elif lead is None or dice.random() < 0.02:
            latest[watch[place]] = place
    return leads, copies


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grapevine.config.settings")
    django.setup()
    print(load_many(int(sys.argv[1]), say=print).mentions, "mentions")
