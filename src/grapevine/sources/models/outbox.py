"""What we say to a platform, written down before it is sent, and the proof that it arrived."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.sources.models.sources import Source


class OutgoingState(models.TextChoices):
    WAITING = "waiting", _("Waiting")  # for its time, its turn or the next attempt
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")  # and only when the platform, or a person who looked there, said so
    MODERATED = "moderated", _("Held there for a moderator")
    HELD = "held", _("Held: the source needs new credentials")
    FAILED = "failed", _("Not sent")
    UNCLEAR = "unclear", _("Perhaps sent")
    STOPPED = "stopped", _("Stopped before it was sent")
    CANCELLED = "cancelled", _("Cancelled")

    @classmethod
    def moving(cls) -> tuple[OutgoingState, ...]:
        """Those that go on by themselves: what comes later in the same conversation waits for them."""
        return cls.WAITING, cls.SENDING, cls.HELD

    @classmethod
    def stuck(cls) -> tuple[OutgoingState, ...]:
        """Those that wait for a person."""
        return cls.FAILED, cls.UNCLEAR, cls.STOPPED


class OutgoingKind(models.TextChoices):
    REPLY = "reply", _("Reply")
    HIDE = "hide", _("Hide a post")
    DELETE = "delete", _("Remove a post")


class Outgoing(models.Model):
    """A reply on its way out, or the removal of a post. Sent by `sources.actions.sending` only; texts and files go once it is there."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, db_index=False, related_name="+")
    # Whose it is: the name its keeper registered, and the keeper's own number.
    of = models.CharField(max_length=60)
    of_id = models.BigIntegerField()
    kind = models.CharField(max_length=6, choices=OutgoingKind, default=OutgoingKind.REPLY)
    key = models.CharField(max_length=120)  # the same at every attempt
    to = models.TextField()  # external id of the post answered, or taken away
    thread_id = models.TextField(blank=True)
    lane = models.TextField()  # what goes out one after the other: the thread, else the post
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    recipient = models.TextField(blank=True)  # external id of the author answered
    copies = models.JSONField(default=list)  # external ids of others who get it too
    signed = models.CharField(max_length=120, blank=True)
    refers = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=OutgoingState, default=OutgoingState.WAITING)
    wanted_at = models.DateTimeField()  # when it was to go; its place in the lane
    next_try_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True)  # the first attempt
    trying_since = models.DateTimeField(null=True)  # the first since a person or a release let it go anew
    tried_at = models.DateTimeField(null=True)  # the latest
    in_doubt = models.BooleanField(default=False)  # an attempt may have arrived
    lease = models.CharField(max_length=40, blank=True)  # of the attempt that runs
    leased_until = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=60, blank=True)
    error_params = models.JSONField(default=dict)
    by_keeper = models.BooleanField(default=False)  # the code is a refusal of the keeper's
    proof_id = models.TextField(blank=True)  # the platform's id of what we said
    proof_url = models.TextField(blank=True)
    proof_found = models.BooleanField(default=False)  # it was there from an earlier attempt
    proof_by_word = models.BooleanField(default=False)  # a person looked there
    sent_at = models.DateTimeField(null=True)
    put_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="outgoing_once", fields=["source", "key"])]
        indexes = [
            models.Index(name="outgoing_of", fields=["of", "of_id", "-id"]),
            models.Index(
                name="outgoing_due", fields=["next_try_at", "id"], condition=models.Q(state="waiting")
            ),
            models.Index(name="outgoing_cut", fields=["leased_until"], condition=models.Q(state="sending")),
            # Whole, not of some states only: SQLite takes a partial index for one state, never for a list of them.
            models.Index(name="outgoing_lane", fields=["source", "lane", "wanted_at", "id"]),
            models.Index(name="outgoing_state", fields=["state", "-id"]),
            models.Index(name="outgoing_unsent", fields=["source", "state", "-id"]),
            models.Index(
                name="outgoing_proof", fields=["source", "proof_id"], condition=~models.Q(proof_id="")
            ),
            models.Index(name="outgoing_recipient", fields=["source", "recipient"]),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.of_id}"


class OutgoingFile(models.Model):
    """A file that goes with a reply; kept until that is sent."""

    outgoing = models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    content = models.BinaryField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
