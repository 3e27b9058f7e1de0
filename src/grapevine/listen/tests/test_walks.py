"""The walk along the indexes gives what a plain look at all rows would, whatever is combined."""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import connection

from grapevine.core.testing import NOON
from grapevine.engine import query
from grapevine.listen import documents, reads
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.models import Mention
from grapevine.listen.reads import Read
from grapevine.listen.selectors import searches, walks
from grapevine.listen.tests.telling import a_tale
from grapevine.sources import testing as sources
from grapevine.sources.selectors import shown
from grapevine.understand.actions import readings

pytestmark = pytest.mark.django_db

TEXTS = {
    "sv": "Jag åkte till {name} i går och det var en riktigt fin resa, men vädret var sämre än väntat {n}",
    "da": "Jeg tog til {name} i går, og det var en rigtig dejlig tur, selvom vejret var værre end ventet {n}",
    "en": "I went to {name} yesterday and it was a lovely journey, though the weather was worse than expected {n}",
}


def as_told(texts):
    """Readings of every kind, whatever the reader would say: what is tested here is finding them again."""
    langs = readings.languages([readings.whole(title, text) for title, text in texts])
    dice = [random.Random(text) for _title, text in texts]
    return [
        Read(lang, one.randrange(4), one.choice([0, 0, 1, 4, 5]), one.random() < 0.2)
        for lang, one in zip(langs, dice, strict=True)
    ]


READ = (
    {"mood": 1},
    {"mood": 0},
    {"want": 4},
    {"spam": True},
    {"spam": False},
    {"mood": 3, "want": 1},
    {"mood": 2, "spam": False},
)


@pytest.fixture
def tale(monkeypatch):
    """Some 160 posts of different brands, sources, languages, authors and hours, among them copies."""
    monkeypatch.setattr(reads, "of_texts", as_told)
    tale, dice = a_tale(), random.Random(4)
    tale.watch("Weather", brand="Elsinore", query="elsinore (weather OR vädret OR vejret)")
    told = defaultdict(list)
    for number in range(160):
        source = dice.choices(["Court news", "Harbour", "Lighthouse"], [10, 5, 1])[0]
        name = dice.choice(["Elsinore", "Elsinore", "Wittenberg", "Elsinore and Wittenberg"])
        text = dice.choice(list(TEXTS.values())).format(name=name, n="" if number % 3 else number * 7)
        at = NOON - timedelta(minutes=dice.randrange(60 * 24 * 20))
        told[source].append(sources.heard(text, author=dice.choice(["ophelia", "horatio", "laertes"]), at=at))
    for source, posts in told.items():
        sources.store(tale.source(source), *posts)
    return tale


def filters(tale):
    """Every combination of filters."""
    some = Mention.objects.exclude(identity_id=None).first()
    choices = {
        "brand_id": [None, tale.brands["Elsinore"].pk],
        "watch_id": [None, tale.watches["Weather"].pk],
        "source_id": [None, tale.sources["Court news"].pk, tale.sources["Lighthouse"].pk],
        "lang": [None, "sv", ""],
        "identity_id": [None, some.identity_id],
        "start": [None, NOON - timedelta(days=9)],
        "end": [None, NOON - timedelta(days=2)],
        "folded": [True, False],
    }
    every = [dict(zip(choices, values, strict=True)) for values in itertools.product(*choices.values())]
    yield from (Filter(**values) for values in every)
    dice = random.Random(7)
    for read in READ:
        yield from (Filter(**values, **read) for values in dice.sample(every, 24))
        yield Filter(**read)


def every():
    """All rows, newest first; read once for all the filters they are held against."""
    return list(Mention.objects.order_by("-post_id"))


def plainly(chosen, rows):
    """Ids under a filter, newest first, by looking at all rows one after the other."""

    def fits(row):
        return (
            chosen.brand_id in (None, row.brand_id)
            and chosen.watch_id in (None, row.watch_id)
            and chosen.source_id in (None, row.source_id)
            and chosen.lang in (None, row.lang)
            and chosen.identity_id in (None, row.identity_id)
            # Moods differ from brand to brand: without a brand it is the first one's that counts.
            and (chosen.watch_id is not None or row.nth <= (1 if chosen.brand_id is not None else 0))
            and chosen.mood in (None, row.mood)
            and (chosen.want is None or row.wants & chosen.want)
            and row.spam in ((False, True) if chosen.spam is None else (chosen.spam,))
            and not (chosen.mood == 0 and chosen.spam is None and row.spam)
            and (chosen.start is None or row.published_at >= chosen.start)
            and (chosen.end is None or row.published_at < chosen.end)
        )

    found = {row.post_id: row.lead_id for row in rows if fits(row)}
    if chosen.folded and chosen.identity_id is None:
        return [post for post, lead in found.items() if lead not in found]
    return list(found)


def test_the_tale_has_copies(tale):
    assert Mention.objects.filter(lead_id__gt=0).exists()


def test_every_combination_of_filters_gives_what_a_look_at_all_rows_gives(tale):
    rows = every()
    for chosen in filters(tale):
        walked = [row.post_id for row in walks.older(chosen, limit=500).rows]
        assert walked == plainly(chosen, rows), chosen


def test_pages_follow_each_other_without_gap_or_overlap_in_both_directions(tale):
    rows = every()
    for chosen in filters(tale):
        if chosen.start or chosen.end:
            continue
        expected = plainly(chosen, rows)
        walked, before = [], None
        while True:
            page = walks.older(chosen, before=before, limit=7)
            walked += [row.post_id for row in page.rows]
            if not page.more:
                break
            before = page.rows[-1].post_id
        assert walked == expected, chosen
        if expected:
            back, after = [], expected[-1]
            while True:
                page = walks.newer(chosen, after=after, limit=7)
                back = [row.post_id for row in page.rows] + back
                if not page.more:
                    break
                after = page.rows[0].post_id
            assert [*back, expected[-1]] == expected, chosen


def plan(statement, values):
    with connection.cursor() as cursor:
        prefix = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        cursor.execute(prefix + statement, values)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_no_combination_of_filters_sorts_or_reads_the_whole_table(tale, monkeypatch):
    """A small table PostgreSQL would rightly read and sort, so it is told that there are five million rows."""
    asked = []
    monkeypatch.setattr(walks, "run", lambda statement, values: asked.append((statement, values)) or [])
    for chosen in filters(tale):
        walks.older(chosen, limit=30)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE listen_mention")
            cursor.execute("UPDATE pg_class SET reltuples = 5000000 WHERE relname ~ '^(listen_)?mention'")
    seen = set()
    for statement, values in asked:
        if statement.count("FROM (SELECT") > 1:
            continue  # hours read one by one: each as the others, and their few rows sorted together
        if statement in seen:
            continue
        seen.add(statement)
        told = plan(statement, values)
        if connection.vendor == "postgresql":
            # What a few hours hold it may sort; where it expects more than that, it must read in order.
            sorted_ = [int(rows) for rows in re.findall(r"Sort  \(cost=\S+ rows=(\d+)", told)]
            assert max(sorted_, default=0) <= 100, (statement, told)
            assert "Seq Scan on listen_mention" not in told, (statement, told)
        else:
            assert "TEMP B-TREE" not in told, (statement, told)
            assert "SCAN m\n" not in f"{told}\n", (statement, told)
    assert len(seen) > 30


@pytest.mark.parametrize(
    "q",
    [
        "elsinore",
        "wittenberg NOT elsinore",
        "weather OR vejret",
        "lang:sv",
        '"fin resa"',
        "nothing",
        "elsin*",
    ],
)
@pytest.mark.parametrize("size", [3, 500])
def test_a_search_finds_what_a_look_at_every_post_finds(tale, q, size, monkeypatch):
    """Read in small steps or in large ones (which the compiled matcher takes), in both directions."""
    monkeypatch.setattr(searches, "_FIRST", size)
    monkeypatch.setattr(searches, "_LARGEST", max(size, 40))
    node = documents.node(q)
    for chosen in (
        Filter(q=q),
        Filter(q=q, brand_id=tale.brands["Elsinore"].pk),
        Filter(q=q, lang="da", folded=False),
    ):
        every = walks.older(chosen, limit=500).rows
        posts = shown.posts([one.post_id for one in every])
        names = shown.source_names()
        expected = [
            one.post_id
            for one in every
            if query.matches(
                node, documents.document(posts[one.post_id], source=names[one.source_id].name, lang=one.lang)
            )
        ]
        found = searches.older(chosen, limit=500, seconds=60)
        assert [one.post_id for one in found.rows] == expected
        assert found.stopped_at is None
        if len(expected) > 2:
            newer = searches.newer(chosen, after=expected[-1], limit=500, seconds=60)
            assert [one.post_id for one in newer.rows] == expected[:-1]


def test_a_search_that_takes_too_long_says_how_far_it_looked(tale):
    found = searches.older(Filter(q="nothing like it"), limit=5, seconds=0)
    if found.stopped_at is not None:
        assert walks.older(Filter(), before=found.stopped_at, limit=1).rows
