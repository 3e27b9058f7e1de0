"""What colleagues have of threads: where they read, what they began to write, how they look, and what they changed, so that it can be undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.converse.models.threads import Message, Thread


class Seen(models.Model):
    """Up to which message somebody has read a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="seen_once", fields=["thread", "user"])]


class Draft(models.Model):
    """What somebody has begun to write in a thread, kept on every pause."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    is_note = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="draft_once", fields=["thread", "user", "is_note"])]


class AnswerFile(models.Model):
    """A file that goes with an answer, until the outbox has it: of one that waits for a lead, or (no message) of what its writer hasn't sent."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, db_index=False, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(name="answer_file_of", fields=["thread", "user", "id"])]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """Who looks at a thread, or types in it, until `until`."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    typing_until = models.DateTimeField(null=True)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="presence_once", fields=["thread", "user"])]


class Rearrangement(models.Model):
    """Threads that were merged, or one that was split: enough to undo it exactly."""

    kind = models.CharField(max_length=5)  # merge, split
    kept = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")  # merged away, or split off
    message_ids = models.JSONField()  # those that moved
    before = models.JSONField()  # of both threads, what the change overwrote
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    together = models.ForeignKey(  # the first of those done at once: they are undone at once
        "self", null=True, on_delete=models.CASCADE, related_name="+"
    )


SETTING = "set:"
"""Begins the kind of a deed that changed settings."""


class Deed(models.Model):
    """What somebody changed, so that it can be undone exactly: what was before and what is after, by thread; of settings (`SETTING`) whose
    they are (`of`) and how they stood (`was`)."""

    kind = models.CharField(max_length=20)
    before = models.JSONField()
    after = models.JSONField()
    events = models.JSONField(default=list)  # the messages that told of it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(db_index=True)
    undone_at = models.DateTimeField(null=True)


class SavedView(models.Model):
    """A way of looking at the inbox, for one user or for all."""

    name = models.CharField(_("name"), max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )  # None: for everybody
    params = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "name", "id"]

    def __str__(self) -> str:
        return self.name
