"""The event stream: one small Starlette app, server-sent events only, beside the pages' workers.

`GET /live/stream?channels=a,b` with the pages' session cookie. Events are named by their channel and hold JSON; who comes back
with Last-Event-ID is told what was missed. A client too slow to keep up is dropped, and comes back by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.http.request import HttpRequest, validate_host
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from grapevine.config import live_feed
from grapevine.core import guests, live

log = structlog.get_logger(__name__)

QUEUE = 200  # events that may wait for one client
HEARTBEAT = 15.0  # seconds between comments that keep the line open
RECHECK = 60.0  # seconds after which a client must still be allowed to listen
MAX_CHANNELS = 20


@dataclass(eq=False)
class Listener:
    """One open page."""

    channels: frozenset[str]
    queue: asyncio.Queue[live_feed.Notice | None] = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def hand(self, notice: live_feed.Notice) -> bool:
        """Give a notice to the page; False when it does not keep up."""
        try:
            self.queue.put_nowait(notice)
        except asyncio.QueueFull:
            return False
        return True


class Hub:
    """All open pages, and the feed that tells them."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.closing = False

    def tell(self, notices: list[live_feed.Notice]) -> None:
        """Hand the notices to those who listen; the slow are dropped."""
        for listener in list(self.listeners):
            for notice in notices:
                if notice.channel in listener.channels and not listener.hand(notice):
                    self.drop(listener)
                    break

    def drop(self, listener: Listener) -> None:
        """Let a page go; its stream ends at once."""
        self.listeners.discard(listener)
        with contextlib.suppress(asyncio.QueueEmpty):
            listener.queue.get_nowait()
        with contextlib.suppress(asyncio.QueueFull):
            listener.queue.put_nowait(None)

    def close(self) -> None:
        """End all streams: the server stops."""
        self.closing = True
        for listener in list(self.listeners):
            self.drop(listener)


def _user_of(session_key: str) -> Any:
    """The user of a session; None when nobody is signed in. Runs in a thread: it asks the database."""
    close_old_connections()
    try:
        request = HttpRequest()
        request.session = SessionStore(session_key or None)
        user = get_user(request)
        if user.is_authenticated:
            return user
        return guests.guest() if guests.welcome() else None
    finally:
        close_old_connections()


async def _refusal(request: Request, channels: frozenset[str]) -> Response | None:
    """Why this request gets no stream; None when it does."""
    hosts = settings.ALLOWED_HOSTS
    if not validate_host(urlsplit(f"//{request.headers.get('host', '')}").hostname or "", hosts):
        return PlainTextResponse("This host name is not served here.\n", 400)
    if not channels or len(channels) > MAX_CHANNELS:
        return PlainTextResponse("Name one to twenty channels.\n", 400)
    key = request.cookies.get(settings.SESSION_COOKIE_NAME, "")
    user = await sync_to_async(_user_of, thread_sensitive=False)(key)
    if user is None:
        return PlainTextResponse("Sign in first.\n", 401)
    if not all(live.may_hear(user, channel) for channel in channels):
        return PlainTextResponse("You may not listen to this.\n", 403)
    return None


def _origin_headers(request: Request) -> dict[str, str]:
    """Lets the pages of this installation listen from their own port, and nobody else."""
    origin = request.headers.get("origin", "")
    parts = urlsplit(origin)
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    environment = settings.GRAPEVINE
    ours = origin == environment.public_url or (parts.hostname == host and parts.port == environment.port)
    if not origin or not ours:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }


def _event(notice: live_feed.Notice) -> str:
    return f"id: {notice.id}\nevent: {notice.channel}\ndata: {json.dumps(notice.data, separators=(',', ':'))}\n\n"


async def _events(
    request: Request, hub: Hub, listener: Listener, missed: list[live_feed.Notice]
) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    checked = loop.time()
    try:
        # The browser waits this long before it comes back; told at once, so that the page knows it is connected.
        yield "retry: 2000\n: connected\n\n"
        for past in missed:
            yield _event(past)
        while not hub.closing:
            try:
                async with asyncio.timeout(HEARTBEAT):
                    notice = await listener.queue.get()
            except TimeoutError:
                yield ": still here\n\n"
            else:
                if notice is None:
                    return
                yield _event(notice)
            if loop.time() - checked > RECHECK:
                checked = loop.time()
                if await _refusal(request, listener.channels) is not None:
                    return
    finally:
        hub.listeners.discard(listener)


async def stream(request: Request) -> Response:
    """The stream of one page."""
    hub: Hub = request.app.state.hub
    feed: live_feed.Feed = request.app.state.feed
    names = (name.strip() for name in request.query_params.get("channels", "").split(","))
    channels = frozenset(name for name in names if name)
    headers = _origin_headers(request)
    refusal = await _refusal(request, channels)
    if refusal is not None:
        refusal.headers.update(headers)
        return refusal
    listener = Listener(channels)
    hub.listeners.add(listener)
    last = request.headers.get("last-event-id", "") or request.query_params.get("last", "")
    missed = await feed.since(int(last)) if last.isdigit() else []
    headers |= {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
    told = [notice for notice in missed if notice.channel in channels]
    return StreamingResponse(
        _events(request, hub, listener, told), media_type="text/event-stream", headers=headers
    )


async def healthz(request: Request) -> Response:
    """The process answers, and how many pages listen."""
    hub: Hub = request.app.state.hub
    return PlainTextResponse(f"ok {len(hub.listeners)}\n")


def make_app() -> Starlette:
    """The app; `app.state.hub` knows the open pages."""
    hub = Hub()
    feed = live_feed.for_database(hub.tell)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        running = asyncio.create_task(feed.run())
        try:
            yield
        finally:
            running.cancel()
            hub.close()
            with contextlib.suppress(asyncio.CancelledError):
                await running

    app = Starlette(
        routes=[Route("/live", stream), Route("/live/stream", stream), Route("/healthz", healthz)],
        lifespan=lifespan,
    )
    app.state.hub, app.state.feed = hub, feed
    return app
