"""After a conversation: did it work, and are they content."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.converse.models.threads import Message, Thread


class FollowUp(models.Model):
    """A reminder to ask whether it worked, for who resolved the thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False, related_name="+"
    )
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)  # done, or of no use any longer since they wrote again

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="follow_up_once", fields=["thread"], condition=models.Q(done_at=None)
            )
        ]
        indexes = [
            models.Index(
                name="follow_up_due", fields=["user", "due_at", "id"], condition=models.Q(done_at=None)
            )
        ]


class Score(models.IntegerChoices):
    NO = 1, _("No")
    PARTLY = 2, _("Partly")
    YES = 3, _("Yes")


class Survey(models.Model):
    """One question to somebody we answered: did it help? Found by the digest of the token that stands in their link."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # who put the link into a reply
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(choices=Score, null=True)
    message = models.ForeignKey(  # their sentence, in the thread
        Message, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    tally_id = models.BigIntegerField(
        null=True
    )  # how it was counted, so that another answer is counted instead
