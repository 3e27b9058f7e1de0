"""How fast files are read: `python -m grapevine.connectors.file.tests.bench_reading [ROWS]`.

Posts of about 110 bytes in three layouts, read and mapped whole (CPU time, best of three).
"""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from grapevine.connectors.file import reading
from grapevine.connectors.file.inspection import inspect

WORDS = "the service was late again and nobody at the desk could tell why our coffee is cold app broken #coffee @brand".split()
MELTWATER = (
    (Path(__file__).parents[1] / "fixtures" / "meltwater.csv")
    .read_text("utf-16")
    .split("\n")[0]
    .strip()
    .split("\t")
)


def main(rows: int) -> None:
    """Make the files, read them, print the rates."""
    rng = random.Random(1)
    at = datetime(2017, 10, 1, tzinfo=UTC)
    texts = [f"@{rng.randrange(10**6)} {' '.join(rng.choices(WORDS, k=18))}" for _ in range(rows)]
    times = [at + timedelta(seconds=9 * n) for n in range(rows)]
    with tempfile.TemporaryDirectory() as folder:
        support, lines, news = (Path(folder) / name for name in ("twcs.csv", "texts.jsonl", "meltwater.csv"))
        with support.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(
                "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id".split(
                    ","
                )
            )
            for n, (text, when) in enumerate(zip(texts, times, strict=True)):
                answers = f"{n + 1},{n + 2}" if n % 3 == 0 else ""
                writer.writerow(
                    [
                        n,
                        n % 9_999,
                        n % 2 == 0,
                        f"{when:%a %b %d %H:%M:%S +0000 %Y}",
                        text,
                        answers,
                        n - 1 if n % 2 else "",
                    ]
                )
        with lines.open("w") as out:
            out.writelines(
                json.dumps({"id": f"s-{n}", "text": text, "lang": "en", "label": "neutral"}) + "\n"
                for n, text in enumerate(texts)
            )
        with news.open("w", newline="", encoding="utf-16") as file:
            table = csv.DictWriter(file, MELTWATER, delimiter="\t", restval="")
            table.writeheader()
            for n, (text, when) in enumerate(zip(texts, times, strict=True)):
                row = {
                    "Date": f"{when:%d-%b-%Y %I:%M%p}",
                    "Headline": "A headline",
                    "URL": f"https://news.example/{n}",
                }
                table.writerow(
                    row
                    | {
                        "Opening Text": text,
                        "Hit Sentence": text[10:60],
                        "Language": "English",
                        "Reach": "12345",
                    }
                )
        for path in (support, lines, news):
            mapping = inspect(path).mapping
            best = 0.0
            for _ in range(3):
                started = time.process_time()
                count = sum(len(batch.posts) for batch in reading.read(path, mapping))
                best = max(best, count / (time.process_time() - started))
            assert count == rows
            print(f"{path.name:15} {best:>10,.0f} rows/s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
