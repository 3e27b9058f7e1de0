"""The columns of every export, in their order. Their names are a contract with whoever reads the files: add, don't rename.

They are the same in every language, so that a program that reads the files may trust them. Only the files for spreadsheets, which
people read, have the headings in the reader's language.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from grapevine.listen.formats.base import Column


def pgettext(context: str, heading: str) -> str:
    """Marks a heading for translation; it is translated when a file is begun (`Column.shown`)."""
    return heading


COLUMNS: tuple[Column, ...] = (
    Column(
        "id",
        "id",
        _("The post's number in Grapevine; its page is /mentions/<id>/."),
        pgettext("column", "Post number"),
    ),
    Column(
        "published_at",
        "moment",
        _("When it was published, as the platform says."),
        pgettext("column", "Published"),
    ),
    Column("found_at", "moment", _("When a watch first caught it."), pgettext("column", "Found")),
    Column("source", "text", _("The name of the source it came from."), pgettext("column", "Source")),
    Column("site", "text", _("The site it stands on."), pgettext("column", "Site")),
    Column("kind", "text", _("post, comment, article, review, reply or repost."), pgettext("column", "Kind")),
    Column("url", "text", _("Its address at the platform."), pgettext("column", "Address")),
    Column("title", "text", _("Its title, where the platform has one."), pgettext("column", "Title")),
    Column("text", "text", _("The text as it was published."), pgettext("column", "Text")),
    Column(
        "lang", "text", _("The language as we read it; empty when unsure."), pgettext("column", "Language")
    ),
    Column(
        "mood",
        "text",
        _("negative, neutral or positive as we read it; empty when unsure."),
        pgettext("column", "Mood"),
    ),
    Column(
        "wants",
        "words",
        _("What it wants as we read it: recommends, asks_help, complains and so on."),
        pgettext("column", "What it wants"),
    ),
    Column("spam", "integer", _("1 when it looks like spam, else 0."), pgettext("column", "Spam")),
    Column("country", "text", _("The country as the platform says."), pgettext("column", "Country")),
    Column("author", "text", _("The author's handle."), pgettext("column", "Author")),
    Column("author_name", "text", _("The name the author shows."), pgettext("column", "Author’s name")),
    Column(
        "author_url", "text", _("The author's page at the platform."), pgettext("column", "Author’s page")
    ),
    Column(
        "author_followers",
        "integer",
        _("Followers when the post was fetched."),
        pgettext("column", "Followers"),
    ),
    Column("brands", "words", _("The brands it mentions."), pgettext("column", "Brands")),
    Column("watches", "words", _("The watches that caught it."), pgettext("column", "Watches")),
    Column(
        "copy_of",
        "id",
        _("The post this one nearly repeats; empty when it stands for itself."),
        pgettext("column", "Copy of"),
    ),
    Column("copies", "integer", _("How many posts nearly repeat it."), pgettext("column", "Copies")),
    Column("reply_to", "key", _("The platform's id of the post it answers."), pgettext("column", "Reply to")),
    Column("likes", "integer", _("Likes when the post was fetched."), pgettext("column", "Likes")),
    Column("shares", "integer", _("Shares when the post was fetched."), pgettext("column", "Shares")),
    Column("comments", "integer", _("Comments when the post was fetched."), pgettext("column", "Comments")),
    Column("reach", "integer", _("Reach as the platform or tool reports it."), pgettext("column", "Reach")),
    Column("views", "integer", _("Views when the post was fetched."), pgettext("column", "Views")),
    Column(
        "engagement", "integer", _("Engagement as the tool reports it."), pgettext("column", "Engagement")
    ),
    Column("votes", "integer", _("Votes when the post was fetched."), pgettext("column", "Votes")),
    Column("rating", "integer", _("The stars of a review."), pgettext("column", "Stars")),
    Column(
        "metrics",
        "counts",
        _("All counts the platform gave; in JSON Lines and Parquet only."),
        pgettext("column", "All counts"),
    ),
    Column("links", "words", _("Addresses in the post."), pgettext("column", "Links")),
    Column("tags", "words", _("Hashtags in the post."), pgettext("column", "Hashtags")),
    Column("mentions", "words", _("Handles the post names."), pgettext("column", "Handles")),
    Column("media", "words", _("Kinds of media: image, video, audio."), pgettext("column", "Media")),
    Column("edited_at", "moment", _("When its author last changed it."), pgettext("column", "Edited")),
    Column(
        "external_id", "key", _("The post's id at the platform."), pgettext("column", "Id at the platform")
    ),
)
