"""A conversation we take part in, and what is said in it.

A thread is what one person (or several) and we say to each other in one place: a comment under our article with all that follows it, an
e-mail with its answers. Lists are walked along an index and never counted; what is written per thread (`due_at`, `last_at`, `messages`) is kept
along with every message in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    OPEN = "open", _("Open")  # it is our turn
    WAITING = "waiting", _("Waiting for them")
    SNOOZED = "snoozed", _("Snoozed")
    RESOLVED = "resolved", _("Resolved")
    SPAM = "spam", _("Spam")


class Priority(models.IntegerChoices):
    URGENT = 1, _("Urgent")
    HIGH = 2, _("High")
    NORMAL = 3, _("Normal")
    LOW = 4, _("Low")


class Label(models.Model):
    """A word to find threads by."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    colour = models.PositiveSmallIntegerField(default=0)  # one of the house's categorical colours
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Thread(models.Model):
    """A conversation. One that was merged into another keeps its row, without messages, so that the merging can be undone."""

    brand = models.ForeignKey("listen.Brand", null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.ForeignKey("sources.Source", on_delete=models.CASCADE, related_name="+")
    external_id = models.TextField(blank=True)  # its first post's (or the conversation's) id at the platform
    identity = models.ForeignKey(  # who talks with us
        "people.Identity", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject = models.CharField(max_length=300, blank=True)
    lang = models.CharField(max_length=8, blank=True)
    mood = models.PositiveSmallIntegerField(default=0)  # of their latest message; numbers of `listen.reads`
    wants = models.PositiveIntegerField(default=0)  # bits of `listen.reads`, of all their messages
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    snoozed_until = models.DateTimeField(null=True)  # None while snoozed: until they answer
    wakes_on_answer = models.BooleanField(default=True)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    team = models.ForeignKey("converse.Team", null=True, on_delete=models.SET_NULL, related_name="+")
    labels = models.ManyToManyField(Label, related_name="threads")
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()  # of the latest message of either side
    last_from_them_at = models.DateTimeField(null=True)
    last_from_us_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(
        null=True
    )  # since when they wait for our answer; None: it is their turn
    due_at = models.DateTimeField(null=True)  # when the answer is due; None: it is their turn
    first_answered_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    messages = models.PositiveIntegerField(default=0)  # of both sides; notes and events not counted
    latest_id = models.BigIntegerField(null=True)  # the latest message of both sides, for lists
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, db_index=False, related_name="merged"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="thread_once", fields=["source", "external_id"], condition=~models.Q(external_id="")
            )
        ]
        indexes = [
            # What is ours to answer, the most urgent first; whatever else, the latest first. (The status stands in the first one too, though
            # all in it are open: SQLite prefers any index with a column that is asked for, and would sort what that one finds.)
            models.Index(
                name="thread_due",
                fields=["status", "due_at", "id"],
                condition=models.Q(status="open", merged_into=None),
            ),
            models.Index(
                name="thread_due_mine",
                fields=["assignee", "due_at", "id"],
                condition=models.Q(status="open", merged_into=None),
            ),
            models.Index(
                name="thread_due_team",
                fields=["team", "due_at", "id"],
                condition=models.Q(status="open", merged_into=None),
            ),
            models.Index(
                name="thread_due_free",
                fields=["due_at", "id"],
                condition=models.Q(status="open", merged_into=None, assignee=None, team=None),
            ),
            models.Index(
                name="thread_latest", fields=["-last_at", "-id"], condition=models.Q(merged_into=None)
            ),
            models.Index(
                name="thread_last", fields=["status", "-last_at", "-id"], condition=models.Q(merged_into=None)
            ),
            models.Index(
                name="thread_last_mine",
                fields=["assignee", "status", "-last_at", "-id"],
                condition=models.Q(merged_into=None),
            ),
            models.Index(
                name="thread_merged", fields=["merged_into"], condition=models.Q(merged_into__isnull=False)
            ),
            models.Index(name="thread_identity", fields=["identity", "-last_at"]),
            models.Index(name="thread_wakes", fields=["snoozed_until"], condition=models.Q(status="snoozed")),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.pk}"


class Direction(models.TextChoices):
    THEIRS = "theirs", _("From them")
    OURS = "ours", _("From us")
    NOTE = "note", _("Note")  # among colleagues, never sent
    EVENT = "event", _("Event")  # assigned, merged, snoozed: told in the conversation's order


class MessageState(models.TextChoices):
    """Of our answers. "Sent" means that the platform said so."""

    NONE = "", "-"
    APPROVAL = "approval", _("Waiting for approval")
    RETURNED = "returned", _("Returned")
    SCHEDULED = "scheduled", _("Scheduled")
    WAITING = "waiting", _("On its way")
    SENT = "sent", _("Sent")
    MODERATED = "moderated", _("Held there for a moderator")
    HELD = "held", _("Held: the source needs new credentials")
    FAILED = "failed", _("Not sent")
    UNCLEAR = "unclear", _("Perhaps sent")
    STOPPED = "stopped", _("Stopped before it was sent")
    CANCELLED = "cancelled", _("Cancelled")


PENDING = ("approval", "returned", "scheduled", "waiting", "held", "failed", "unclear", "stopped")
"""The states of answers that are not there yet, or never will be: a few of millions, with an index of their own."""
_PENDING = f"""("converse_message"."state" IN ({", ".join(f"'{state}'" for state in PENDING)}))"""


class MessageQuerySet(models.QuerySet["Message"]):
    def named(self, external_ids: Iterable[str]) -> MessageQuerySet:
        """Those with these ids at their platform. What the index leaves out has to be said, or SQLite reads every message there is."""
        return self.filter(external_id__in=list(external_ids)).exclude(external_id="")

    def pending(self, *states: str) -> MessageQuerySet:
        """Those in one of these states, all of them `PENDING`. The index's condition has to be said word for word, without placeholders, or SQLite
        reads every message there is."""
        there = RawSQL(_PENDING, [], output_field=models.BooleanField())  # noqa: S611  # nosec
        return self.filter(there, state__in=states)


class Message(models.Model):
    """What was said in a thread, by either side or among ourselves. What a platform deleted keeps its row without its text."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, db_index=False, related_name="items")
    direction = models.CharField(max_length=6, choices=Direction)
    at = models.DateTimeField()  # published, sent (or written, before that), noted
    text = models.TextField(blank=True)
    lang = models.CharField(max_length=8, blank=True)
    # Theirs, and ours once they are there: the post as it was heard.
    post = models.ForeignKey(
        "sources.Post",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    source = models.ForeignKey(
        "sources.Source", null=True, on_delete=models.CASCADE, db_index=False, related_name="+"
    )
    external_id = models.TextField(blank=True)
    answers = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    identity = models.ForeignKey("people.Identity", null=True, on_delete=models.SET_NULL, related_name="+")
    url = models.TextField(blank=True)
    media = models.JSONField(default=list)  # kinds, as the connector says
    has_html = models.BooleanField(default=False)
    notes = models.JSONField(default=list)  # the connector's codes: auto_reply, bounce, sender_unproven …
    copies = models.JSONField(default=list)  # of a letter: the addresses of others who had it
    reply_to = models.TextField(blank=True, default="")  # of a letter: where answers are asked for instead
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    # Ours and notes.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    signed = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.NONE, blank=True)
    send_at = models.DateTimeField(null=True)
    resolves = models.BooleanField(default=False)  # once it is there, the conversation is resolved
    # The latest in the thread that was seen by who approved it or sent it again; None: by who wrote it, what stood there then.
    seen_id = models.BigIntegerField(null=True)
    outgoing_id = models.BigIntegerField(null=True)  # its row in the outbox
    mandate_id = models.BigIntegerField(null=True)  # the mandate it was written under
    # Events: what happened, with ids and facts, put into words where it is shown.
    event = models.JSONField(default=dict)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                # The id first: a conversation may go on in another source, where it is looked for by the id alone.
                name="message_once",
                fields=["external_id", "source"],
                condition=~models.Q(external_id=""),
            )
        ]
        indexes = [
            models.Index(name="message_thread", fields=["thread", "at", "id"]),
            models.Index(name="message_post", fields=["post"], condition=models.Q(post__isnull=False)),
            # Whoever deletes a message asks for those that answer it.
            models.Index(
                name="message_answers", fields=["answers"], condition=models.Q(answers__isnull=False)
            ),
            models.Index(
                name="message_pending",
                fields=["state", "at"],
                condition=models.Q(state__in=list(PENDING)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.pk}"


class Naming(models.Model):
    """A colleague named in a note with @: on their list until they have seen it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="namings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="naming_once", fields=["message", "user"])]
        indexes = [
            models.Index(name="naming_unseen", fields=["user", "-id"], condition=models.Q(seen_at=None))
        ]
