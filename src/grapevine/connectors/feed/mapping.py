"""From an entry, as `parsing` shapes it, to a `Post`. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from grapevine.connectors import markup, texts
from grapevine.connectors.base import Author, BadData, Post
from grapevine.connectors.reasons import MAX_NAME, MAX_TEXT, Unfit

SEEN = "_seen_at"
"""Added by us to an entry: when it was first seen, which is its date if it has none of its own or one that lies later."""
NOTICED = "_noticed_at"
"""Added by us to an entry that was changed, when we noticed: where its own date does not say so, or lies in the future."""
THREAD = "_thread"
"""Added by us to a comment that was found through an article's comment feed: the article's external id."""


def to_post(raw: bytes) -> Post:
    """Map one entry as kept. Raises `BadData`."""
    try:
        return entry_post(msgspec.json.decode(raw, type=dict[str, Any]))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadData("not_understood", host="The feed", detail=f"{str(error)[:200]}.") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadData("not_understood", host="The feed", detail=f"{type(error).__name__} {error}.") from None
    except Unfit as error:
        raise BadData("no_text", detail=str(error)) from None


def entry_post(entry: dict[str, Any]) -> Post:
    """Map one entry. Raises `Unfit` when it says nothing or too much."""
    source = entry.get("content", "")
    if len(source) > 4 * MAX_TEXT:
        raise Unfit("too_long", f"{len(source)} characters")
    html = entry.get("content_html", False)
    seen = markup.read(source) if html else markup.Seen(source.strip(), texts.links(source), ())
    title = entry.get("title", "")
    title = (markup.plain(title) if entry.get("title_html") else " ".join(title.split()))[:10_000]
    if not seen.text and not title:
        raise Unfit("no_text")
    comment = bool(entry.get("comment") or entry.get(THREAD))
    link, thread = _short(entry.get("link", "")), entry.get(THREAD, "")
    told = entry.get("published") or entry.get("updated")
    published_at = _time(told or entry[SEEN])
    # whoever dates a text ahead (by mistake, or to stay on top) has it under the time at which it was there
    if ahead := SEEN in entry and published_at > (seen_at := _time(entry[SEEN])):
        published_at = seen_at
    dated = bool(told) and not ahead
    notes = (() if dated else ("date_first_seen",)) + (() if entry.get("id") or link else ("id_made",))
    return Post(
        external_id=entry_id(entry),
        kind="comment" if comment else "article",
        text=seen.text,
        # the title of a comment is made by the blog ("By: Iago") and would count as the visitor's words
        title="" if comment and seen.text else title,
        author=_author(entry),
        url=link,
        lang=texts.language(entry.get("lang", "")),
        published_at=published_at,
        edited_at=_edited(entry, published_at),
        parent_id=(entry.get("in_reply_to") or thread) if comment else "",
        thread_id=thread,
        links=seen.links[:1_000],
        tags=tuple(dict.fromkeys(markup.plain(tag) for tag in entry.get("tags", [])))
        or texts.tags(seen.text),
        mentions=texts.mentions(seen.text),
        media=tuple(dict.fromkeys((*seen.media, *entry.get("media", [])))),
        site=texts.site(link),
        notes=notes,
    )


def entry_id(entry: dict[str, Any]) -> str:
    """The entry's own id, else its address, else one made of what it says; stable from one fetch to the
    next."""
    own = entry.get("id") or entry.get("link")
    if own and len(own) <= 500:
        return str(own)
    return texts.made_id(
        own or "", "" if own else entry.get("title", ""), "" if own else entry.get("content", "")
    )


def _author(entry: dict[str, Any]) -> Author | None:
    """Who wrote it. A feed that gives a mail address as the author's name does not get it spread further."""
    name, url = markup.plain(entry.get("author", ""))[:MAX_NAME], _short(entry.get("author_url", ""))
    key = url or name
    if "@" in name and " " not in name:
        key, name = texts.made_id(name.lower()), ""
    return Author(external_id=key, name=name, url=url) if key else None


def _edited(entry: dict[str, Any], published_at: datetime) -> datetime | None:
    told = entry.get(NOTICED) or entry.get("updated")
    if not told or (latest := _time(told)) <= published_at:
        return None
    return latest


def _time(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError(f"{value} has no zone")
    return at


def _short(address: str) -> str:
    return texts.web_address(address) if len(address) <= MAX_NAME else ""


def text_print(post: Post) -> str:
    """Of what a reader sees: tells an edit from a fetch that brought nothing new."""
    return texts.made_id(post.title, post.text)[5:21]
