"""How many posts a second are held against watches, beside what else one could take.

    python -m benchmarks.matching [--quick] [--write]

Posts are public short texts where `../shared` is (else made up), of about 110 bytes; queries are of realistic shape (see `corpus.Watches`). CPU
time of this process on one core, the best of several runs, wall time beside it where it tells more.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import corpus, peers, translations
from grapevine.engine.query import Node, parse
from grapevine.engine.query._posts import pack
from grapevine.engine.query.watchset import WatchSet

TABLE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks" / "matching.md"
# Watches, the share of posts that holds their rarest words at most (which decides how many match), goals: whole way and kernel alone.
SHAPES = (
    (1_000, 0.0005, 1_000_000, 1_500_000),
    (10_000, 0.001, 600_000, 1_000_000),
    (100_000, 0.00003, 400_000, 600_000),
)
BLOCK = 1 << 20  # as `grapevine match` reads
SAMPLE = PART = 5_000


@dataclass(frozen=True)
class Best:
    """The least CPU seconds of some runs, the least wall seconds, and what the last one gave."""

    cpu: float
    wall: float
    result: Any


def best(work: Callable[[], Any], runs: int = 5) -> Best:
    """Run `work` so many times."""
    return best_of_parts([work], runs)


def best_of_parts(parts: list[Callable[[], Any]], runs: int = 15) -> Best:
    """The sum over the parts of the best run of each: short parts find the moments in which nobody else has the processor."""
    cpu, wall, results = 0.0, 0.0, []
    for work in parts:
        least, shortest, result = float("inf"), float("inf"), None
        for _ in range(runs):
            began, begun = time.perf_counter(), time.process_time()
            result = work()
            least, shortest = (
                min(least, time.process_time() - begun),
                min(shortest, time.perf_counter() - began),
            )
        cpu, wall = cpu + least, wall + shortest
        results.append(result)
    return Best(cpu, wall, results[0] if len(results) == 1 else results)


def _blocks(texts: list[str]) -> list[bytes]:
    """The posts as lines of JSON, in blocks as they are read from a file."""
    blocks, lines, size = [], [], 0
    for number, text in enumerate(texts):
        lines.append(json.dumps({"id": str(number), "text": text}, ensure_ascii=False).encode() + b"\n")
        size += len(lines[-1])
        if size >= BLOCK or number == len(texts) - 1:
            blocks.append(b"".join(lines))
            lines, size = [], 0
    return blocks


def ours(
    texts: list[str], queries: list[str], blocks: list[bytes], goals: tuple[int, int]
) -> tuple[str, float, WatchSet]:
    """A row of our table, the posts a second of the whole way, and the watches."""
    compiling = best(lambda: _compiled(texts, queries), 2 if len(queries) <= 10_000 else 1)
    watches: WatchSet = compiling.result
    whole = best_of_parts([partial(watches.match_lines, block) for block in blocks])
    parts = [texts[start : start + PART] for start in range(0, len(texts), PART)]
    kernel = best_of_parts(
        [partial(watches._run.texts, watches._store, pack({"text": part})) for part in parts]
    )
    columns = best_of_parts([partial(watches.match, {"text": part}) for part in parts])
    matches = sum(found.posts.size for found in columns.result)
    few = best(lambda: watches.match_texts(texts[:256]), 20)
    changed = best(lambda: (watches.put(0, queries[1]), watches.match_texts(texts[:1])), 5)
    watches.put(0, queries[0])
    size = len(texts)
    row = (
        f"| {len(queries):,} | {matches / size:.2f} | **{size / whole.cpu:,.0f}** ({size / whole.wall:,.0f}) | {goals[0]:,} "
        f"| **{size / kernel.cpu:,.0f}** | {goals[1]:,} | {size / columns.cpu:,.0f} | {compiling.cpu:.2f} s "
        f"| {changed.cpu * 1e3:.1f} ms | {watches.stats().bytes / 1e6:.1f} MB | {few.cpu * 1e3:.2f} ms |"
    )
    return row, size / whole.cpu, watches


def _compiled(texts: list[str], queries: list[str]) -> WatchSet:
    watches = WatchSet(texts[:SAMPLE])
    watches.put_many(enumerate(queries))
    watches.match_texts(texts[:1])
    return watches


def _asked(nodes: list[Node], texts: list[str], quick: bool) -> list[tuple[str, str, Callable[[], Any]]]:
    """Name, module and work of each peer."""
    few, batch = (20, 10_000) if quick else (100, 50_000)
    return [
        ("loop of regular expressions", "re", lambda: [peers.regexes(texts[:few], nodes)]),
        ("pandas", "pandas", lambda: [peers.pandas(texts[: few * 20], nodes)]),
        ("mokaccino (Rust percolator)", "mokaccino", lambda: [peers.mokaccino(texts[: batch // 5], nodes)]),
        ("PostgreSQL", "psycopg", lambda: peers.postgresql(texts[: batch // 2], nodes, few)),
        (f"SQLite FTS5, batches of {batch:,}", "sqlite3", lambda: [peers.fts5(texts[:batch], nodes)]),
        (f"tantivy, batches of {batch:,}", "tantivy", lambda: [peers.tantivy(texts[:batch], nodes)]),
    ]


def beside(texts: list[str], queries: list[str], watches: WatchSet, speed: float, quick: bool) -> list[str]:
    """A row for each peer; how far it agrees is told on watches that all can say (those of tags are left out)."""
    nodes = [parse(query) for query in queries]
    tags = {number for number, node in enumerate(nodes) if translations.has_tags(node)}
    found = watches.match({"text": texts})
    pairs = {(p, found.ids[w]) for p, w in zip(found.posts.tolist(), found.watches.tolist(), strict=True)}
    rows = []
    for name, module, work in _asked(nodes, texts, quick):
        if find_spec(module) is None:
            rows.append(f"| {name} | skipped: {module} is not installed | | | |")
            continue
        try:
            results = work()
        except SystemExit as skipped:
            rows.append(f"| {name} | {skipped} | | | |")
            continue
        for number, result in enumerate(results):
            told = name
            if len(results) > 1:
                told += f", batch of {result.posts:,}" if number else ", per post"
            rows.append(
                f"| {told} | {result.rate:,.0f} | {speed / result.rate:,.0f} × | {_agreement(result, pairs, tags)} | {result.note} |"
            )
            print(rows[-1], flush=True)
    return rows


def _agreement(result: peers.Result, pairs: set[tuple[int, Any]], tags: set[int]) -> str:
    if result.pairs is None:
        return ""
    mine = {(p, w) for p, w in pairs if p < result.posts and w not in tags}
    theirs = {(p, w) for p, w in result.pairs if w not in tags}
    return f"{len(mine & theirs):,} of ours {len(mine):,} and theirs {len(theirs):,}"


def main(arguments: list[str]) -> None:
    """Measure and print the tables; with --write into docs as well."""
    quick = "--quick" in arguments
    source = corpus.posts(20_000 if quick else 100_000)
    maker = corpus.Watches(source.texts)
    blocks = _blocks(source.texts)
    line = sum(map(len, blocks)) / len(source.texts)
    out = [
        "# Matching",
        "",
        (
            f"`python -m benchmarks.matching{' --quick' if quick else ''}`: {len(source.texts):,} posts of {source.mean_bytes:.0f} bytes on "
            f"average ({source.origin}; lines of JSON of {line:.0f} bytes). Watches: 20 % with NOT, 15 % NEAR, 15 % phrases, the others "
            "ANDs, ORs, single words, stems and tags. Posts a second of CPU time on one core, in parts of some 5,000, the best of 15 runs of each (wall time in brackets)."
        ),
        "",
        (
            "| Watches | matches a post | JSON line in, ids out | goal | kernel alone | goal | list of texts in, arrays out "
            "| compile from text | changed watch live in | memory | 256 posts in |"
        ),
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    table: list[str] = []
    for count, commonest, *goals in SHAPES[: 2 if quick else 3]:
        queries = maker.make(count, commonest)
        row, speed, watches = ours(source.texts, queries, blocks, (goals[0], goals[1]))
        out.append(row)
        print(row, flush=True)
        if count == 10_000:
            table = beside(source.texts, queries, watches, speed, quick)
    out += [
        "",
        (
            "*JSON line in, ids out*: blocks of 1 MB as `grapevine match` reads them, parsed, matched, written as lines. *Kernel alone*: texts "
            "as UTF-8 in one array to pairs of post and watch, reading them included."
        ),
        "",
        (
            "Peers with the same 10,000 watches in the same run. PostgreSQL works in another process, so its wall time counts. How far they "
            "agree is counted on the posts they were given, watches of tags apart; they differ where they take an address for words, fold ß, "
            "or know no places."
        ),
        "",
        "| | posts/s | ours is | agree on | |",
        "| --- | --- | --- | --- | --- |",
        *table,
    ]
    text = "\n".join(out) + "\n"
    print(text)
    if "--write" in arguments:
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1:])
