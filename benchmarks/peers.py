"""What else could hold posts against ten thousand watches: each does the same queries, as far as it can say them."""

from __future__ import annotations

import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import translations
from grapevine.engine.query.syntax import Node

Pairs = set[tuple[int, int]]  # post and watch
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Result:
    """How fast a peer was over how many posts, what it found there, and what to know about it."""

    posts: int
    wall: float
    cpu: float | None
    pairs: Pairs | None
    note: str = ""

    @property
    def rate(self) -> float:
        """Posts a second of CPU time; of wall time where the work is done in another process."""
        return self.posts / (self.wall if self.cpu is None else self.cpu)


def _timed(work: Callable[[], Pairs], posts: int, note: str) -> Result:
    wall, cpu = time.perf_counter(), time.process_time()
    pairs = work()
    return Result(posts, time.perf_counter() - wall, time.process_time() - cpu, pairs, note)


def regexes(texts: list[str], nodes: list[Node]) -> Result:
    """Python's `re`: every pattern on every post."""
    patterns = [re.compile(translations.regex(node), re.IGNORECASE) for node in nodes]
    return _timed(
        lambda: {
            (p, w)
            for p, text in enumerate(texts)
            for w, pattern in enumerate(patterns)
            if pattern.search(text)
        },
        len(texts),
        "all shapes",
    )


def pandas(texts: list[str], nodes: list[Node]) -> Result:
    """pandas: `str.contains` for a sample of the watches, made up to all of them."""
    import pandas as pd

    series = pd.Series(texts)
    some = nodes[:: max(1, len(nodes) // 100)]

    def work() -> Pairs:
        for node in some:
            series.str.contains(translations.regex(node), case=False, regex=True).to_numpy().nonzero()
        return set()

    found = _timed(work, len(texts), f"all shapes; reckoned from {len(some)} watches")
    scale = len(nodes) / len(some)
    assert found.cpu is not None
    return Result(found.posts, found.wall * scale, found.cpu * scale, None, found.note)


def fts5(texts: list[str], nodes: list[Node]) -> Result:
    """SQLite: the batch into a full-text table in memory, then every watch as one MATCH."""
    asked = [translations.fts5(node) for node in nodes]

    def work() -> Pairs:
        store = sqlite3.connect(":memory:")
        store.execute(
            "CREATE VIRTUAL TABLE post USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0')"
        )
        store.executemany("INSERT INTO post(rowid, text) VALUES (?, ?)", enumerate(texts))
        select = "SELECT rowid FROM post WHERE post MATCH ?"
        found = {(p, w) for w, one in enumerate(asked) for (p,) in store.execute(select, (one,))}
        store.close()
        return found

    return _timed(work, len(texts), "all shapes")


def tantivy(texts: list[str], nodes: list[Node]) -> Result:
    """tantivy: the batch into an index in memory by one thread, then every watch as one query."""
    import tantivy as library

    schema = library.SchemaBuilder().add_integer_field("number", stored=False, fast=True, indexed=False)
    schema = schema.add_text_field("text", stored=False).build()
    asked = [translations.tantivy(node, schema) for node in nodes]

    def work() -> Pairs:
        index = library.Index(schema)
        writer = index.writer(num_threads=1)
        for number, text in enumerate(texts):
            writer.add_document(library.Document(number=number, text=text))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        searcher = index.searcher()
        found: Pairs = set()
        for w, one in enumerate(asked):
            hits = searcher.search(one, 10_000, count=False).hits
            numbers = searcher.fast_field_values("number", [address for _, address in hits]) if hits else []
            found.update((int(p), w) for p in numbers)
        return found

    return _timed(work, len(texts), "all shapes; NEAR as phrases with slop")


def mokaccino(texts: list[str], nodes: list[Node]) -> Result:
    """mokaccino: a percolator in Rust. Every distinct word of a post is a value of its document."""
    import mokaccino as library

    percolator = library.Percolator()
    for number, node in enumerate(nodes):
        percolator.add_query_id(translations.mokaccino(node), number)

    def work() -> Pairs:
        found: Pairs = set()
        for p, text in enumerate(texts):
            document = library.Document()
            for word in set(_WORD.findall(text.casefold())):
                document.add_value("word", word)
            found.update((p, w) for w in percolator.percolate_list(document))
        return found

    return _timed(work, len(texts), "words alone: phrases and NEAR ask for their words")


@contextmanager
def _watches_in_postgresql(nodes: list[Node]) -> Iterator[Any]:
    """A connection to a server of our own that holds the watches as tsqueries, with a GIN index of their words."""
    import psycopg

    from benchmarks import servers

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with (
            servers.postgresql(Path(folder) / "postgresql") as address,
            psycopg.connect(address, autocommit=True) as db,
        ):
            db.execute("CREATE TABLE watch (id int, asked tsquery)")
            with db.cursor().copy("COPY watch FROM STDIN") as copy:
                for number, node in enumerate(nodes):
                    copy.write_row((number, translations.tsquery(node)))
            db.execute("ANALYZE watch")
            yield db


def postgresql(texts: list[str], nodes: list[Node], singles: int) -> tuple[Result, Result]:
    """PostgreSQL: `singles` posts each held against all watches, then the batch with an index and a join. Wall time: another process works."""
    with _watches_in_postgresql(nodes) as db:
        wall = time.perf_counter()
        pairs: Pairs = set()
        for p, text in enumerate(texts[:singles]):
            ask = "SELECT id FROM watch, to_tsvector('simple', %s) words WHERE words @@ asked"
            pairs.update((p, w) for (w,) in db.execute(ask, (text,)))
        single = Result(singles, time.perf_counter() - wall, None, pairs, "all shapes; wall time")
        wall = time.perf_counter()
        db.execute("CREATE UNLOGGED TABLE post (id int, words tsvector)")
        db.execute(
            "INSERT INTO post SELECT n - 1, to_tsvector('simple', t) FROM unnest(%s::text[]) WITH ORDINALITY u(t, n)",
            ([text.replace("\0", " ") for text in texts],),
        )
        db.execute("CREATE INDEX ON post USING gin (words)")
        db.execute("ANALYZE post")
        db.execute("SET enable_seqscan = off")
        db.execute("SET max_parallel_workers_per_gather = 0")
        found = set(db.execute("SELECT post.id, watch.id FROM watch JOIN post ON words @@ asked").fetchall())
        return single, Result(len(texts), time.perf_counter() - wall, None, found, "all shapes; wall time")
