"""Makers for everybody's tests."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any

import msgspec

from grapevine import connectors
from grapevine.connectors.base import (
    Author,
    BadData,
    Batch,
    CheckReport,
    ConnectorError,
    Deletion,
    Field,
    Manifest,
    RateLimit,
    Reply,
    SentProof,
    Unreachable,
)
from grapevine.connectors.base import Post as Heard
from grapevine.core.testing import NOON
from grapevine.sources import facts, secrets
from grapevine.sources.actions import batches, sending
from grapevine.sources.contracts import outbox
from grapevine.sources.models import (
    Credential,
    Import,
    Outgoing,
    Post,
    PostVersion,
    RawBlock,
    Rejected,
    Source,
)
from grapevine.sources.privacy import Posts

__all__ = [
    "FakeKeeper",
    "FakePlatform",
    "Import",
    "Outgoing",
    "Post",
    "PostVersion",
    "Posts",
    "RawBlock",
    "Rejected",
    "Source",
    "batch",
    "facts",
    "heard",
    "keeper",
    "make_import",
    "make_outgoing",
    "make_post",
    "make_sending_source",
    "make_source",
    "platform",
    "send_due",
    "store",
]

_numbers = itertools.count(1)


def make_source(*, name: str = "The Elsinore Gazette", connector: str = "file", **values: Any) -> Source:
    """A source; a file unless said otherwise, so that nothing is fetched."""
    values.setdefault("created_at", NOON)
    return Source.objects.create(name=name, connector=connector, **values)


def start_over() -> None:
    """Count from one again: the minute at which a test's first post was published must not hang on the tests before it."""
    global _numbers
    _numbers = itertools.count(1)


def heard(
    text: str = "Something is rotten in the state of Denmark",
    *,
    author: str = "hamlet",
    external_id: str = "",
    at: datetime | None = None,
    **values: Any,
) -> Heard:
    """A post as a connector yields it. Each is a minute after the one before unless `at` is given."""
    number = next(_numbers)
    return Heard(
        external_id=external_id or f"post-{number}",
        kind=values.pop("kind", "post"),
        text=text,
        author=Author(external_id=author, handle=author, name=author.title()) if author else None,
        published_at=at or NOON + timedelta(minutes=number),
        **values,
    )


def batch(posts: Sequence[Heard], *, gone: Sequence[str] = (), **values: Any) -> Batch:
    """A batch of posts with raw items, and deletions by external id."""
    return Batch(
        posts=[(post, f'{{"id":"{post.external_id}"}}'.encode()) for post in posts],
        deletions=[Deletion(one, NOON) for one in gone],
        done=values.pop("done", True),
        **values,
    )


def store(
    source: Source, *posts: Heard, gone: Sequence[str] = (), at: datetime = NOON, **values: Any
) -> batches.Outcome:
    """Let posts come in from a source, the way they really come: matched, counted, indexed."""
    return batches.store(source=source, batch=batch(posts, gone=gone, **values), at=at)


def make_post(
    *, source: Source | None = None, text: str = "Something is rotten in the state of Denmark", **values: Any
) -> Post:
    """A stored post. Watches that are there catch it."""
    source = source or Source.objects.first() or make_source()
    post = heard(text, **values)
    store(source, post)
    return Post.objects.get(source=source, external_id=post.external_id)


def make_import(
    *, source: Source | None = None, file_name: str = "letters.csv", path: str = "", **values: Any
) -> Import:
    """An import, as it stands before it began."""
    values.setdefault("created_at", NOON)
    return Import.objects.create(
        source=source or make_source(), file_name=file_name, path=path or file_name, **values
    )


class FakePlatform:
    """A platform that takes replies, for tests of what is put into the outbox: `with testing.platform() as there: …`.

    `there` are the replies it has taken, by their ids; `gone` what was hidden or deleted. What stands in `troubles` is raised, one at each
    attempt, before the reply is taken; with `swallows` the next reply is taken and then not confirmed.
    """

    manifest = Manifest(
        name="fake", label="Fake", summary="", terms="Look, don't touch.", retention_days=0, rate_limit=RateLimit(1000, 1.0),
        fetches=("comment",), sends=("comment",), removes=("hide", "delete"), longest_reply=500, attachment_bytes=1000,
        send_needs=("key",), fields=(Field(key="key", kind="secret", label="Key", help=""),),
    )  # fmt: skip

    def __init__(self) -> None:
        self.there: dict[str, Reply] = {}
        self.gone: dict[str, str] = {}
        self.tried: list[Reply] = []
        self.troubles: list[ConnectorError] = []
        self.swallows = False
        self.moderated = False

    def fetch(self, settings: Any, cursor: Any, *, http: Any, now: Any) -> Iterator[Batch]:
        yield Batch(done=True)

    def map(self, raw: bytes, settings: Any = None) -> Heard:
        raise BadData("no_text", detail="")

    def check(self, settings: Any, *, http: Any) -> CheckReport:
        return CheckReport(ok=True)

    def send(self, settings: Any, reply: Reply, *, http: Any) -> SentProof:
        self.tried.append(reply)
        if self.troubles:
            raise self.troubles.pop(0)
        number = next((key for key, one in self.there.items() if one.key == reply.key), "")
        if number and reply.resend:
            return self._proof(number, found=True)
        number = f"answer-{len(self.there) + 1}"
        self.there[number] = reply
        if self.swallows:
            self.swallows = False
            raise Unreachable("server_error", host="fake.example", status=500)
        return self._proof(number, found=False)

    def _proof(self, number: str, *, found: bool) -> SentProof:
        return SentProof(
            external_id=number, url=f"https://fake.example/{number}", state="held" if self.moderated else "published",
            sent_at=NOON, found=found,
        )  # fmt: skip

    def remove(self, settings: Any, external_id: str, how: str, *, http: Any) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.gone[external_id] = how


@contextmanager
def platform(*, private: bool = False) -> Iterator[FakePlatform]:
    """A fake platform on the shelf for the time of a block, by the name `fake`. Where it is `private` only they read what we answer."""
    made = FakePlatform()
    made.manifest = msgspec.structs.replace(FakePlatform.manifest, carries_links=private)
    connectors.shelf()["fake"] = made
    try:
        yield made
    finally:
        del connectors.shelf()["fake"]


def make_sending_source(*, name: str = "The Globe", **values: Any) -> Source:
    """A source of the fake platform, with the key it needs to send."""
    source = make_source(name=name, connector="fake", credential_state="untried", **values)
    Credential.objects.create(source=source, sealed=secrets.seal({"key": "open sesame"}), changed_at=NOON)
    return source


def make_outgoing(*, source: Source | None = None, **values: Any) -> Outgoing:
    """An answer in the outbox, as it stands when it has failed, of nobody's."""
    return Outgoing.objects.create(
        **{
            "source": source or make_sending_source(),
            "of": "test",
            "of_id": next(_numbers),
            "key": f"key-{next(_numbers)}",
            "to": "post-1",
            "lane": "post-1",
            "text": "We are sorry.",
            "state": "failed",
            "error_code": "post_gone",
            "error_params": {"detail": "in the trash"},
            "wanted_at": NOON,
            "next_try_at": NOON,
            **values,
        }
    )


class FakeKeeper:
    """Keeps what a test puts into the outbox, and remembers what it was told. `refusal` is its answer to `may_go`."""

    def __init__(self) -> None:
        self.refusal: outbox.Refusal | None = None
        self.told: list[tuple[Any, ...]] = []
        self.proofs: dict[int, outbox.Proof] = {}

    def hold(self, of: str, ids: Collection[int]) -> None:
        pass

    def may_go(self, of: str, of_id: int, at: datetime) -> outbox.Refusal | None:
        return self.refusal

    def went(self, of: str, of_id: int, proof: outbox.Proof, at: datetime) -> None:
        self.proofs[of_id] = proof
        self.told.append(("went", of_id, proof.state))

    def failed(self, of: str, of_id: int, state: str, code: str, params: Any, at: datetime) -> None:
        self.told.append((state, of_id, code))

    def held(self, of: str, of_id: int, code: str, params: Any, at: datetime) -> None:
        self.told.append(("held", of_id, code))

    def released(self, of: str, of_id: int, at: datetime) -> None:
        self.told.append(("released", of_id))

    def words(self, code: str, params: Any) -> str:
        return f"{code}!"


@contextmanager
def keeper(of: str = "test") -> Iterator[FakeKeeper]:
    """A keeper of that name for the time of a block."""
    made = FakeKeeper()
    outbox.register(of, made, address="/test/{}".format)
    try:
        yield made
    finally:
        del outbox._keepers[of], outbox._addresses[of]


def send_due(*, at: datetime) -> list[str]:
    """Try everything in the outbox that is due at `at`, until nothing is; the states things are in after each attempt."""
    states: list[str] = []
    while found := sending.due(at):
        states += [sending.send(one, clock=lambda: at, rng=Random(1)) for one in found]
    return states
