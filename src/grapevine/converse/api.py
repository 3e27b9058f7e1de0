"""Conversations, for programs: read, a note left, an answer written. An answer goes the way every answer goes: by the mandate of the token's
owner, to a lead where it is outside, once, and never past what was said meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from ninja import Query, Router, Schema, Status
from ninja.errors import HttpError
from pydantic import AwareDatetime, Field

from grapevine.converse.actions import notes, replies
from grapevine.converse.models import Status as Stands
from grapevine.converse.selectors import inbox, threads
from grapevine.converse.selectors.told import Said
from grapevine.converse.selectors.wishes import VIEWS, Wish
from grapevine.core import clock
from grapevine.core.api import Fault, Token, answers

router = Router(tags=["threads"])
LARGEST = 2**63 - 1  # what the databases call an integer
LATEST = timedelta(days=366)
"""So far ahead an answer may be put off."""
Number = Annotated[int, Field(ge=0, le=LARGEST)]
Text = Annotated[str, Field(min_length=1, max_length=notes.LONGEST, pattern=r"\S")]
View = Annotated[str, Field(pattern=f"^({'|'.join(VIEWS)})$")]


class Filters(Schema):
    """What the inbox's address has: `q` is a search in the watch language, `want` a wish, the others ids and codes."""

    view: View = "open"
    brand: str = ""
    source: str = ""
    lang: str = ""
    label: str = ""
    priority: str = ""
    who: str = ""
    want: str = ""
    q: str = ""
    after: Annotated[str, Field(max_length=80)] = ""


class ThreadOut(Schema):
    """A conversation. `author` is the handle they chose in public, or the name they wrote to us under, then with their `address`. `due_at` says
    until when an answer is due; it is empty while it is not our turn."""

    id: int
    subject: str
    author: str
    address: str
    source: str
    brand: str
    lang: str
    status: str
    priority: int
    assignee: str
    team: str
    labels: list[str]
    messages: int
    last_at: datetime
    due_at: datetime | None
    snoozed_until: datetime | None


class ThreadsOut(Schema):
    """A part of the inbox. Ask again with `after` for the next one; it is empty at the end. `short`: that far was looked, and there may be more."""

    threads: list[ThreadOut]
    after: str
    short: bool


class MessageOut(Schema):
    """What was said: `direction` is theirs, ours, note or event. `state` of ours says what became of it; "sent" means that the platform said so."""

    id: int
    direction: str
    at: datetime
    author: str
    address: str
    text: str
    quoted: str
    lang: str
    url: str
    source: str
    media: list[str]
    notes: list[str]
    copies: list[str]
    reply_to: str
    state: str
    send_at: datetime | None
    edited_at: datetime | None
    deleted: bool
    answers: int | None
    words: str


class ConversationOut(Schema):
    """A conversation with the latest of what was said in it. `earlier` is where the part before begins (ask with `before`). `seen` is to be given
    along with an answer: it says how far who answers has read."""

    thread: ThreadOut
    messages: list[MessageOut]
    earlier: str
    seen: int


class NoteIn(Schema):
    """A note among colleagues. Who is named with @ finds it on their list."""

    text: Text


class ReplyIn(Schema):
    """An answer in the name of the token's owner. `seen` is that of the conversation as it was read; with `anyway` it is sent though somebody has
    answered since. `copies` are addresses among those of the letter answered that get it too. `answers` is the message to answer (else the
    latest of somebody we know there), `send_at` an hour to come."""

    text: Text
    seen: Number = 0
    answers: Number | None = None
    copies: Annotated[list[Annotated[str, Field(max_length=320)]], Field(max_length=50)] = []
    send_at: AwareDatetime | None = None
    resolve: bool = False
    anyway: bool = False


class WrittenOut(Schema):
    """What was written. `state` of an answer: waiting (on its way), scheduled, or approval (it waits for a lead)."""

    id: int
    state: str


def _thread(row: inbox.Row) -> dict[str, Any]:
    return {
        name: getattr(row, name)
        for name in ThreadOut.model_fields
        if name != "labels"
    } | {"labels": [one.name for one in row.labels]}  # fmt: skip


def _message(one: Said) -> dict[str, Any]:
    same = set(MessageOut.model_fields) - {"quoted", "deleted"}
    return {name: getattr(one, name) for name in same} | {
        "quoted": one.below,
        "deleted": one.deleted_at is not None,
    }


@router.get("", response=answers(ThreadsOut), auth=Token("converse.thread.see"))
def list_threads(request: Any, given: Query[Filters]) -> Any:
    """The inbox under a filter, in its order: what is ours to answer by when it is due, else the latest first."""
    values = given.dict()
    after = values.pop("after")
    found = inbox.page(Wish.read(values), by=request.auth, at=clock.now(), after=after)
    if found.fault:
        raise HttpError(422, found.fault)
    return {"threads": [_thread(row) for row in found.rows], "after": found.after, "short": found.short}


@router.get("{int:thread_id}", response=answers(ConversationOut), auth=Token("converse.thread.see"))
def get_thread(request: Any, thread_id: int, before: Annotated[str, Query(max_length=80)] = "") -> Any:
    """One conversation. Reading it here marks nothing as seen."""
    thread = threads.reachable_by(request.auth, thread_id)
    part = threads.continued(thread, by=request.auth, before=before)
    return {
        "thread": _thread(inbox.head(thread)),
        "messages": [_message(one) for one in part.said],
        "earlier": part.earlier,
        "seen": part.ours,
    }


@router.post("{int:thread_id}/notes", response=answers(WrittenOut, 201), auth=Token("converse.thread.work"))
def add_note(request: Any, thread_id: int, given: NoteIn) -> Any:
    """Leave a note."""
    thread = threads.reachable_by(request.auth, thread_id)
    note = notes.write(thread=thread, text=given.text, by=request.auth, at=clock.now())
    return Status(201, {"id": note.pk, "state": note.state})


@router.post(
    "{int:thread_id}/replies",
    response=answers(WrittenOut, 201) | {409: Fault},
    auth=Token("converse.thread.work"),
)
def add_reply(request: Any, thread_id: int, given: ReplyIn) -> Any:
    """Answer. Inside the owner's mandate it goes out at once, outside it waits for a lead. 409: somebody has answered since `seen`."""
    thread, at = threads.reachable_by(request.auth, thread_id), clock.now()
    if given.send_at is not None and not at < given.send_at <= at + LATEST:
        raise HttpError(422, "send_at has passed, or is more than a year away.")
    try:
        message = replies.write(
            thread=thread,
            text=given.text.strip(),
            by=request.auth,
            at=at,
            seen=given.seen,
            answers=given.answers,
            copies=given.copies,
            send_at=given.send_at,
            then=Stands.RESOLVED if given.resolve else Stands.WAITING,
            anyway=given.anyway,
            kept_files=(),
            leaves_draft=True,
        )
    except replies.AnsweredMeanwhile as error:
        raise HttpError(
            409,
            f"Message {error.message.pk} of ours was written since. Read it, and send again with its number as seen, or anyway.",
        ) from None
    except replies.CannotSend as error:
        raise HttpError(422, str(error)) from None
    return Status(201, {"id": message.pk, "state": message.state})
