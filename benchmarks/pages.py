"""Pages with five thousand and with five million mentions, on both databases: the same questions, about the same time.

`python -m benchmarks.pages [--quick] [--only sqlite|postgresql] [--write]`; `--write` puts what was measured into
docs/benchmarks/pages.md and leaves the other database's part as it is. Each store is made in a folder of its own, which goes
afterwards. Times are those of the whole request in one process (middleware, selectors, template), the median of fifteen.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

ROUNDS = 15
SIZES = (5_000, 5_000_000)
QUICK = (5_000, 200_000)
TITLES = {"sqlite": "## SQLite", "postgresql": "## PostgreSQL"}
HEAD = """# Pages, small store and large

`python -m benchmarks.pages --write`. Milliseconds of the whole request in one process (middleware, selectors, template; median of
15), and the number of questions asked of the database. 90 days of talk; brands, sources and languages are uneven, some rare.
"""
TABLE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks" / "pages.md"


def measure(posts: int) -> dict[str, Any]:
    """Fill the store of this process' environment and ask it pages: name → [milliseconds, slowest, questions]."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    from django.core.management import call_command

    from benchmarks import fill
    from grapevine.core import clock

    call_command("migrate", verbosity=0)
    began = perf_counter()
    fill.fill(posts, now=clock.now())
    print(f"  filled in {perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return {name: _ask(path) for name, path in _paths().items()}


def _paths() -> dict[str, str]:
    from grapevine.listen.models import Mention
    from grapevine.sources.contracts import ids

    newest = Mention.objects.order_by("-post_id").values_list("post_id", flat=True)[0]
    oldest = Mention.objects.order_by("post_id").values_list("post_id", flat=True)[0]
    middle = (newest + oldest) // 2
    one = Mention.objects.filter(post_id__lt=middle).order_by("-post_id").values_list("post_id", flat=True)[0]
    day = ids.moment(middle).date()
    return {
        "stream, newest": "/stream/",
        "stream, in the middle of it all": f"/stream/?before={middle}",
        "stream of a brand": "/stream/?brand=fjord",
        "stream of a rare brand": "/stream/?brand=sjelden",
        "stream of a watch": "/stream/?watch=2",
        "stream of a brand, a source, a language": "/stream/?brand=fjord&source=2&lang=da",
        "stream of a rare source and a rare language": "/stream/?source=4&lang=nn",
        "stream of a rare brand and a rare source": "/stream/?brand=sjelden&source=4",
        "stream of a mood": "/stream/?mood=negative",
        "stream of a rare wish of a rare brand": "/stream/?brand=sjelden&want=complains",
        "stream of spam": "/stream/?spam=only",
        "what people want of a brand": "/brands/fjord/wishes/",
        "stream of an author": "/stream/?author=7",
        "stream of a day": f"/stream/?from={day}&to={day}",
        "search for a common word": "/stream/?q=kaffe",
        "search for a rare word": "/stream/?q=n%C3%A5la",
        "search for a word that is not there": "/stream/?q=ingenting",
        "search: kaffe NEAR/3 ord77 -ord5": "/stream/?q=kaffe+NEAR%2F3+ord77+-ord5",
        "what is new since a minute": "/stream/new/?since=1",
        "a mention": f"/mentions/{one}/",
        "a mention within a brand and a source": f"/mentions/{one}/?brand=fjord&source=2",
        "a brand, 30 days": "/brands/fjord/",
        "a brand, 12 months": "/brands/fjord/?period=12m",
        "all brands": "/brands/",
        "start page": "/",
    }


def _ask(path: str) -> list[float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from grapevine.core.models import User
    from grapevine.core.testing import make_user

    client = Client()
    client.force_login(User.objects.first() or make_user(role="lead"))
    times = []
    for number in range(ROUNDS + 2):
        with CaptureQueriesContext(connection) as asked:
            began = perf_counter()
            response = client.get(path)
            taken = perf_counter() - began
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        if number >= 2:
            times.append(taken * 1000)
        if taken > 5 and number >= 3:
            break
    return [round(statistics.median(times), 1), round(max(times), 1), len(asked)]


def main(arguments: list[str]) -> int:
    """Measure each database at each size, in a process of its own, and print the table."""
    sizes = QUICK if "--quick" in arguments else SIZES
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    for database, title in TITLES.items():
        if only not in ("", database):
            continue
        few, many = (_in_a_process(database, size) for size in sizes)
        part = _part(title, sizes, few, many)
        print(part, flush=True)
        if "--write" in arguments:
            _write(title, part)
    return 0


def _in_a_process(database: str, size: int) -> dict[str, list[float]]:
    print(f"{database}, {size:,} posts", file=sys.stderr, flush=True)
    from benchmarks import servers

    with servers.store(database) as environment:
        child = subprocess.run(
            [sys.executable, "-m", "benchmarks.pages", "--child", str(size)],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        )
    told: dict[str, list[float]] = json.loads(child.stdout)
    return told


def _part(
    title: str, sizes: tuple[int, int], few: dict[str, list[float]], many: dict[str, list[float]]
) -> str:
    lines = [
        title,
        "",
        f"| Page | {sizes[0]:,} posts | {sizes[1]:,} posts | questions |",
        "| --- | --: | --: | --: |",
    ]
    for name, (before, _slowest, asked) in few.items():
        after, _slowest, later = many[name]
        questions = f"{asked}" if asked == later else f"{asked} / {later}"
        lines.append(f"| {name} | {before:.0f} ms | {after:.0f} ms | {questions} |")
    return "\n".join([*lines, ""])


def _write(title: str, part: str) -> None:
    """Put a part into the document in place of the one before."""
    parts = {one.partition("\n")[0]: one for one in _parts()}
    parts[title] = part
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text("\n".join([HEAD, *(parts[one] for one in TITLES.values() if one in parts)]))


def _parts() -> list[str]:
    text = TABLE.read_text() if TABLE.exists() else ""
    return [f"## {one.strip()}\n" for one in text.split("\n## ")[1:]]


if __name__ == "__main__":
    if "--child" in sys.argv:
        print(json.dumps(measure(int(sys.argv[sys.argv.index("--child") + 1]))))
    else:
        sys.exit(main(sys.argv[1:]))
