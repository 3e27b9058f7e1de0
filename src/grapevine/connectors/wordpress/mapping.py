"""From what the REST interface says of a post or a comment to a `Post`. Pure."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import Any

import msgspec

from grapevine.connectors import markup, texts
from grapevine.connectors.base import Author, BadData, Post
from grapevine.connectors.reasons import MAX_TEXT, Unfit

_NEVER = datetime.max.replace(tzinfo=UTC)
_AVATAR = re.compile(r"/avatar/([0-9a-f]{16,64})")
NOTICED = "_noticed_at"
"""Added by us to a comment's raw form when we see that it was changed: WordPress does not say when."""
SEEN = "_seen_at"
"""Added by us to the raw form of what is dated ahead: when it was seen, which counts as its date."""


def to_post(raw: bytes) -> Post:
    """Map one post or comment as kept. Raises `BadData`."""
    try:
        item = msgspec.json.decode(raw, type=dict[str, Any])
        return _comment(item) if "post" in item else _article(item)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadData("not_understood", host="WordPress", detail=f"{str(error)[:200]}.") from None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
        raise BadData("not_understood", host="WordPress", detail=f"{type(error).__name__} {error}.") from None
    except Unfit as error:
        raise BadData("no_text", detail=str(error)) from None


def _article(item: dict[str, Any]) -> Post:
    seen = markup.read(_within_limit(item["content"]["rendered"]))
    title = markup.plain(item["title"]["rendered"])[:10_000]
    if not seen.text and not title:
        raise Unfit("no_text")
    published_at, notes = _published(item)
    modified_at = min(_time(item.get("modified_gmt") or item["date_gmt"]), _seen(item))
    embedded = item.get("_embedded") or {}
    # a post may be filed under a thousand tags; the first hundred say what it is about
    terms = [
        term
        for group in embedded.get("wp:term") or []
        for term in group
        if term.get("taxonomy") == "post_tag"
    ]
    return Post(
        external_id=f"post-{int(item['id'])}",
        kind="article",
        text=seen.text,
        title=title,
        author=_writer((embedded.get("author") or [{}])[0], item.get("author")),
        url=texts.web_address(item.get("link") or ""),
        published_at=published_at,
        edited_at=modified_at if modified_at > published_at else None,
        thread_id=f"post-{int(item['id'])}",
        links=seen.links[:1_000],
        tags=tuple(markup.plain(term["name"]) for term in terms[:100]),
        mentions=texts.mentions(seen.text),
        media=seen.media,
        site=texts.site(item.get("link") or ""),
        notes=notes,
    )


def _comment(item: dict[str, Any]) -> Post:
    seen = markup.read(_within_limit(item["content"]["rendered"]))
    if not seen.text:
        raise Unfit("no_text")
    parent = int(item.get("parent") or 0)
    thread = f"post-{int(item['post'])}"
    noticed = item.get(NOTICED)
    published_at, notes = _published(item)
    return Post(
        external_id=f"comment-{int(item['id'])}",
        kind="comment",
        text=seen.text,
        author=_visitor(item),
        url=texts.web_address(item.get("link") or ""),
        published_at=published_at,
        edited_at=datetime.fromisoformat(noticed) if noticed else None,
        parent_id=f"comment-{parent}" if parent else thread,
        thread_id=thread,
        links=seen.links[:1_000],
        tags=texts.tags(seen.text),
        mentions=texts.mentions(seen.text),
        media=seen.media,
        site=texts.site(item.get("link") or ""),
        notes=notes,
    )


def _published(item: dict[str, Any]) -> tuple[datetime, tuple[str, ...]]:
    """When an item was published, and what is to be noted of that."""
    told, seen_at = _time(item["date_gmt"]), _seen(item)
    return (told, ()) if told <= seen_at else (seen_at, ("date_first_seen",))


def _seen(item: dict[str, Any]) -> datetime:
    """When an item that is dated ahead was seen; of all others nobody asks."""
    return datetime.fromisoformat(item[SEEN]) if SEEN in item else _NEVER


def ahead(item: dict[str, Any], now: datetime) -> bool:
    """Whether an item is dated later than `now`: by a clock that is wrong, or on purpose."""
    return any(_time(item[name]) > now for name in ("date_gmt", "modified_gmt") if item.get(name))


def _within_limit(source: str) -> str:
    if len(source) > 4 * MAX_TEXT:
        raise Unfit("too_long", f"{len(source)} characters")
    return source


def _writer(person: dict[str, Any], number: Any) -> Author | None:
    """A registered author. Without the right to see users only the number is known."""
    if not number:
        return None
    return Author(
        external_id=f"user-{int(number)}",
        handle=str(person.get("slug") or ""),
        name=markup.plain(str(person.get("name") or "")),
        url=texts.web_address(str(person.get("link") or person.get("url") or "")),
    )


def _visitor(item: dict[str, Any]) -> Author | None:
    """Who commented: a registered user, else a visitor, known by the avatar (which stands for their mail
    address)."""
    name, url = markup.plain(item.get("author_name") or ""), str(item.get("author_url") or "")
    if item.get("author"):
        return Author(external_id=f"user-{int(item['author'])}", name=name, url=texts.web_address(url))
    avatars = item.get("author_avatar_urls") or {}
    found = next((match[1] for one in avatars.values() if (match := _AVATAR.search(str(one)))), "")
    if not found and not name:
        return None
    # hashed once more, so that the mail address cannot be looked up by it
    key = hashlib.blake2b((found or f"{name}\x1f{url}").encode(), digest_size=12).hexdigest()
    return Author(external_id=f"visitor-{key}", name=name, url=texts.web_address(url))


def _time(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if not 1970 <= at.year <= 2100:
        raise Unfit("date_out_of_range", value)
    return at.replace(tzinfo=UTC)


def text_print(text: str) -> str:
    """Of letters and digits only: the same before and after WordPress has made quotes and dashes pretty."""
    letters = "".join(character for character in text.casefold() if character.isalnum())
    return hashlib.blake2b(letters.encode(), digest_size=8).hexdigest()
