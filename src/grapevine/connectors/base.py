"""What a connector is and what it yields.

The words of the shelf: a `Connector` has a `Manifest`, fetches `Batch`es of `Post`s from a platform, maps raw
items to posts, tests a connection (`check`) and, where the platform allows it, sends a `Reply`. Everything
here is a plain value: no database, no Django, no clock (`now` comes from the caller).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

import msgspec

from grapevine.connectors.errors import (
    BadData,
    CannotTell,
    ConnectorError,
    CredentialError,
    Gone,
    RateLimited,
    Unreachable,
)
from grapevine.connectors.findings import Finding
from grapevine.connectors.manifests import Field, Manifest, RateLimit, Removal

if TYPE_CHECKING:
    from grapevine.connectors.http import Exchange

__all__ = [
    "Attachment",
    "Author",
    "BadData",
    "Batch",
    "CannotTell",
    "CheckReport",
    "Connector",
    "ConnectorError",
    "CredentialError",
    "Cursor",
    "Deletion",
    "Field",
    "Finding",
    "Follow",
    "Gone",
    "Kind",
    "Manifest",
    "Post",
    "RateLimit",
    "RateLimited",
    "Rejected",
    "Removal",
    "Reply",
    "SentProof",
    "Settings",
    "Unreachable",
    "setting",
]

Kind = Literal["post", "comment", "article", "review", "reply", "repost", "message"]
"""`message` was written to us and to nobody else (an e-mail, a contact form): no watch sees it, nor who reads the stream."""
Settings = Mapping[str, Any]
"""A source's settings by the keys of its manifest's fields; secrets in clear, so never logged."""
Cursor = Mapping[str, Any]
"""Where to go on: JSON that only the connector reads. `{}` means from the beginning."""


class Author(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who published a post, as the platform names them. `external_id` is unique within a source."""

    external_id: str
    handle: str = ""
    name: str = ""
    url: str = ""
    followers: int | None = None


class Post(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What somebody published, in one shape for all platforms.

    Times are aware and in UTC. `lang` and `country` are what the platform says and may be wrong. `metrics`
    counts likes, shares, comments, reach, views and the like at the time of fetching. `notes` are codes for
    what the connector had to make up: `date_first_seen` (no date of its own), `id_made` (no id of its own),
    `url_dropped` (an address that is none of the web).
    `by_us` says whether the brand itself published it, where the platform tells. `refers` are the external ids of earlier messages of
    the same conversation, the nearest last, where the platform names more than `parent_id` (an e-mail's References). `copies` are the others it
    went to, `reply_to` is where its author asks for answers instead of where it came from, `undelivered` (of a bounce) whom the message named in
    `parent_id` did not reach. These four are not stored with the post.
    """

    external_id: str
    kind: Kind
    text: str
    title: str = ""
    author: Author | None = None
    url: str = ""
    lang: str = ""
    country: str = ""
    published_at: datetime
    edited_at: datetime | None = None
    parent_id: str = ""
    thread_id: str = ""
    repost_of: str = ""
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    metrics: dict[str, int] = {}
    media: tuple[str, ...] = ()
    site: str = ""
    notes: tuple[str, ...] = ()
    by_us: bool | None = None
    refers: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    reply_to: str = ""
    undelivered: tuple[str, ...] = ()


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file that goes with a message, ours or theirs."""

    name: str
    media_type: str
    content: bytes


class Deletion(msgspec.Struct, frozen=True):
    """A post that is no longer public at the platform. `at` is when it went, or when we noticed."""

    external_id: str
    at: datetime


class Follow(msgspec.Struct, frozen=True, gc=False):
    """`follower` listens to `followed` (authors' ids at the platform); `since` when that began, where the platform says so."""

    follower: str
    followed: str
    since: datetime | None = None


class Rejected(msgspec.Struct, frozen=True):
    """One item that could not be read and was left out; the rest goes on.

    `line` counts from 1 (0 where there are no lines), `reason` is a code of `REASONS` in
    `connectors.reasons`, `detail` an English addition for the curious, `raw` the item as it came, cut at 64
    KiB.
    """

    line: int
    reason: str
    detail: str
    raw: bytes


class Batch(msgspec.Struct, kw_only=True):
    """A piece of what was fetched, to be stored in one transaction together with `cursor`.

    `posts` are pairs of the post and the raw item it was mapped from. A post seen before (same `external_id`)
    is an edit. `done` says that there is no more for now; `wait` then is the number of seconds until asking
    again makes sense (None: as the source's schedule says). `not_modified` says that the platform confirmed
    nothing is new. `follows` began or are still so, `unfollows` are over; of one pair an unfollow is the later word.
    """

    posts: list[tuple[Post, bytes]] = []
    deletions: list[Deletion] = []
    follows: list[Follow] = []
    unfollows: list[Follow] = []
    rejected: list[Rejected] = []
    cursor: dict[str, Any] = {}
    done: bool = False
    wait: float | None = None
    not_modified: bool = False


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of ours on its way out.

    `to` is the external id of the post answered. `key` is made once per answer and is the same at every attempt, for platforms that take
    an idempotency key (an e-mail's Message-ID is made of it). `resend` says that an earlier attempt may have arrived: the connector then
    looks before it sends. `since` is when the first attempt began, to narrow that look. `recipient` is the external id of the author
    answered, `copies` of others who get it too, `signed` the name it goes out under where the platform shows one, `refers` as in `Post`.
    """

    to: str
    text: str
    thread_id: str = ""
    resend: bool = False
    since: datetime | None = None
    key: str = ""
    subject: str = ""
    recipient: str = ""
    signed: str = ""
    refers: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    copies: tuple[str, ...] = ()


class SentProof(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform answered to a reply: the only ground on which it may be called sent.

    `state` is `published`, or `held` when the platform keeps it for a moderator. `found` says that it was
    there already from an earlier attempt.
    """

    external_id: str
    url: str
    state: Literal["published", "held"] = "published"
    sent_at: datetime
    found: bool = False
    raw: bytes = b""


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a connection test, in words: what was found there and what we may do.

    `lines` are good news and bad, made by `Manifest.finding`; `settings` are corrections found on the way (a
    feed's own address behind a page's, for one) that the caller may take over.
    """

    ok: bool
    lines: tuple[Finding, ...] = ()
    settings: dict[str, Any] = {}


@runtime_checkable
class Connector(Protocol):
    """The code that speaks a platform's dialect. Holds no state: everything comes in by arguments.

    A connector whose manifest lists `streams` also has `stream(settings, cursor, *, http, now)`, an iterator
    of batches that does not end by itself. One whose manifest lists `removes` also has `remove(settings, external_id, how, *, http)`,
    which raises `ConnectorError` and may be called again after an attempt that may have arrived. One with messages that carry files or
    HTML also has `attachments(raw) -> tuple[Attachment, ...]`, `html(raw) -> str` (as it came: hostile) and `embedded(raw) -> dict[str, int]`
    (which attachment a `cid:` address in it means).
    """

    manifest: Manifest

    def fetch(self, settings: Settings, cursor: Cursor, *, http: Exchange, now: datetime) -> Iterator[Batch]:
        """Yield what is new since `cursor`, in batches; the last has `done`. Raises `ConnectorError`."""
        ...

    def map(self, raw: bytes, settings: Settings | None = None) -> Post:
        """Map one raw item, as kept beside its post, to a post. Pure; raises `BadData` and nothing else."""
        ...

    def check(self, settings: Settings, *, http: Exchange) -> CheckReport:
        """Try the connection and say in words what works. Raises `ConnectorError`."""
        ...

    def send(self, settings: Settings, reply: Reply, *, http: Exchange) -> SentProof:
        """Publish a reply and return the platform's proof. Raises `ConnectorError`."""
        ...


def setting(settings: Settings, key: str, *, required: bool = False) -> str:
    """A text setting, trimmed. Raises `BadData` when it is required and empty."""
    value = str(settings.get(key) or "").strip()
    if required and not value:
        raise BadData("setting_missing", key=key)
    return value
