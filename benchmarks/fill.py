"""A store of any size, made inside the database: for asking pages, not for measuring how things come in.

Posts are spread over 90 days; brands, sources and languages are uneven, some of them rare; a fifth of the texts holds a common word and
a few hold a rare one; some posts repeat an earlier one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from grapevine.core import bulk
from grapevine.listen import testing as listen
from grapevine.listen.actions import counts
from grapevine.sources import testing as sources
from grapevine.sources.contracts import ids

DAYS = 90
AUTHORS = 200_000
BRANDS = ("Fjord", "Nord", "Bakke", "Sjelden")
# From which of a thousand on a post belongs to it; the last of each is rare.
_BRAND_FROM = (0, 550, 850, 999)
_SOURCE_FROM = (0, 700, 950, 998)
_LANGS = (("sv", 0), ("en", 400), ("da", 640), ("nl", 840), ("nn", 999))
_WORDS = 5000


def fill(posts: int, *, now: datetime) -> None:
    """Fill an empty, migrated store."""
    made = [sources.make_source(name=f"Source {number}") for number in range(len(_SOURCE_FROM))]
    watches = []
    for place, name in enumerate(BRANDS):
        brand = listen.make_brand(name=name, slug=name.lower(), ours=place == 0, position=place)
        watches.append(
            (
                listen.make_watch(brand=brand, name=name, query=name.lower()),
                listen.make_watch(brand=brand, name=f"{name} kaffe", query=f"{name.lower()} kaffe"),
            )
        )
    begin = int((now - timedelta(days=DAYS)).timestamp())
    _talk(posts, begin, DAYS * 86400 / posts, [one.pk for one in made], watches)
    counts.rebuild()
    if bulk.is_postgresql():
        _run("ANALYZE")
    else:
        _run("PRAGMA optimize")


def _talk(n: int, begin: int, step: float, source_ids: list[int], watches: list[Any]) -> None:
    postgresql = bulk.is_postgresql()
    numbers = (
        f"SELECT g::bigint AS i FROM generate_series(0, {n - 1}) g"
        if postgresql
        else f"SELECT i FROM (WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < {n - 1}) SELECT i FROM c)"
    )
    second = f"(CAST({begin} + i * {step!r} AS bigint))"
    offset = ids.floor(datetime.fromisoformat("1970-01-01T00:00:00+00:00")) >> ids.NUMBER_BITS
    post_id = f"((({second} + {offset}) << {ids.NUMBER_BITS}) | (i + 1))"
    at = f"to_timestamp({second})" if postgresql else f"datetime({second}, 'unixepoch')"
    of_brand, of_source, of_lang = (
        "(i * 40503 + 7) % 1000",
        "(i * 7919 + 13) % 1000",
        "(i * 104729 + 3) % 1000",
    )
    source = _choose(of_source, zip(_SOURCE_FROM, source_ids, strict=True))
    lang = _choose(of_lang, ((since, f"'{code}'") for code, since in _LANGS))
    author = f"(CASE WHEN i % 3 = 0 THEN (i * 31) % 500 ELSE (i * 7907) % {AUTHORS} END)"
    word = " || ".join(
        f"' ord' || ((i * {prime} + {prime}) % {_WORDS})" for prime in (7, 11, 13, 17, 19, 23, 29, 31, 37, 41)
    )
    name = _choose(
        of_brand, ((since, f"'{one.lower()}'") for since, one in zip(_BRAND_FROM, BRANDS, strict=True))
    )
    text = (
        f"{name} || (CASE WHEN i % 5 = 0 THEN ' kaffe' ELSE '' END) "
        f"|| (CASE WHEN i % {max(n // 25, 1)} = 3 THEN ' nåla' ELSE '' END) || {word}"
    )
    _run(
        "INSERT INTO people_identity (id, platform, external_id, handle, name, url, first_seen_at, last_seen_at, is_demo) "
        f"SELECT i + 1, 'file/1', CAST(i AS text), 'h' || i, '', '', {at}, {at}, {'false' if postgresql else 0} "
        f"FROM ({numbers.replace(str(n - 1), str(AUTHORS - 1))}) numbers"
    )
    _run(
        "INSERT INTO sources_post (id, source_id, external_id, kind, title, text, url, site, lang, country, published_at, "
        "received_at, parent_external_id, thread_external_id, repost_of_external_id, author_external_id, author_handle, "
        "author_name, author_url, links, tags, mentions, media, metrics, notes, raw_index) "
        f"SELECT {post_id}, {source}, 'p' || i, 'post', '', {text}, '', '', '', '', {at}, {at}, '', '', '', "
        f"CAST({author} AS text), 'h' || {author}, '', '', '[]', '[]', '[]', '[]', '{{}}', '[]', 0 FROM ({numbers}) numbers"
    )
    lead = (
        f"(((CAST({begin} + (i - 1000) * {step!r} AS bigint) + {offset}) << {ids.NUMBER_BITS}) | (i - 999))"
    )
    lead = f"(CASE WHEN i % 20 = 7 AND (i / 1000) % 2 = 1 THEN {lead} ELSE 0 END)"
    copies = f"(CASE WHEN i % 20 = 7 AND (i / 1000) % 2 = 0 AND i + 1000 < {n} THEN 1 ELSE 0 END)"
    read = "i % 4, CASE WHEN i % 40 = 3 THEN 4 WHEN i % 40 = 1 THEN 1 ELSE 0 END, (i % 50 = 49), (i < 0)"
    if postgresql:
        _run("DROP INDEX listen_words_gin")
    for place, (whole, part) in enumerate(watches):
        following = _BRAND_FROM[place + 1] if place + 1 < len(BRANDS) else 1000
        mine = f"{of_brand} >= {_BRAND_FROM[place]} AND {of_brand} < {following}"
        for watch, nth, which in ((whole, 0, mine), (part, 2, f"{mine} AND i % 5 = 0")):
            _run(
                "INSERT INTO listen_mention (post_id, watch_id, version_id, brand_id, source_id, identity_id, lang, "
                "mood, wants, spam, by_brand, published_at, found_at, nth, lead_id, copies) "
                f"SELECT {post_id}, {watch.pk}, {watch.version.pk}, {watch.brand_id}, {source}, {author} + 1, {lang}, {read}, "
                f"{at}, {at}, {nth}, {lead}, {copies} FROM ({numbers}) numbers WHERE {which}"
            )
    column, cast = ("post_id", "::tsvector") if postgresql else ("rowid", "")
    _run(
        f"INSERT INTO listen_words ({column}, words) SELECT {post_id}, ({text}){cast} FROM ({numbers}) numbers"
    )
    if postgresql:
        _run("SET maintenance_work_mem = '512MB'")
        _run("CREATE INDEX listen_words_gin ON listen_words USING gin (words)")


def _run(statement: str) -> None:
    """A statement without values: its % are what they are, in both databases."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _choose(number: str, cases: Any) -> str:
    """A CASE that gives the value of the last case whose threshold `number` has reached."""
    ordered = sorted(cases, reverse=True, key=lambda case: case[0])
    return "(CASE " + " ".join(f"WHEN {number} >= {since} THEN {value}" for since, value in ordered) + " END)"
