"""What somebody published, as it came.

Posts are many, so their table differs from the others in four things. The id is given by us and begins with the moment of publication
(`sources.contracts.ids`), so that newest first is the order of the primary key. The tie to the source is not a constraint of the database (one is
checked row by row, which costs more than the row); `sources.actions` is the only writer. The raw items lie in compressed blocks.
"""

from __future__ import annotations

from django.db import models

from grapevine.sources.models.fields import GivenId, WrittenJSON
from grapevine.sources.models.sources import Source


class Post(models.Model):
    """A status, article, comment or review. Who answered, named or passed on whom stays here with the post."""

    id = GivenId(primary_key=True)
    source = models.ForeignKey(
        Source, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    external_id = models.TextField()  # unique within the source
    kind = models.CharField(max_length=10)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    url = models.TextField(blank=True)
    site = models.TextField(blank=True)
    lang = models.CharField(max_length=20, blank=True)  # as the platform says; may be wrong
    country = models.CharField(max_length=20, blank=True)
    published_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    deleted_at = models.DateTimeField(
        null=True
    )  # gone at the platform: texts and author are removed here too
    erased_at = models.DateTimeField(
        null=True
    )  # forgotten on request: it must not come back with the next pull
    parent_external_id = models.TextField(blank=True)
    thread_external_id = models.TextField(blank=True)
    repost_of_external_id = models.TextField(blank=True)
    author_external_id = models.TextField(blank=True)
    author_handle = models.TextField(blank=True)
    author_name = models.TextField(blank=True)
    author_url = models.TextField(blank=True)
    author_followers = models.BigIntegerField(null=True)
    links = WrittenJSON(default=list)
    tags = WrittenJSON(default=list)
    mentions = WrittenJSON(default=list)
    media = WrittenJSON(default=list)
    metrics = WrittenJSON(default=dict)
    notes = WrittenJSON(default=list)
    raw_block_id = models.BigIntegerField(null=True)
    raw_index = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="post_once", fields=["source", "external_id"])]
        indexes = [
            models.Index(
                name="post_replies",
                fields=["source", "parent_external_id"],
                condition=~models.Q(parent_external_id=""),
            ),
            models.Index(
                name="post_thread",
                fields=["source", "thread_external_id"],
                condition=~models.Q(thread_external_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.external_id}"


class PostVersion(models.Model):
    """What a post said before its author changed it."""

    post = models.ForeignKey(Post, on_delete=models.DO_NOTHING, db_constraint=False, related_name="versions")
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    edited_at = models.DateTimeField(null=True)  # when that text was written, if the platform said so
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]


class RawBlock(models.Model):
    """The raw items of one batch, compressed together. An item that must go is cut out of its block."""

    source = models.ForeignKey(Source, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    data = models.BinaryField()
    items = models.PositiveIntegerField()
    stored_at = models.DateTimeField()


class Counter(models.Model):
    """The next number that ids of posts are made with (on PostgreSQL a sequence does this)."""

    name = models.CharField(max_length=20, primary_key=True)
    value = models.BigIntegerField(default=0)
