"""The columns of every export, in their order. Their names are a contract with whoever reads the files: add, don't rename.

They are the same in every language, so that a program that reads the files may trust them."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from grapevine.listen.formats.base import Column

COLUMNS: tuple[Column, ...] = (
    Column("id", "id", _("The post's number in Grapevine; its page is /mentions/<id>/.")),
    Column("published_at", "moment", _("When it was published, as the platform says.")),
    Column("found_at", "moment", _("When a watch first caught it.")),
    Column("source", "text", _("The name of the source it came from.")),
    Column("site", "text", _("The site it stands on.")),
    Column("kind", "text", _("post, comment, article, review, reply or repost.")),
    Column("url", "text", _("Its address at the platform.")),
    Column("title", "text", _("Its title, where the platform has one.")),
    Column("text", "text", _("The text as it was published.")),
    Column("lang", "text", _("The language as we read it; empty when unsure.")),
    Column("country", "text", _("The country as the platform says.")),
    Column("author", "text", _("The author's handle.")),
    Column("author_name", "text", _("The name the author shows.")),
    Column("author_url", "text", _("The author's page at the platform.")),
    Column("author_followers", "integer", _("Followers when the post was fetched.")),
    Column("brands", "words", _("The brands it mentions.")),
    Column("watches", "words", _("The watches that caught it.")),
    Column("copy_of", "id", _("The post this one nearly repeats; empty when it stands for itself.")),
    Column("copies", "integer", _("How many posts nearly repeat it.")),
    Column("reply_to", "key", _("The platform's id of the post it answers.")),
    Column("likes", "integer", _("Likes when the post was fetched.")),
    Column("shares", "integer", _("Shares when the post was fetched.")),
    Column("comments", "integer", _("Comments when the post was fetched.")),
    Column("reach", "integer", _("Reach as the platform or tool reports it.")),
    Column("views", "integer", _("Views when the post was fetched.")),
    Column("engagement", "integer", _("Engagement as the tool reports it.")),
    Column("votes", "integer", _("Votes when the post was fetched.")),
    Column("rating", "integer", _("The stars of a review.")),
    Column("metrics", "counts", _("All counts the platform gave; in JSON Lines and Parquet only.")),
    Column("links", "words", _("Addresses in the post.")),
    Column("tags", "words", _("Hashtags in the post.")),
    Column("mentions", "words", _("Handles the post names.")),
    Column("media", "words", _("Kinds of media: image, video, audio.")),
    Column("edited_at", "moment", _("When its author last changed it.")),
    Column("external_id", "key", _("The post's id at the platform.")),
)
