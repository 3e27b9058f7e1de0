"""How many posts a second are held against watches, beside what else one could take.

    python -m benchmarks.matching [--quick] [--write]

Posts are public short texts where `../shared` is (else made up), of about 110 bytes; queries are of realistic shape (see `corpus.Watches`). CPU time
of this process, the best of three; peers do the same 10,000 watches over as many posts as they manage in reasonable time, on the queries' words
alone where they know no NEAR. PostgreSQL is measured by its own clock.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import corpus
from grapevine.engine.query.watchset import WatchSet

TABLE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks" / "matching.md"
SHAPES = ((1_000, 0.001), (10_000, 0.001), (100_000, 0.0001))
GOALS = {1_000: (1_000_000, 1_500_000), 10_000: (600_000, 1_000_000), 100_000: (400_000, 600_000)}
_WORD = re.compile(r"[^\W\d_]+")


def best(work: Callable[[], Any], runs: int = 3) -> tuple[float, Any]:
    """The least CPU seconds of some runs, and what the last one gave."""
    least, result = float("inf"), None
    for _ in range(runs):
        begun = time.process_time()
        result = work()
        least = min(least, time.process_time() - begun)
    return least, result


def ours(texts: list[str], queries: list[str]) -> dict[str, float]:
    """Our figures for one set of watches."""
    begun = time.process_time()
    watches = WatchSet(sample=texts[:2000])
    watches.put_many(enumerate(queries))
    compiled = time.process_time() - begun
    lines = "\n".join(
        json.dumps({"id": n, "text": text}, ensure_ascii=False) for n, text in enumerate(texts)
    ).encode()
    watches.match_lines(lines[: lines.index(b"\n", 100_000) + 1])
    whole, found = best(lambda: watches.match_lines(lines))
    kernel, matched = best(lambda: watches.match({"text": texts}))
    small, _ = best(lambda: watches.match_texts(texts[:256]), 20)
    changed, _ = best(lambda: (watches.put(0, queries[1]), watches.match_texts(texts[:1])), 5)
    return {
        "compile": compiled,
        "lines": len(texts) / whole,
        "columns": len(texts) / kernel,
        "hits": len(matched.posts) / len(texts),
        "bytes": watches.stats().bytes,
        "batch": small,
        "change": changed,
        "posts": found.posts,
    }


def _words_of(query: str) -> list[str]:
    return [word for word in _WORD.findall(query.lower()) if word not in ("and", "or", "not", "near")]


def regexes(texts: list[str], queries: list[str]) -> float:
    """A loop of regular expressions over every post: the words of each query, any of them."""
    patterns = [
        re.compile(r"\b(?:" + "|".join(map(re.escape, _words_of(q) or ["x"])) + r")\b", re.IGNORECASE)
        for q in queries
    ]
    few = texts[:20]
    seconds, _ = best(lambda: [[p.search(text) is not None for p in patterns] for text in few], 1)
    return len(few) / seconds


def pandas_contains(texts: list[str], queries: list[str]) -> float:
    """pandas: `str.contains` per watch over a series of posts."""
    import pandas

    series, some = pandas.Series(texts[:2000]), queries[:100]
    seconds, _ = best(
        lambda: [series.str.contains(re.escape((_words_of(q) or ["x"])[0]), case=False) for q in some], 1
    )
    return len(series) / (seconds * len(queries) / len(some))


def fts5(texts: list[str], queries: list[str]) -> float:
    """SQLite: the posts into a full-text table, then every watch as one MATCH."""
    batch = texts[:50_000]
    asked = [" AND ".join(f'"{word}"' for word in _words_of(q)[:2]) or '"x"' for q in queries]

    def work() -> None:
        store = sqlite3.connect(":memory:")
        store.execute("CREATE VIRTUAL TABLE post USING fts5(text, content='')")
        store.executemany("INSERT INTO post(rowid, text) VALUES (?, ?)", enumerate(batch, 1))
        for one in asked:
            store.execute("SELECT rowid FROM post WHERE post MATCH ?", (one,)).fetchall()

    seconds, _ = best(work, 1)
    return len(batch) / seconds


def tantivy_batches(texts: list[str], queries: list[str]) -> float:
    """tantivy: batches of 50,000 posts indexed in memory, then every watch as one query."""
    import tantivy

    batch = texts[:50_000]

    def work() -> None:
        schema = tantivy.SchemaBuilder().add_text_field("text").build()
        index = tantivy.Index(schema)
        writer = index.writer(num_threads=1)
        for text in batch:
            writer.add_document(tantivy.Document(text=text))
        writer.commit()
        index.reload()
        searcher = index.searcher()
        for one in queries:
            words = " AND ".join(_words_of(one)[:2]) or "x"
            searcher.search(index.parse_query(words, ["text"]), 1000)

    seconds, _ = best(work, 1)
    return len(batch) / seconds


def postgresql(texts: list[str], queries: list[str]) -> dict[str, float]:
    """PostgreSQL: watches as tsqueries, per post and by a joined batch; wall time, since the server is another process."""
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
                for number, one in enumerate(queries):
                    copy.write_row((number, " & ".join(f"'{word}'" for word in _words_of(one)[:2]) or "'x'"))
            begun = time.perf_counter()
            for text in texts[:50]:
                db.execute(
                    "SELECT id FROM watch WHERE to_tsvector('simple', %s) @@ asked", (text,)
                ).fetchall()
            single = 50 / (time.perf_counter() - begun)
            batch = texts[:20_000]
            db.execute("CREATE TABLE post (id int, words tsvector)")
            begun = time.perf_counter()
            db.execute(
                "INSERT INTO post SELECT n, to_tsvector('simple', t) FROM unnest(%s::text[]) WITH ORDINALITY u(t, n)",
                (batch,),
            )
            db.execute("CREATE INDEX ON post USING gin (words)")
            db.execute("ANALYZE post")
            db.execute("SET enable_seqscan = off")
            db.execute("SELECT count(*) FROM watch JOIN post ON words @@ asked").fetchall()
            return {
                "PostgreSQL, per post": single,
                "PostgreSQL, batches of 20,000": len(batch) / (time.perf_counter() - begun),
            }


def peers(texts: list[str], queries: list[str]) -> dict[str, float | str]:
    """Posts per second of each peer, or why it was skipped."""
    found: dict[str, float | str] = {"loop of regular expressions": regexes(texts, queries)}
    for name, module, work in (
        ("pandas", "pandas", pandas_contains),
        ("tantivy, batches of 50,000", "tantivy", tantivy_batches),
    ):
        found[name] = work(texts, queries) if find_spec(module) else f"skipped: {module} is not installed"
    found["SQLite FTS5, batches of 50,000"] = fts5(texts, queries)
    try:
        found |= postgresql(texts, queries)
    except SystemExit as skipped:
        found["PostgreSQL"] = str(skipped)
    return found


def main(arguments: list[str]) -> None:
    """Measure and print the tables; with --write into docs as well."""
    quick = "--quick" in arguments
    source = corpus.posts(20_000 if quick else 100_000)
    maker = corpus.Watches(source.texts)
    size = sum(len(text.encode()) for text in source.texts) / len(source.texts)
    out = [
        "# Matching",
        "",
        (
            f"`python -m benchmarks.matching{' --quick' if quick else ''}`: {len(source.texts):,} posts of {size:.0f} bytes "
            f"on average ({source.origin}). CPU time, one core, best of three."
        ),
        "",
        (
            "| Watches | matches a post | JSON lines in, lines out | goal | columns in, ids out | goal | compile | memory "
            "| 256 posts | a changed watch |"
        ),
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    speed = 0.0
    for count, commonest in SHAPES[: 2 if quick else 3]:
        got = ours(source.texts, maker.make(count, commonest))
        speed = got["lines"] if count == 10_000 else speed
        goal = GOALS[count]
        out.append(
            f"| {count:,} | {got['hits']:.2f} | {got['lines']:,.0f}/s | {goal[0]:,}/s | {got['columns']:,.0f}/s | {goal[1]:,}/s "
            f"| {got['compile']:.2f} s | {got['bytes'] / 1e6:.1f} MB | {got['batch'] * 1e3:.2f} ms | {got['change'] * 1e3:.1f} ms |"
        )
        print(out[-1], flush=True)
    out += [
        "",
        "Peers with the same 10,000 watches, in the same run:",
        "",
        "| | posts/s | ours is |",
        "| --- | --- | --- |",
    ]
    for name, rate in peers(source.texts, maker.make(10_000, 0.001)).items():
        told = (f"{rate:,.0f}", f"{speed / rate:,.0f} ×") if isinstance(rate, float) else (rate, "")
        out.append(f"| {name} | {told[0]} | {told[1]} |")
    text = "\n".join(out) + "\n"
    print(text)
    if "--write" in arguments:
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1:])
