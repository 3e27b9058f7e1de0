"""For tests of connectors, ours and others': a web in memory, and what the shelf's checks need to run a
connector.

A connector's folder has a `testing.py` with `rehearsal(folder)`, which returns a `Rehearsal` played from
fixtures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import msgspec

from grapevine.connectors.base import Batch, Connector, Cursor, Settings, Unreachable
from grapevine.connectors.http import Answer, Exchange, Request

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Page = bytes | Answer | Callable[[Request], Answer] | Exception


class FakeHttp(Exchange):
    """Answers from a table of addresses (without query), and remembers the requests in `seen`.

    A page is a body, a whole answer, a function or an error. A body gets an ETag, and 304 when that is sent
    back. What is not in the table is a 404.
    """

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self.pages = dict(pages)
        self.seen: list[Request] = []

    def exchange(self, request: Request) -> Answer:
        """Look the address up."""
        self.seen.append(request)
        address = request.url.partition("?")[0]
        page = self.pages.get(request.url, self.pages.get(address))
        if page is None:
            return Answer(404, request.url)
        if isinstance(page, Exception):
            raise page
        if isinstance(page, Answer):
            return page
        if callable(page):
            return page(request)
        tag = f'"{hash(page):x}"'
        if request.headers.get("If-None-Match") == tag:
            return Answer(304, request.url, {"etag": tag})
        return Answer(200, request.url, {"etag": tag}, page)


class Stage(Protocol):
    """A platform in memory that takes replies, for the checks of sending.

    `settings` suffice to send and to take away; `to` is somebody's post there that can be answered (in `thread_id`), and taken away; `recipient` is
    its author. `http` is what the connector is given (a connector that doesn't speak HTTP finds its platform in its own way).
    """

    settings: Settings
    http: Exchange
    to: str
    thread_id: str
    recipient: str

    def said(self) -> list[str]:
        """The texts of the replies that are there, as plain text."""
        ...

    def swallow(self) -> None:
        """Take the next reply, and then answer nothing or break off."""
        ...

    def refuse(self) -> None:
        """From now on refuse our credentials, as an expired key is refused."""
        ...

    def taken_away(self) -> str:
        """What has become of the post `to`: hide, delete, or nothing."""
        ...


class Swallowing(Exchange):
    """Passes everything on; once `armed`, the next request that changes something is carried out, and its answer lost."""

    def __init__(self, inner: Exchange) -> None:
        self.inner = inner
        self.armed = False

    def exchange(self, request: Request) -> Answer:
        """Pass it on. Raises `Unreachable` with `unconfirmed` where an answer is lost."""
        answer = self.inner.exchange(request)
        if self.armed and request.method not in ("GET", "HEAD") and answer.status < 300:
            self.armed = False
            raise Unreachable("unconfirmed", host=answer.host, detail="swallowed")
        return answer


@dataclass(frozen=True)
class Rehearsal:
    """A connector's play from fixtures. `web` makes a fresh web in memory that answers the same every time.

    `received` are raw items that came in by a page of ours (`Manifest.receives`).
    `spoilt` are further raw items, broken ones among them, for the mapping to stand. `stage` makes a fresh platform to send to; every
    connector that sends has one.
    """

    settings: Settings
    web: Callable[[], Exchange]
    spoilt: tuple[bytes, ...] = ()
    received: tuple[bytes, ...] = ()
    now: datetime = NOW
    folder: Path = field(default_factory=Path)
    stage: Callable[[], Stage] | None = None


def fetched(
    connector: Connector,
    settings: Settings,
    http: Exchange,
    *,
    cursor: Cursor | None = None,
    now: datetime = NOW,
) -> list[Batch]:
    """All batches of one fetch."""
    return list(connector.fetch(settings, cursor or {}, http=http, now=now))


def json_page(
    content: Any, *, url: str = "https://blog.example/", status: int = 200, **headers: str
) -> Answer:
    """An answer that carries JSON; header names are written with _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, url, {"content-type": "application/json", **named}, msgspec.json.encode(content))
