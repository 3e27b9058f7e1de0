"""What texts mean, as numbers."""

from __future__ import annotations

from django.db import models


class TextVector(models.Model):
    """One text as the deep tier's encoder sees it: a byte a number, to be multiplied by `scale`.

    `subject` and `subject_id` say which text, `source_id` and `author` (the id at the platform) whose it is. A vector is no text, but tells
    what one was about, so it goes with its text.
    """

    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    source_id = models.BigIntegerField(null=True)
    author = models.CharField(max_length=300, blank=True)
    model = models.CharField(max_length=60)
    scale = models.FloatField()
    numbers = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="vector_once", fields=["subject", "subject_id"])]
        indexes = [models.Index(name="vector_author", fields=["source_id", "author"])]


class VectorVersion(models.Model):
    """One row with a number that changes when vectors are gone, so that processes let go of those they hold."""

    value = models.BigIntegerField(default=0)
