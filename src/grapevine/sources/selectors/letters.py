"""Messages with more to them than text: their laid-out form, made fit to be shown, and their files. Read out of the raw item on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from grapevine import connectors
from grapevine.connectors.base import Attachment, BadData
from grapevine.core import access
from grapevine.sources import raws
from grapevine.sources.models import Post
from grapevine.ui import mail_html

SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp")
"""Kinds of files that a browser may show within a page. Not SVG: that is a program."""


@dataclass(frozen=True)
class File:
    """A file of a message. `kind` is image, video, audio or file; `href` gives it out; `size` in bytes, where it is known."""

    number: int
    name: str
    kind: str
    href: str
    size: int | None = None


@dataclass(frozen=True)
class Letter:
    """The laid-out form of a message. `html` is safe; `blocked` counts pictures from elsewhere that were held back."""

    post_id: int
    title: str
    author_name: str
    author_handle: str
    html: str
    blocked: int
    tiny: int
    files: tuple[File, ...]


def files(post_id: int, media: Sequence[str]) -> tuple[File, ...]:
    """The files that a message's `media` names (`image/photo.jpg;size=48213`), without looking into it."""
    return tuple(
        File(number, name, kind, reverse("sources:attachment", args=[post_id, number]), size)
        for number, (kind, name, size) in enumerate(map(_named, media))
    )


def _named(said: str) -> tuple[str, str, int | None]:
    """Kind, name and size of a file. Letters that came before sizes were kept name none."""
    whole, _mark, size = said.rpartition(";size=")
    known = bool(whole) and size.isascii() and size.isdigit()
    kind, _slash, name = (whole if known else said).partition("/")
    return kind, name or kind, int(size) if known else None


def letter(post_id: int, *, by: Any, pictures: bool = False) -> Letter | None:
    """A message's laid-out form; None when it has none, or is no longer kept. `pictures`: those from elsewhere too. Raises AccessDenied."""
    access.require(by, "sources.message.see")
    found = _raw(post_id)
    if found is None:
        return None
    post, connector, raw = found
    try:
        source = connector.html(raw)
        attached: Sequence[Attachment] = connector.attachments(raw)
        places = connector.embedded(raw)
    except (AttributeError, BadData):
        return None
    if not source:
        return None
    inline = {
        name: reverse("sources:attachment", args=[post_id, place])
        for name, place in places.items()
        if attached[place].media_type in SHOWN_INLINE and attached[place].content
    }
    clean = mail_html.cleaned(source, pictures=pictures, inline=inline)
    return Letter(
        post_id=post_id,
        title=post.title,
        author_name=post.author_name,
        author_handle=post.author_handle,
        html=clean.html,
        blocked=clean.blocked,
        tiny=clean.tiny,
        files=files(post_id, post.media),
    )


def attachment(post_id: int, number: int, *, by: Any) -> Attachment | None:
    """One file of a message; None when there is none of that number, or it was left out. Raises AccessDenied."""
    access.require(by, "sources.message.see")
    found = _raw(post_id)
    if found is None:
        return None
    _post, connector, raw = found
    try:
        attached: Sequence[Attachment] = connector.attachments(raw)
    except (AttributeError, BadData):
        return None
    one = attached[number] if number < len(attached) else None
    return one if one is not None and one.content else None


def _raw(post_id: int) -> tuple[Post, Any, bytes] | None:
    post = Post.objects.filter(pk=post_id, kind="message", deleted_at=None).select_related("source").first()
    connector: Any = connectors.shelf().get(post.source.connector) if post is not None else None
    raw = raws.read(post.raw_block_id, post.raw_index) if post is not None and connector is not None else b""
    return (post, connector, raw) if post is not None and raw else None
