"""Two threads that are one conversation, one thread that is two: put together and taken apart, and exactly undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.dateparse import parse_datetime

from grapevine.converse import events
from grapevine.converse.actions import files, messages, standing, turns, waits
from grapevine.converse.actions.threads import WORK
from grapevine.converse.models import Direction, Draft, Message, MessageState, Rearrangement, Status, Thread
from grapevine.core import access, audit, news

_KEPT = (
    "status", "snoozed_until", "resolved_at", "last_at", "last_from_them_at", "last_from_us_at", "first_answered_at",
    "wakes_on_answer", "mood", "wants", "lang", "messages", "latest_id", "assignee_id", "team_id", "priority",
)  # fmt: skip

_PUT = ("assignee_id", "team_id", "priority", "lang", "wants", "mood")
"""What a merging may have put into the thread that was kept."""


_NOT_THERE = (
    MessageState.APPROVAL, MessageState.RETURNED, MessageState.SCHEDULED, MessageState.FAILED, MessageState.STOPPED, MessageState.CANCELLED,
)  # fmt: skip
"""Answers of ours that have reached nobody."""


class CannotRearrange(ValueError):
    """These threads or messages can't be put together or apart so. `code` says why: same, merged, nothing, all."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@transaction.atomic
def merge(*, kept_id: int, other_id: int, by: Any, at: datetime) -> Rearrangement:
    """Put all of `other` into `kept`, in the order of time. Tells ThreadsRearranged. Raises CannotRearrange."""
    access.require(by, WORK)
    kept, other = _pair(kept_id, other_id)
    moved = list(Message.objects.filter(thread=other).values_list("pk", flat=True))
    before = {"kept": _facts(kept), "other": _facts(other)}
    messages.move(moved, to=kept)
    drafts = _drafts(other, to=kept)
    kept_files = files.move(other, to=kept)
    new = [word.pk for word in other.labels.all() if word.pk not in before["kept"]["labels"]]
    kept.labels.add(*new)
    _join(kept, other, at)
    messages.recount(kept)
    event = messages.event(kept, "merged", by=by, at=at, other=other.pk)
    messages.keep(kept, *_names())
    other.merged_into, other.messages, other.latest_id = kept, 0, None
    turns.merged(other, at=at)
    messages.keep(other, "merged_into")
    return _record(
        "merge", kept, other, moved, {**before, "drafts": drafts, "files": kept_files}, event, by=by, at=at
    )


@transaction.atomic
def merge_all(*, kept_id: int, other_ids: Sequence[int], by: Any, at: datetime) -> Rearrangement:
    """Put several threads into one; `undo` of what this returns takes all of them apart. Raises CannotRearrange, and then none was merged."""
    done = [merge(kept_id=kept_id, other_id=one, by=by, at=at) for one in other_ids]
    if not done:
        raise CannotRearrange("nothing")
    Rearrangement.objects.filter(pk__in=[one.pk for one in done[1:]]).update(together=done[0])
    return done[0]


def _drafts(thread: Thread, *, to: Thread, only: Sequence[int] | None = None) -> list[int]:
    """What was begun to be written goes along, but where its writer has begun something there as well; returns which went."""
    rows = (
        Draft.objects.filter(thread=thread)
        if only is None
        else Draft.objects.filter(thread=thread, pk__in=only)
    )
    there = set(Draft.objects.filter(thread=to).values_list("user_id", "is_note"))
    moved = [one.pk for one in rows if (one.user_id, one.is_note) not in there]
    Draft.objects.filter(pk__in=moved).update(thread=to)
    return moved


def _join(kept: Thread, other: Thread, at: datetime) -> None:
    """Where the one they become stands: open as soon as one of them is, and waited for since the earlier moment."""
    kept.wants |= other.wants
    if other.last_from_them_at and (
        not kept.last_from_them_at or other.last_from_them_at > kept.last_from_them_at
    ):
        kept.mood = other.mood
    answered = [one for one in (kept.first_answered_at, other.first_answered_at) if one is not None]
    kept.first_answered_at = min(answered, default=None)
    kept.lang = kept.lang or other.lang
    if kept.assignee_id is None:
        kept.assignee = other.assignee
    if kept.team_id is None:
        kept.team = other.team
    if other.status == Status.OPEN and kept.status != Status.SPAM:
        turns.ours(kept, since=other.waiting_since or other.last_at, at=at)


@transaction.atomic
def split(*, thread_id: int, message_ids: Sequence[int], by: Any, at: datetime) -> Rearrangement:
    """Make a thread of its own of some of the messages. Tells ThreadsRearranged. Raises CannotRearrange."""
    access.require(by, WORK)
    kept = Thread.objects.select_for_update(of=("self",)).get(pk=thread_id)
    own = Message.objects.filter(thread=kept).exclude(direction=Direction.EVENT)
    moved = list(own.filter(pk__in=list(message_ids)).order_by("at", "pk"))
    said = [one for one in moved if one.direction != Direction.NOTE]
    if kept.merged_into_id is not None:
        raise CannotRearrange("merged")
    if not said:
        raise CannotRearrange("nothing")
    if len(said) == own.exclude(direction=Direction.NOTE).count():
        raise CannotRearrange("all")
    before = {"kept": _facts(kept), "other": None}
    theirs = next((one for one in said if one.direction == Direction.THEIRS), None)
    other = Thread.objects.create(
        brand_id=kept.brand_id, source_id=(theirs or said[0]).source_id or kept.source_id, subject=kept.subject, lang=kept.lang,
        identity_id=theirs.identity_id if theirs else kept.identity_id, wants=kept.wants, mood=kept.mood, priority=kept.priority,
        assignee_id=kept.assignee_id, team_id=kept.team_id, opened_at=at, last_at=said[-1].at, is_demo=kept.is_demo,
    )  # fmt: skip
    messages.move([one.pk for one in moved], to=other)
    for thread in (other, kept):
        messages.recount(thread)
        _stand(thread, at)
    event = messages.event(kept, "split", by=by, at=at, other=other.pk)
    messages.event(other, "split_off", by=by, at=at, other=kept.pk)
    messages.keep(kept)
    messages.keep(other)
    return _record("split", kept, other, [one.pk for one in moved], before, event, by=by, at=at)


def _stand(thread: Thread, at: datetime) -> None:
    """Whose turn it is, by who spoke last; what was resolved, snoozed or spam stays so."""
    if thread.status not in (Status.OPEN, Status.WAITING):
        return
    said = Message.objects.filter(thread=thread, direction__in=messages.SIDES)
    last = said.exclude(direction=Direction.OURS, state__in=_NOT_THERE).order_by("-at", "-pk").first()
    if last is not None and last.direction == Direction.THEIRS:
        turns.ours(thread, since=last.at, at=at)
    else:
        turns.theirs(thread, at=at)


def _pair(kept_id: int, other_id: int) -> tuple[Thread, Thread]:
    if kept_id == other_id:
        raise CannotRearrange("same")
    rows = Thread.objects.select_for_update(of=("self",)).filter(pk__in=[kept_id, other_id], merged_into=None)
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < 2:
        raise CannotRearrange("merged")
    return found[kept_id], found[other_id]


def _names() -> list[str]:
    return [name.removesuffix("_id") if name in ("assignee_id", "team_id") else name for name in _KEPT]


def _facts(thread: Thread) -> dict[str, Any]:
    return standing.told(thread, _KEPT)


def _record(
    kind: str, kept: Thread, other: Thread, moved: list[int], before: dict[str, Any], event: Message, *, by: Any, at: datetime
) -> Rearrangement:  # fmt: skip
    kept.refresh_from_db()
    row = Rearrangement.objects.create(
        kind=kind, kept=kept, other=other, message_ids=moved, before={**before, "after": _facts(kept), "event": event.pk},
        by=by if by.pk else None, at=at,
    )  # fmt: skip
    done = {"merge": "merged", "split": "split"}[kind]
    audit.record(f"converse.thread.{done}", subject=kept, by=by, at=at, other=other.pk)
    messages.tell(kept)
    messages.tell(other)
    news.tell(events.ThreadsRearranged(kept.pk, other.pk, done, at))
    return row


@transaction.atomic
def undo(*, done: Rearrangement, by: Any, at: datetime) -> bool:
    """Take a merging or a splitting back: every message stands where it stood. What was said since goes with what it answers.

    What was merged at once comes apart at once, the last first. False when nothing did: it was undone already, or one of the threads was
    put together with others since.
    """
    access.require(by, WORK)
    first = done.together_id or done.pk
    rows = Rearrangement.objects.select_for_update(of=("self",)).select_related("kept", "other")
    count = 0
    for one in rows.filter(Q(pk=first) | Q(together_id=first)).order_by("-pk"):
        # Each begins where the one after it was taken away: the kept thread as it stands now.
        one.kept.refresh_from_db()
        count += _undo(one, by=by, at=at)
    return count > 0


def _undo(done: Rearrangement, *, by: Any, at: datetime) -> bool:
    merged = done.other.merged_into_id == done.kept_id
    if done.undone_at is not None or done.kept.merged_into_id is not None or merged != (done.kind == "merge"):
        return False
    if done.kind == "merge":
        _take_apart(done, at)
    else:
        _put_back(done, at)
    done.undone_at = at
    done.save(update_fields=["undone_at"])
    audit.record("converse.thread.rearrangement_undone", subject=done.kept, by=by, at=at, other=done.other_id)
    messages.tell(done.kept)
    messages.tell(done.other)
    news.tell(events.ThreadsRearranged(done.kept_id, done.other_id, "undone", at))
    return True


def _take_apart(done: Rearrangement, at: datetime) -> None:
    kept, other = done.kept, done.other
    unchanged = _facts(kept) == done.before["after"]
    here = Message.objects.filter(thread=kept)
    moving = set(here.filter(pk__in=done.message_ids).values_list("pk", flat=True))
    while more := set(here.filter(answers__in=moving).values_list("pk", flat=True)) - moving:
        moving |= more
    messages.move(moving, to=other)
    Message.objects.filter(pk=done.before["event"]).delete()
    other.merged_into = None
    _restore(other, done.before["other"], at)
    messages.recount(other)
    messages.keep(other, "merged_into")
    if moving - set(done.message_ids):
        _stand(other, at)
        messages.keep(other)
    _drafts(kept, to=other, only=done.before.get("drafts", []))
    files.move(kept, to=other, only=done.before.get("files", []))
    if unchanged:
        _restore(kept, done.before["kept"], at)
        messages.recount(kept)
        return
    _take_back(kept, done.before["kept"], done.before["after"])
    messages.recount(kept)
    _stand(kept, at)
    messages.keep(kept, *_names())


def _take_back(thread: Thread, was: dict[str, Any], after: dict[str, Any]) -> None:
    """Only what the change has put there and what is still so: what was decided since stays."""
    for name in _PUT:
        if was[name] != after[name] and getattr(thread, name) == after[name]:
            setattr(thread, name, was[name])
    answered = "first_answered_at"
    if was[answered] != after[answered] and _facts(thread)[answered] == after[answered]:
        thread.first_answered_at = parse_datetime(was[answered]) if was[answered] else None
    thread.labels.remove(*(set(after["labels"]) - set(was["labels"])))


def _put_back(done: Rearrangement, at: datetime) -> None:
    kept, other = done.kept, done.other
    unchanged = _facts(kept) == done.before["after"]
    Message.objects.filter(thread=other, direction=Direction.EVENT, event__what="split_off").delete()
    messages.move(Message.objects.filter(thread=other).values_list("pk", flat=True), to=kept)
    Message.objects.filter(pk=done.before["event"]).delete()
    other.merged_into, other.messages, other.latest_id = kept, 0, None
    turns.merged(other, at=at)
    messages.keep(other, "merged_into")
    if unchanged:
        _restore(kept, done.before["kept"], at)
    messages.recount(kept)
    if not unchanged:
        _stand(kept, at)
        messages.keep(kept)


def _restore(thread: Thread, was: dict[str, Any], at: datetime) -> None:
    standing.put_back(thread, was, _KEPT)
    waits.restored(thread, before=Status.WAITING, at=at)
    messages.keep(thread, *_names())
