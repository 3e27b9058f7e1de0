"""How conversations are shown: rows of the selectors with addresses, words for clocks and states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grapevine.converse import differences, mandate_words
from grapevine.converse.models import MessageState, RemovalState
from grapevine.converse.selectors import names
from grapevine.converse.selectors.inbox import Row
from grapevine.converse.selectors.told import Said
from grapevine.converse.selectors.wishes import Wish
from grapevine.ui.components.posts import straight
from grapevine.ui.numbers import duration

SOON = timedelta(hours=1)
_REMOVED: dict[str, str] = {RemovalState.DONE: "bad", RemovalState.WAITING: "info"}
_NOTES = {
    "auto_reply": gettext_lazy("Answered by a machine"),
    "bounce": gettext_lazy("Our answer came back"),
    "loop": gettext_lazy("Machines answer each other"),
    "sender_unproven": gettext_lazy("The sender could be somebody else"),
    "sender_disguised": gettext_lazy("The name is another address than the sender’s"),
    "reply_elsewhere": gettext_lazy("Asks for answers at another address"),
    "delayed": gettext_lazy("Our answer has not arrived yet"),
    "encrypted": gettext_lazy("Encrypted: it can be read in a mail program only"),
    "left_out": gettext_lazy("Too large: some of its files were left out"),
}
_URGENT = ("sender_unproven", "sender_disguised")
_MEDIA = {"image": gettext_lazy("Image"), "video": gettext_lazy("Video"), "audio": gettext_lazy("Audio")}
_TONES = {
    MessageState.SENT: "good",
    MessageState.MODERATED: "warn",
    MessageState.APPROVAL: "warn",
    MessageState.RETURNED: "bad",
    MessageState.SCHEDULED: "info",
    MessageState.WAITING: "info",
    MessageState.HELD: "bad",
    MessageState.FAILED: "bad",
    MessageState.UNCLEAR: "bad",
    MessageState.STOPPED: "bad",
}


@dataclass(frozen=True)
class Item:
    """A row of the list with its address and its clock in words."""

    row: Row
    href: str
    author: str
    address: str
    subject: str
    excerpt: str
    due: str
    tone: str
    state_tone: str


def rows(found: Iterable[Row], wish: Wish | None, *, now: datetime) -> list[Item]:
    """Rows of a list. Without a `wish` each leads to its conversation in whichever list that stands."""
    return [row(one, wish, now=now) for one in found]


def row(one: Row, wish: Wish | None, *, now: datetime) -> Item:
    """One row."""
    return Item(
        row=one,
        href=reverse("converse:thread", args=[one.id]) + (wish.address() if wish is not None else ""),
        author=straight(one.author) or _("Somebody"),
        address=straight(one.address),
        subject=straight(one.subject),
        excerpt=straight(one.excerpt),
        due=due(one.due_at, now),
        tone=""
        if one.due_at is None
        else "bad"
        if one.due_at <= now
        else "warn"
        if one.due_at <= now + SOON
        else "",
        state_tone=_TONES.get(MessageState(one.state), "") if one.state else "",
    )


def due(at: datetime | None, now: datetime) -> str:
    """The clock of a thread: "in 2 h", "late by 20 min"; empty when nobody waits."""
    if at is None:
        return ""
    seconds = (at - now).total_seconds()
    time = duration(max(60, abs(seconds) // 60 * 60 if abs(seconds) < 3600 else abs(seconds) // 3600 * 3600))
    return _("late by %(time)s") % {"time": time} if seconds < 0 else _("in %(time)s") % {"time": time}


@dataclass(frozen=True)
class ShownFile:
    """A file of a message; without a size when that is not known."""

    name: str
    href: str
    size: int | None


@dataclass(frozen=True)
class Line:
    """A message as its place in the conversation shows it."""

    said: Said
    text: str
    below: str
    author: str
    address: str
    initial: str
    notes: tuple[tuple[Any, bool], ...]
    copies: tuple[tuple[str, str], ...]  # as shown, and as it is
    reply_to: str
    media: tuple[Any, ...]
    files: tuple[ShownFile, ...]
    reasons: tuple[str, ...]
    changed: tuple[Any, ...]
    removal_tone: str
    approves: bool
    url: str
    tone: str

    @property
    def stuck(self) -> bool:
        """Whether somebody must do something about it."""
        return self.said.state in (
            MessageState.FAILED,
            MessageState.UNCLEAR,
            MessageState.STOPPED,
            MessageState.HELD,
        )

    @property
    def has_foot(self) -> bool:
        """Whether anything stands below its words: its state, or what can be done about it."""
        said = self.said
        again = said.came_back or (said.sending is not None and said.sending.may_send_again)
        told = said.state or said.send_at or said.words or said.letter or self.url
        return bool(told or again or said.may_remove or self.may_cancel)

    @property
    def may_cancel(self) -> bool:
        """Whether it can be taken back."""
        unsent = (MessageState.APPROVAL, MessageState.RETURNED, MessageState.SCHEDULED)
        return self.said.state in unsent or (self.said.sending is not None and self.said.sending.may_cancel)


def lines(found: Iterable[Said], *, may_approve: bool) -> list[Line]:
    """A part of a conversation. Where one `may_approve`, answers that wait are shown as they can be changed."""
    every = list(found)
    asked = any(one.approval is not None and one.approval.waits for one in every)
    known = names.known() if asked else None
    return [_line(one, known, may_approve) for one in every]


def _line(one: Said, known: names.Names | None, may_approve: bool) -> Line:
    held = one.approval
    author = straight(one.author)
    letters = [letter for letter in author if letter.isalnum()]
    return Line(
        said=one,
        text=straight(one.text),
        below=straight(one.below),
        address=straight(one.address),
        author=author or (_("Somebody") if one.direction == "theirs" else ""),
        initial=(letters[0] if letters else "?").upper(),
        notes=tuple((_NOTES[code], code in _URGENT) for code in one.notes if code in _NOTES),
        copies=tuple((straight(address), address) for address in one.copies),
        reply_to=straight(one.reply_to),
        media=() if one.files else tuple(_MEDIA.get(kind, straight(kind)) for kind in one.media),
        files=tuple(ShownFile(straight(file.name), file.href, file.size) for file in one.files),
        reasons=tuple(mandate_words.reasons(held.reasons, known)) if held and held.waits and known else (),
        changed=tuple(differences.words(held.text_before, held.text)) if held and held.text_before else (),
        approves=may_approve and held is not None and held.waits,
        removal_tone=_REMOVED.get(one.removal.state, "warn") if one.removal is not None else "",
        url=one.url if one.url.lower().startswith(("https://", "http://")) else "",
        tone=_TONES.get(MessageState(one.state), "") if one.state else "",
    )


@dataclass(frozen=True)
class Snooze:
    """A moment to snooze until, by name."""

    label: str
    until: str
    at: datetime


def snoozes(now: datetime) -> list[Snooze]:
    """What people mean most often by later."""
    local = timezone.localtime(now)
    morning = local.replace(hour=8, minute=0, second=0, microsecond=0)
    monday = morning + timedelta(days=(7 - local.weekday()) or 7)
    moments = [
        (_("In 3 hours"), local + timedelta(hours=3)),
        (_("Tomorrow morning"), morning + timedelta(days=1)),
        (_("Next week"), monday),
    ]
    by_moment = {at: label for label, at in moments}  # on a Sunday, tomorrow is next week
    return [Snooze(label, at.isoformat(timespec="minutes"), at) for at, label in by_moment.items()]
