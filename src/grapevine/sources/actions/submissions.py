"""What visitors send by a contact form."""

from __future__ import annotations

from datetime import datetime, timedelta

from grapevine import connectors
from grapevine.connectors.base import Batch
from grapevine.connectors.form import mapping
from grapevine.core import throttle
from grapevine.sources.actions import batches
from grapevine.sources.models import Post, Source, SourceState

PER_ADDRESS, WINDOW = 5, timedelta(minutes=10)
PER_FORM, HOUR = 300, timedelta(hours=1)
OPEN_FOR = timedelta(hours=24)
"""So long a page may stand open before it is sent."""


class TooMany(Exception):
    """Too much came by this form, from one address or in all. `wait` says how long until there is room."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__("too many submissions")


class Spent(Exception):
    """Another message was sent with this page already."""


class Closed(Exception):
    """The form takes nothing at the moment."""


def receive(*, source: Source, entry: mapping.Entry, address: str, at: datetime) -> bool:
    """Store what a visitor sent, through the same intake as everything; False when it was there already. Raises TooMany, Spent, Closed.

    No permission is asked for: the form is open to all, which is what it is for. `address` is the visitor's, only to count (with its
    neighbours, which are mostly the same house); it isn't kept.
    """
    # The page is good for one message: who sends another is given a fresh one, and so counted.
    raw = mapping.to_raw(entry)
    post = connectors.get(source.connector).map(raw)
    if Post.objects.filter(source_id=source.pk, external_id=post.external_id).exists():
        return False
    if not Source.objects.filter(pk=source.pk, state=SourceState.ACTIVE).exists():
        raise Closed
    _require_turn(source, address, at=at)
    _spend(source, entry.token, at=at)
    outcome = batches.store(
        source=source, batch=Batch(posts=[(post, raw)], cursor=source.cursor, done=True), at=at
    )
    Source.objects.filter(pk=source.pk).update(last_success_at=at)
    return outcome.new > 0


def _spend(source: Source, token: str, *, at: datetime) -> None:
    if throttle.turn("sources.form.page", str(source.pk), token, limit=1, within=OPEN_FOR, at=at) is not None:
        raise Spent


def _require_turn(source: Source, address: str, *, at: datetime) -> None:
    form = str(source.pk)
    near = throttle.neighbourhood(address)
    for whose, limit, within in (((form, near), PER_ADDRESS, WINDOW), ((form,), PER_FORM, HOUR)):
        if (wait := throttle.turn("sources.form", *whose, limit=limit, within=within, at=at)) is not None:
            raise TooMany(wait)
