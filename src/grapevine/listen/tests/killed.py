"""A worker that is killed again and again: run as a program of its own by `test_kills`.

It imports a file, or follows a stream, in a child that is killed with SIGKILL after a random moment, until so many kills are over; then it lets
the work end, and checks that every post is there once and that everything counted is right. Prints "all is well".
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
BRANDS = ("elsinore", "rome")
STORY = "The roaster of Elsinore on the corner of our street has opened a second shop by the harbour"


def text(number: int) -> str:
    if number % 10 == 3:
        return f"{STORY} {'!' * (number % 4)}"
    return f"Number {number} had coffee in {BRANDS[number % 2]} on day {number // 7} and liked it"


def work_on_import(posts: int, folder: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """The work, and the check at its end."""
    from grapevine.connectors.file import reading
    from grapevine.core import access, clock
    from grapevine.sources import testing
    from grapevine.sources.actions import imports
    from grapevine.sources.testing import Import, Post, Rejected

    reading.read.__kwdefaults__["rows"] = 400  # many small transactions: more moments to be killed at
    path = folder / "posts.jsonl"
    with path.open("w") as file:
        for number in range(posts):
            at = BEGIN + timedelta(minutes=number)
            row = {
                "id": f"p{number}",
                "text": text(number),
                "published_at": at.isoformat(),
                "author": f"a{number % 97}",
            }
            file.write(json.dumps(row) + "\n")
            if number % 500 == 7:
                file.write("{broken\n")
    broken = len(range(7, posts, 500))

    def work() -> None:
        one = Import.objects.order_by("pk").first()
        if one is None:
            one = imports.start(
                source=testing.make_source(),
                path=str(path),
                file_name="posts.jsonl",
                mapping={},
                by=access.SYSTEM,
                at=clock.now(),
                in_background=False,
            )
        imports.run(one.pk, at=clock.now())

    def check() -> None:
        one = Import.objects.get()
        assert (one.state, one.new, one.known, one.rejected) == ("done", posts, 0, broken), vars(one)
        assert Rejected.objects.count() == broken
        assert set(Post.objects.values_list("external_id", flat=True)) == {
            f"p{number}" for number in range(posts)
        }
        assert Post.objects.count() == posts

    return work, check


class Stream:
    """A connector of posts that are edited and deleted at their platform later on."""

    def __init__(self, posts: int) -> None:
        from grapevine.connectors.base import Manifest, RateLimit

        self.posts = posts
        self.manifest = Manifest(
            name="stream",
            label="",
            summary="",
            terms="",
            retention_days=0,
            rate_limit=RateLimit(1, 1.0),
            every_seconds=1.0,
        )

    def fetch(self, settings: Any, cursor: Any, *, http: Any, now: Any) -> Iterator[Any]:
        from grapevine.connectors.base import Batch, Deletion
        from grapevine.sources import testing

        at = cursor.get("at", 0)
        while at < self.posts:
            until = min(at + 50, self.posts)
            batch = testing.batch(
                [self.post(number) for number in range(at, until)],
                cursor={"at": until},
                done=until == self.posts,
            )
            batch.posts += [
                (self.post(number, edited=True), b"")
                for number in range(at - 50, at)
                if number >= 0 and number % 9 == 0
            ]
            batch.deletions = [
                Deletion(f"s{number}", now)
                for number in range(at - 50, at)
                if number >= 0 and number % 13 == 0
            ]
            assert isinstance(batch, Batch)
            yield batch
            at = until

    def post(self, number: int, *, edited: bool = False) -> Any:
        from grapevine.sources import testing

        said = f"{text(number)} (edited)" if edited else text(number)
        at = BEGIN + timedelta(minutes=number)
        return testing.heard(said, external_id=f"s{number}", author=f"a{number % 97}", at=at)

    map = check = send = fetch


def work_on_stream(posts: int, folder: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """The work, and the check at its end."""
    from grapevine import connectors
    from grapevine.core import clock
    from grapevine.sources import testing
    from grapevine.sources.actions import pulls
    from grapevine.sources.testing import Post, PostVersion, Source

    connectors.shelf()["stream"] = Stream(posts)

    def work() -> None:
        source = Source.objects.first() or testing.make_source(connector="stream")
        pulls.pull(source=source, at=clock.now(), rng=random.Random(1))

    def check() -> None:
        source = Source.objects.get()
        assert (source.cursor, source.posts_count, source.last_error_code) == ({"at": posts}, posts, ""), (
            vars(source)
        )
        assert set(Post.objects.values_list("external_id", flat=True)) == {
            f"s{number}" for number in range(posts)
        }
        told = range(posts - 50)
        assert Post.objects.exclude(deleted_at=None).count() == sum(number % 13 == 0 for number in told)
        edited = Post.objects.filter(text__endswith="(edited)").count()
        assert edited == sum(number % 9 == 0 and number % 13 != 0 for number in told)
        assert PostVersion.objects.count() == edited

    return work, check


def check_all() -> None:
    """That every post with a brand's name has its mentions, and that counts and folds are right."""
    from grapevine.core import bulk
    from grapevine.listen import testing
    from grapevine.listen.models import Mention
    from grapevine.sources.testing import Post

    for brand in BRANDS:
        expected = set(Post.objects.filter(text__icontains=brand).values_list("pk", flat=True))
        found = list(Mention.objects.filter(watch__query=brand).values_list("post_id", flat=True))
        assert len(found) == len(set(found))
        assert set(found) == expected
    mentioned = Mention.objects.values("post_id").distinct().count()
    if bulk.is_postgresql():
        assert bulk.ask("SELECT COUNT(*) FROM listen_words") == [(mentioned,)]
    else:
        assert (
            len(bulk.ask("SELECT rowid FROM listen_words WHERE listen_words MATCH 'elsinore OR rome'"))
            == mentioned
        )
    assert Mention.objects.filter(lead_id__gt=0).exists()
    testing.check()


def main(kind: str, posts: int, kills: int, seed: int, folder: str) -> None:
    import django

    django.setup()
    from django.db import connections

    from grapevine.engine.text import folding
    from grapevine.listen import testing
    from grapevine.understand.actions import readings

    for brand in BRANDS:
        testing.make_watch(query=brand)
    readings.warm()
    folding.fingerprints(["warm"])
    make = work_on_import if kind == "import" else work_on_stream
    work, check = make(posts, Path(folder))
    connections.close_all()
    for connection in connections.all():
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    rng, ended, span = random.Random(seed), 0, 0.3
    for _ in range(kills):
        child = os.fork()
        if not child:
            work()
            os._exit(0)
        time.sleep(rng.uniform(0.01, span))
        os.kill(child, signal.SIGKILL)
        ended += os.waitpid(child, 0)[1] == 0
        span = min(span * 1.1, 1.5)  # a slow machine must get somewhere, too
    work()
    check()
    check_all()
    print(f"all is well: {kills - ended} killed, {ended} came too late")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
