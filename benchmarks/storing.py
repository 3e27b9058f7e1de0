"""How fast posts come in: the whole way from a line of a file to a mention that is counted and can be searched for, in one process.

    python -m benchmarks.storing [--quick] [--only sqlite|postgresql] [--write]

Measured on both databases, into an empty store and into one of five million mentions; beside it, in the same run, what the bare
database does with the rows of the posts alone. Then the two text kernels against the libraries they were made after. Each store lies in
a folder of its own, which goes afterwards.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

TABLE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks" / "storing.md"
SIZES, POSTS = (0, 5_000_000), 200_000
QUICK_SIZES, QUICK_POSTS = (0, 100_000), 40_000
GOALS = {0: 25_000, 5_000_000: 15_000}
NOT_REACHED = (
    "Goals are not reached. Two cores do all of it: a thread reads the file, maps, reads and matches the next batch, another makes rows and writes them.",
    "On SQLite each has about half of the processor's time; a third of the first goes into reading (language, mood, wishes) and half of the second into",
    "SQLite itself, which works with the interpreter's lock given away. On PostgreSQL the server's own work comes on top, some 25 µs for each post: the words",
    "are merged into their index, a mention has six indexes, a post 31 columns (`docs/decisions/storing.md`).",
)


def measure(stored: int, posts: int) -> dict[str, Any]:
    """Fill the store of this process' environment with `stored` mentions and import `posts` more. Rates are per second."""
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks import load
    from benchmarks.talk import BRANDS, WATCHES, Talk
    from grapevine.core import clock
    from grapevine.listen import testing as listen
    from grapevine.sources import testing as sources

    call_command("migrate", verbosity=0)
    begin = clock.now() - timedelta(days=2)
    loaded: dict[str, float] = {}
    if stored:
        began = perf_counter()
        load.load_many(stored, until=begin, say=lambda text: print("  " + text, file=sys.stderr, flush=True))
        loaded["loaded_in"] = perf_counter() - began
    else:
        brands = {name: listen.make_brand(name=name) for name in BRANDS}
        for brand, query in WATCHES:
            listen.make_watch(brand=brands[brand], query=query)
    source = sources.make_source(name="Import")
    folder = Path(os.environ["GRAPEVINE_HOME"])
    _import(source, _file(folder / "warm.jsonl", Talk(seed=9, prefix="w", begin=begin), 5000))
    now = _import(source, _file(folder / "now.jsonl", Talk(seed=2, per_second=5, begin=begin), posts))
    found = {**loaded, **{f"now_{name}": value for name, value in now.items()}}
    if stored:
        # The harder case: posts of times long past, between others in every index.
        past = Talk(seed=3, prefix="h", begin=begin - timedelta(days=200), per_second=0.05)
        between = _import(source, _file(folder / "past.jsonl", past, posts // 4))
        found |= {f"past_{name}": value for name, value in between.items()}
    found |= _bare(min(posts, 100_000))
    return found


def _file(path: Path, talk: Any, posts: int) -> Path:
    with path.open("wb") as file:
        file.writelines(talk.lines(posts))
    return path


def _import(source: Any, path: Path) -> dict[str, float]:
    from grapevine.core import access, clock
    from grapevine.listen.models import Mention
    from grapevine.sources.actions import imports

    last = Mention.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    one = imports.start(
        source=source,
        path=str(path),
        file_name=path.name,
        mapping={},
        by=access.SYSTEM,
        at=clock.now(),
        in_background=False,
    )
    wall, cpu = perf_counter(), process_time()
    done = imports.run(one.pk, at=clock.now())
    wall, cpu = perf_counter() - wall, process_time() - cpu
    if done.state != "done" or done.rejected:
        raise SystemExit(
            f"{path.name}: {done.state}, {done.rejected} rejected, {done.error_code} {done.error_params}"
        )
    mentions = Mention.objects.filter(pk__gt=last).count()
    return {"mentions": mentions / wall, "posts": done.new / wall, "cpu": mentions / cpu}


def _bare(rows: int) -> dict[str, float]:
    """What the database does with rows of posts alone: batches of 5,000 into a table with its two keys, nothing else."""
    from django.db import connection, transaction

    from grapevine.core import bulk
    from grapevine.sources.models import Post

    columns = [field.column for field in Post._meta.concrete_fields]
    names = ", ".join(columns)
    found = bulk.ask(f"SELECT {names} FROM sources_post ORDER BY id DESC LIMIT {rows}")[::-1]
    if bulk.is_postgresql():
        bulk.run("CREATE TABLE bare (LIKE sources_post INCLUDING DEFAULTS)")
        bulk.run("CREATE TABLE staging (LIKE sources_post)")
    else:
        bulk.run(f"CREATE TABLE bare ({names}, PRIMARY KEY (id))".replace("(id,", "(id INTEGER,", 1))
    bulk.run("CREATE UNIQUE INDEX bare_once ON bare (source_id, external_id)")
    if bulk.is_postgresql():
        bulk.run("ALTER TABLE bare ADD PRIMARY KEY (id)")
        found = [
            tuple(json.dumps(value) if isinstance(value, (list, dict)) else value for value in row)
            for row in found
        ]
    else:
        found = [
            tuple(value.isoformat(" ") if hasattr(value, "isoformat") else value for value in row)
            for row in found
        ]
    began = perf_counter()
    for first in range(0, len(found), 5000):
        with transaction.atomic():
            batch = found[first : first + 5000]
            if not bulk.is_postgresql():
                bulk.run_many(
                    f"INSERT INTO bare ({names}) VALUES ({', '.join(['%s'] * len(columns))})", batch
                )
                continue
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE staging")
                with cursor.copy(f"COPY staging ({names}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row(row)
                cursor.execute("INSERT INTO bare SELECT * FROM staging ON CONFLICT DO NOTHING")
    return {"bare": len(found) / (perf_counter() - began)}


def main(arguments: list[str]) -> int:
    """Measure everything and print the tables."""
    quick = "--quick" in arguments
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    sizes, posts = (QUICK_SIZES, QUICK_POSTS) if quick else (SIZES, POSTS)
    found = {
        database: {size: _in_a_process(database, size, posts) for size in sizes}
        for database in ("sqlite", "postgresql")
        if only in ("", database)
    }
    from benchmarks import texts

    read = texts.texts(40_000 if quick else 200_000)
    table = _table(found, read, posts)
    print(table)
    if "--write" in arguments:
        TABLE.parent.mkdir(parents=True, exist_ok=True)
        TABLE.write_text(table)
    return 0


def _in_a_process(database: str, stored: int, posts: int) -> dict[str, Any]:
    from benchmarks import servers

    print(f"{database}, {stored:,} stored", file=sys.stderr, flush=True)
    with servers.store(database) as environment:
        child = subprocess.run(
            [sys.executable, "-m", "benchmarks.storing", "--child", str(stored), str(posts)],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        )
    told: dict[str, Any] = json.loads(child.stdout)
    return told


def _table(found: dict[str, dict[int, dict[str, Any]]], read: dict[str, float], posts: int) -> str:
    lines = [
        "# Storing",
        "",
        "`python -m benchmarks.storing --write`. A file of JSON lines is imported in one process: read, mapped, matched with nine watches of",
        "three brands, language told, near-duplicates folded, posts, raw items, authors and mentions stored, counted and indexed, in",
        f"transactions of 5,000 posts. {posts:,} posts of about 110 bytes, one mention each or a little more. PostgreSQL syncs at every",
        "commit, SQLite at every checkpoint (WAL, synchronous=NORMAL). *Bare*: rows of posts alone into a table with its two keys,",
        "`executemany` on SQLite, COPY through a staging table with ON CONFLICT on PostgreSQL, in the same run.",
        "",
        "| Database | Stored before | Mentions/s | Goal | of processor time | Bare rows/s | Mentions per bare row | Posts of long ago, mentions/s |",
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for database, by_size in found.items():
        name = "SQLite" if database == "sqlite" else "PostgreSQL"
        for size, told in by_size.items():
            goal = f"{GOALS[size]:,}" if size in GOALS else "–"
            past = f"{told['past_mentions']:,.0f}" if "past_mentions" in told else "–"
            now, cpu, bare = told["now_mentions"], told["now_cpu"], told["bare"]
            lines.append(
                f"| {name} | {size:,} | {now:,.0f} | {goal} | {cpu:,.0f} | {bare:,.0f} | {now / bare:.2f} | {past} |"
            )
    if any(
        told["now_mentions"] < GOALS.get(size, 0)
        for by_size in found.values()
        for size, told in by_size.items()
    ):
        lines += ["", *NOT_REACHED]
    lines += [
        "",
        "## Reading and folding",
        "",
        "Texts per second of processor time on one core. Recall: how many of 10,000 posts (12 to 20 words) are folded into the original",
        "after one or two words were replaced, put in or left out; every fold is compared word by word, so nothing is folded that agrees",
        "in less than 0.6 of its words.",
        "",
        "| What | Texts/s | Recall, one word | Recall, two words |",
        "| --- | --: | --: | --: |",
        f"| language, here | {read['language']:,.0f} | | |",
        f"| language, py3langid itself | {read['py3langid']:,.0f} | | |",
        f"| folding, here | {read['folding']:,.0f} | {read['recall_1']:.3f} | {read['recall_2']:.3f} |",
    ]
    if "datasketch" in read:
        rate, recall = read["datasketch"], read["datasketch_recall_2"]
        lines.append(f"| folding, datasketch (64 permutations, LSH at 0.6) | {rate:,.0f} | | {recall:.3f} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    if "--child" in sys.argv:
        at = sys.argv.index("--child")
        print(json.dumps(measure(int(sys.argv[at + 1]), int(sys.argv[at + 2]))))
    else:
        sys.exit(main(sys.argv[1:]))
