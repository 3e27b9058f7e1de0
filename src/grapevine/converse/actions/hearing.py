"""What is heard becomes part of a conversation: in the transaction that stores the posts, called by `converse.intake`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cached_property

from grapevine.connectors.base import Post
from grapevine.converse import events, routing, rules
from grapevine.converse.actions import holding, messages, placing, remembering, turns, waits
from grapevine.converse.models import Direction, Message, MessageState, Status, Thread
from grapevine.converse.selectors import desks
from grapevine.converse.targets import Book
from grapevine.core import access, news
from grapevine.listen.contracts.readings import Read
from grapevine.sources.contracts.intake import SourceFacts
from grapevine.sources.selectors import outbox
from grapevine.understand.actions import readings

IN_FLIGHT = (MessageState.WAITING, MessageState.HELD, MessageState.UNCLEAR)
"""Answers that may stand there already though no proof of it is stored."""
SUBJECT = 300


class Desk:
    """The desk as it stands while a batch is taken in: asked for when somebody needs it, and once."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    @cached_property
    def book(self) -> Book:
        """Hours and targets."""
        return desks.book(self.at)

    @cached_property
    def routing(self) -> routing.Desk:
        """Who there is, and the rules; it counts along what it gives away."""
        return desks.desk(self.at, among=self.book)


def begin(
    *,
    source: SourceFacts,
    post: Post,
    brand_id: int | None,
    identity_id: int | None,
    read: Read,
    at: datetime,
) -> Thread:
    """A new thread for a post, still without its message."""
    return Thread.objects.create(
        brand_id=brand_id,
        source_id=source.id,
        external_id=post.external_id,
        identity_id=identity_id,
        subject=post.title[:SUBJECT],
        lang=read.lang or post.lang[:8],
        opened_at=at,
        last_at=post.published_at,
        is_demo=source.is_demo,
    )


def take_in(
    thread: Thread, *, source_id: int, post: Post, post_id: int, identity_id: int | None, read: Read, at: datetime,
    answers: int | None = None, is_new: bool = False, desk: Desk | None = None,
) -> Message:  # fmt: skip
    """Put a post into its thread, and make it our turn where a person there said something. Whoever puts in many gives them one `desk`.
    Tells MessageHeard."""
    own = _own(thread, post)
    if own is not None:
        tie(own, source_id, post, post_id)
        return own
    is_ours = post.by_us is True
    message = messages.add(
        thread,
        direction=Direction.OURS if is_ours else Direction.THEIRS,
        at=post.published_at,
        text=_text(post),
        lang=read.lang or post.lang[:8],
        post_id=post_id,
        source_id=source_id,
        external_id=post.external_id,
        answers_id=answers,
        identity_id=None if is_ours else identity_id,
        url=post.url,
        media=list(post.media),
        has_html="html" in post.notes,
        notes=list(post.notes),
        copies=list(post.copies),
        reply_to=post.reply_to,
        edited_at=post.edited_at,
        signed=_shown_name(post) if is_ours else "",
        state=MessageState.SENT if is_ours else MessageState.NONE,
    )
    if is_ours:
        _answered_there(thread, post.published_at)
        messages.keep(thread, "last_from_us_at", "first_answered_at")
        messages.tell(thread, new=1)
        return message
    reopened = _they_said(thread, post, read, at, is_new=is_new, desk=desk or Desk(at))
    messages.keep(thread, "last_from_them_at", "mood", "wants", "lang", *placing.FIELDS)
    if not read.spam:
        remembering.heard(message, post)
    messages.tell(thread, new=1)
    news.tell(events.MessageHeard(thread.pk, message.pk, reopened, at))
    return message


def _text(post: Post) -> str:
    """What they said. A title that the thread carries as its subject is not said again."""
    return post.text or post.title


def _shown_name(post: Post) -> str:
    return (post.author.name or post.author.handle)[:120] if post.author is not None else ""


def _they_said(thread: Thread, post: Post, read: Read, at: datetime, *, is_new: bool, desk: Desk) -> bool:
    """Whether their word opened the thread again."""
    if thread.last_from_them_at is None or post.published_at >= thread.last_from_them_at:
        thread.last_from_them_at, thread.mood = post.published_at, read.mood
    thread.wants |= read.wants
    thread.lang = thread.lang or read.lang
    if rules.is_unasked(post.notes):
        return False
    asleep = thread.status == Status.SNOOZED and not thread.wakes_on_answer
    if thread.status == Status.SPAM or asleep:
        return False
    before = thread.status
    if is_new:
        _place(thread, post, at, desk)
    turns.ours(thread, since=post.published_at, at=at, book=desk.book)
    if is_new or before == Status.OPEN:
        return False
    messages.event(thread, "reopened", by=access.SYSTEM, at=at, before=before)
    return True


def _place(thread: Thread, post: Post, at: datetime, desk: Desk) -> None:
    """Give a new thread to those whom the rules choose, and say why."""
    before = thread.priority
    choice, facts = placing.place(
        thread, text=readings.whole(post.title, post.text), at=at, desk=desk.routing
    )
    if choice.gives:
        messages.event(thread, "routed", by=access.SYSTEM, at=at, **facts)
    elif choice.priority != before:
        facts = {"priority": choice.priority, "reasons": facts["reasons"]}
        messages.event(thread, "prioritised", by=access.SYSTEM, at=at, **facts)
    waits.opened(thread, at=at)


def _answered_there(thread: Thread, at: datetime) -> None:
    """Somebody of ours answered on the platform itself."""
    thread.last_from_us_at = max(filter(None, (thread.last_from_us_at, at)))
    thread.first_answered_at = thread.first_answered_at or at
    said = thread.last_from_them_at
    if thread.status == Status.OPEN and (said is None or at >= said):
        thread.status = Status.WAITING
        turns.answered(thread, at=at)


def _own(thread: Thread, post: Post) -> Message | None:
    """Our answer that comes back with a pull before its proof was stored, or without one.

    Equal words alone prove nothing: they may quote us, or say "Thank you" as we do. Where the platform doesn't tell whose it is, it is
    ours only while one with these words is on its way there, and never in a letter, which always tells.
    """
    told = post.by_us is True
    if post.by_us is False or (post.kind == "message" and not told):
        return None
    waiting = Message.objects.filter(
        thread=thread, direction=Direction.OURS, state__in=IN_FLIGHT, external_id=""
    )
    same = [one for one in waiting.order_by("at", "pk") if rules.same_words(one.text, post.text)]
    if not told and same:
        tried = outbox.tried([one.outgoing_id for one in same if one.outgoing_id is not None])
        same = [one for one in same if one.outgoing_id in tried]
    return same[0] if same else None


def tie(message: Message, source_id: int, post: Post, post_id: int) -> None:
    """The same message, now with its place there. Whether it is sent is for the outbox to say: it looks, and finds it.

    An answer that went out from a form is proven there, and its copy comes in from the mailbox: it stays the form's. The caller holds
    its thread.
    """
    if not message.external_id:
        message.source_id, message.external_id = source_id, post.external_id
    message.post_id, message.url = post_id, post.url or message.url
    message.save(update_fields=["source", "external_id", "post", "url"])


def bounced(message: Message, *, boxes: Collection[int], undelivered: Collection[str], at: datetime) -> None:
    """Our answer came back: it did not arrive, and it is our turn again. Tells ReplyStuck. Where only copies of it did not arrive
    (`undelivered` names nobody else), that is said, and it stays sent.

    Only what was sent by the mail sources `boxes` can come back: whatever else a letter says it answers stays as it is.
    """
    held = holding.message(message.pk)
    if held is None or held.state != MessageState.SENT or held.source_id not in boxes:
        return
    message, thread = held, held.thread
    if undelivered and set(undelivered).issubset(message.copies):
        messages.event(thread, "copy_bounced", by=access.SYSTEM, at=at, message=message.pk)
        return
    message.state = MessageState.FAILED
    message.save(update_fields=["state"])
    messages.event(thread, "bounced", by=access.SYSTEM, at=at, message=message.pk)
    if thread.status != Status.SPAM:
        turns.ours(thread, since=thread.last_from_them_at or at, at=at)
    messages.keep(thread)
    messages.tell(thread)
    news.tell(events.ReplyStuck(thread.pk, message.pk, MessageState.FAILED, at))


def opened(thread: Thread, *, by: object, at: datetime) -> None:
    """Tell that a conversation began."""
    news.tell(events.ThreadOpened(thread.pk, getattr(by, "pk", None), at))
