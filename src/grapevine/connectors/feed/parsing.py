"""From the bytes of a feed to entries in one plain shape, whatever the format: RSS 0.9 to 2.0, Atom, JSON
Feed.

The work is feedparser's; JSON Feed, which it does not know, is done here. An entry is a dict that can be
written as JSON; it is what is kept as the raw form.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import feedparser
import msgspec

from grapevine.connectors.base import BadData

_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_COMMENTS = re.compile(
    r"/comments?/(feed|default|rss|atom)|feed=comments|/feed/comments|comments?\.(rss|atom|xml)"
)


@dataclass(frozen=True)
class Feed:
    """A feed that was read. `wait` is how long (seconds) it asks not to be fetched again, 0 if it says
    nothing."""

    title: str
    link: str
    lang: str
    wait: float
    comments: bool
    entries: list[dict[str, Any]] = field(default_factory=list)


def parse(body: bytes, *, url: str, content_type: str = "") -> Feed:
    """Read a feed. Raises `BadData` when it is none."""
    if body.lstrip()[:1] == b"{":
        return _json(body, url)
    if b"<!ENTITY" in body:
        # no feed needs its own entities, and nested ones are how a small file becomes a huge one
        raise BadData("not_understood", host=url, detail="it defines entities of its own.")
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        found = feedparser.parse(io.BytesIO(body), response_headers=headers)
    except (ValueError, LookupError) as error:
        # where the declared encoding is junk, feedparser lets Python's own complaint through
        raise BadData("not_understood", host=url, detail="its encoding cannot be read.") from error
    if not found.get("version"):
        raise BadData("not_understood", host=url, detail="this is no feed.")
    about = found.feed
    title = str(about.get("title", ""))
    comments = bool(_COMMENTS.search(url)) or bool(re.match(r"(?i)\s*comments (on|for)\b", title))
    lang = str(about.get("language", ""))
    return Feed(
        title=title,
        link=str(about.get("link", "")),
        lang=lang,
        wait=_wait(about),
        comments=comments,
        entries=_identified([_entry(entry, lang, comments) for entry in found.entries]),
    )


def _wait(about: Any) -> float:
    """The longer of RSS's `ttl` (minutes) and the syndication module's period, at most a day."""
    seconds = 0.0
    ttl = str(about.get("ttl", ""))
    if ttl.isdecimal():
        seconds = float(ttl[:9]) * 60
    period = _PERIODS.get(str(about.get("sy_updateperiod", "")).strip())
    if period:
        often = str(about.get("sy_updatefrequency", "1")).strip()
        seconds = max(seconds, period / max(int(often) if often.isdecimal() else 1, 1))
    return min(seconds, 86_400.0)


def _entry(entry: Any, lang: str, comments: bool) -> dict[str, Any]:
    html, kind = _content(entry)
    person = entry.get("author_detail") or {}
    replied = entry.get("thr_in-reply-to") or {}
    title = entry.get("title_detail") or {}
    made = {
        "id": str(entry.get("id", "")),
        "link": str(entry.get("link", "")),
        "title": str(entry.get("title", "")),
        "title_html": str(title.get("type", "text/html")) != "text/plain",
        "content": html,
        "content_html": kind != "text/plain",
        "author": str(person.get("name") or entry.get("author") or ""),
        "author_url": str(person.get("href", "")),
        "published": _time(entry, "published_parsed") or _time(entry, "created_parsed"),
        "updated": _time(entry, "updated_parsed"),
        "tags": [str(tag["term"]) for tag in entry.get("tags", []) if tag.get("term")][:100],
        "media": sorted(
            {str(one.get("type", "")).partition("/")[0] for one in entry.get("enclosures", [])}
            & {"image", "video", "audio"}
        ),
        "lang": str(title.get("language") or lang or ""),
        "comment": comments or bool(replied),
        "in_reply_to": str(replied.get("ref", "")),
        "comment_feed": str(entry.get("wfw_commentrss", "")),
        "comment_count": str(entry.get("slash_comments", "")),
    }
    return {name: value for name, value in made.items() if value not in ("", [], None)}


def _content(entry: Any) -> tuple[str, str]:
    """The longest of what the entry says of itself, and its type."""
    found = [(str(one.get("value", "")), str(one.get("type", ""))) for one in entry.get("content", [])]
    summary = entry.get("summary_detail") or {}
    found.append((str(entry.get("summary", "")), str(summary.get("type", "text/html"))))
    return max(found, key=lambda one: len(one[0]))


def _time(entry: Any, name: str) -> str:
    """An ISO time in UTC; empty for what is missing or cannot be. (Asking by `in` avoids feedparser's
    guesses.)"""
    if name not in entry or entry[name] is None:
        return ""
    try:
        at = datetime.fromtimestamp(timegm(entry[name]), UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return at.isoformat() if 1970 <= at.year <= 2100 else ""


def _json(body: bytes, url: str) -> Feed:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org)."""
    try:
        found = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = {}
    if not str(found.get("version", "")).startswith("https://jsonfeed.org/version/"):
        raise BadData("not_understood", host=url, detail="this is no feed.")
    lang = str(found.get("language") or "")
    items = [item for item in found.get("items") or [] if isinstance(item, dict)]
    return Feed(
        title=str(found.get("title") or ""),
        link=str(found.get("home_page_url") or ""),
        lang=lang,
        wait=0.0,
        comments=False,
        entries=_identified([_json_entry(item, lang, url) for item in items]),
    )


def _json_entry(item: dict[str, Any], lang: str, url: str) -> dict[str, Any]:
    people = item.get("authors") or [item.get("author")]
    person = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}
    html = item.get("content_html")
    attached = [one for one in item.get("attachments") or [] if isinstance(one, dict)]
    media = {str(one.get("mime_type", "")).partition("/")[0] for one in attached}
    link = str(item.get("url") or item.get("external_url") or "")
    made = {
        "id": str(item.get("id") or ""),
        "link": urljoin(url, link) if link else "",
        "title": str(item.get("title") or ""),
        "content": str(html or item.get("content_text") or item.get("summary") or ""),
        "content_html": bool(html),
        "author": str(person.get("name") or ""),
        "author_url": str(person.get("url") or ""),
        "published": _iso(item.get("date_published")),
        "updated": _iso(item.get("date_modified")),
        "tags": [str(tag) for tag in item.get("tags") or []][:100]
        if isinstance(item.get("tags"), list)
        else [],
        "media": sorted(media & {"image", "video", "audio"}),
        "lang": str(item.get("language") or lang),
    }
    return {name: value for name, value in made.items() if value not in ("", [], None)}


def _iso(value: Any) -> str:
    try:
        at = datetime.fromisoformat(str(value))
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return at.isoformat() if 1970 <= at.year <= 2100 else ""


def _identified(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where a careless feed gives the same id to several entries, the link tells them apart."""
    links: dict[str, str] = {}
    for entry in entries:
        own, link = entry.get("id", ""), entry.get("link", "")
        if own and links.setdefault(own, link) != link:
            entry["id"] = f"{own} {link}"
    return entries
