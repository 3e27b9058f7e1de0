"""Layouts of other tools' exports, recognised by their header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from grapevine.connectors.base import Kind

Columns = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Layout:
    """One tool's export. Recognised when all of `marks` are in the header (compared in lower case)."""

    name: str
    label: str
    marks: frozenset[str]
    columns: Columns
    kind: Kind = "post"
    site: str = ""
    ignored: tuple[str, ...] = field(default=())


OURS = "grapevine"
"""The layout of our own exports. Its tables have an apostrophe before ids that a spreadsheet might spoil."""
LAYOUTS = (
    Layout(
        name="meltwater",
        label="Meltwater",
        marks=frozenset({"date", "headline", "url", "opening text", "hit sentence", "influencer", "reach"}),
        columns={
            "external_id": ("Tweet Id",),
            "title": ("Headline",),
            "text": ("Opening Text",),
            "text_more": ("Hit Sentence",),
            "published_at": ("Date",),
            "url": ("URL",),
            "author_id": ("Twitter Id",),
            "author_handle": ("Twitter Screen Name",),
            "author_name": ("Influencer",),
            "author_url": ("User Profile Url",),
            "author_followers": ("Twitter Followers",),
            "country": ("Country",),
            "lang": ("Language",),
            "tags": ("Hashtags",),
            "metric:reach": ("Reach",),
            "metric:engagement": ("Engagement",),
            "metric:views": ("Views", "Estimated Views"),
        },
        kind="article",
        ignored=("AVE",),  # advertising value equivalents are never computed, nor taken over
    ),
    Layout(
        name="brandwatch",
        label="Brandwatch",
        marks=frozenset({"query id", "query name", "date", "full text", "url", "page type"}),
        columns={
            "external_id": ("Resource Id", "Mention Id"),
            "title": ("Title",),
            "text": ("Full Text", "Snippet"),
            "published_at": ("Date",),
            "url": ("Url", "Original Url"),
            "site": ("Domain",),
            "author_id": ("X Author ID", "Twitter Author ID", "Bluesky Author Id"),
            "author_handle": ("Author",),
            "author_name": ("Full Name",),
            "author_followers": ("X Followers", "Twitter Followers"),
            "country": ("Country Code", "Country"),
            "lang": ("Language",),
            "kind": ("Thread Entry Type", "Page Type"),
            "thread_id": ("Thread Id",),
            "mentions": ("Mentioned Authors",),
            "tags": ("Hashtags",),
            "links": ("Expanded URLs",),
            "metric:likes": ("Likes", "X Likes"),
            "metric:comments": ("Comments", "X Replies"),
            "metric:shares": ("Shares", "X Reposts"),
            "metric:reach": ("Reach (new)", "Reach"),
            "metric:engagement": ("Engagement Score",),
        },
    ),
    Layout(
        name="twcs",
        label="Customer support on Twitter (twcs)",
        marks=frozenset(
            {"tweet_id", "author_id", "inbound", "created_at", "text", "in_response_to_tweet_id"}
        ),
        columns={
            "external_id": ("tweet_id",),
            "author_id": ("author_id",),
            "author_handle": ("author_id",),
            "inbound": ("inbound",),
            "published_at": ("created_at",),
            "text": ("text",),
            "children": ("response_tweet_id",),
            "parent_id": ("in_response_to_tweet_id",),
        },
        site="twitter.com",
    ),
    Layout(
        name="fider",
        label="Fider",
        marks=frozenset({"number", "title", "description", "created_at", "created_by", "votes_count"}),
        columns={
            "external_id": ("number",),
            "title": ("title",),
            "text": ("description",),
            "published_at": ("created_at",),
            "author_name": ("created_by",),
            "tags": ("tags",),
            "metric:votes": ("votes_count",),
            "metric:comments": ("comments_count",),
        },
    ),
    Layout(
        name="texts",
        label="Labelled texts",
        marks=frozenset({"id", "text", "lang", "label"}),
        columns={
            "external_id": ("id",),
            "text": ("text",),
            "title": ("title",),
            "lang": ("lang",),
            "published_at": ("published_at", "created_at", "date"),
            "author_handle": ("author",),
            "url": ("url",),
        },
    ),
    Layout(
        name=OURS,
        label="Grapevine",
        marks=frozenset({"external_id", "kind", "text", "published_at"}),
        columns={
            name: (name,)
            for name in (
                "external_id",
                "kind",
                "text",
                "title",
                "published_at",
                "edited_at",
                "url",
                "site",
                "lang",
            )
            + ("country", "thread_id", "repost_of", "links", "tags", "mentions", "media")
        }
        | {
            "parent_id": ("parent_id", "reply_to"),
            "author_id": ("author.external_id", "author_id", "author"),
            "author_handle": ("author.handle", "author_handle", "author"),
            "author_name": ("author.name", "author_name"),
            "author_url": ("author.url", "author_url"),
            "author_followers": ("author.followers", "author_followers"),
            "metric:likes": ("metrics.likes", "likes"),
            "metric:shares": ("metrics.shares", "shares"),
            "metric:comments": ("metrics.comments", "comments"),
            "metric:reach": ("metrics.reach", "reach"),
            "metric:views": ("metrics.views", "views"),
            "metric:engagement": ("metrics.engagement", "engagement"),
            "metric:votes": ("metrics.votes", "votes"),
            "metric:rating": ("metrics.rating", "rating"),
        },
    ),
)


def recognise(header: Sequence[str]) -> Layout | None:
    """The layout that a header belongs to, or None."""
    have = {plain(name).replace("_", " ") for name in header}
    for layout in LAYOUTS:
        if {mark.replace("_", " ") for mark in layout.marks} <= have:
            return layout
    return None


def columns_of(layout: Layout, header: Sequence[str]) -> Columns:
    """The layout's columns as this header spells them, without those it lacks."""
    spelt = {plain(name): name for name in header}
    found = {
        target: tuple(spelt[plain(name)] for name in names if plain(name) in spelt)
        for target, names in layout.columns.items()
    }
    return {target: names for target, names in found.items() if names}


def plain(name: str) -> str:
    """A column's name for comparing: lower case, words joined by `_`, dots kept (they mean nesting)."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip()) if not name.isupper() else name.strip()
    return re.sub(r"[\s_()-]+", "_", spaced.lower()).strip("_")
