"""From a mail as kept to a `Post`. Pure.

`external_id` is the Message-ID without its brackets, `parent_id` what was answered (of a bounce: what did not arrive), `thread_id` the first message
of the conversation. The author's id is the address in lower case; where answers are wanted elsewhere, `author.url` says where (`mailto:…`).
`media` names each file with its kind and size, `image/photo.jpg;size=48213`, in the order of `attachments`. `signs` lists the notes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import Message
from urllib.parse import quote, unquote

from grapevine.connectors import texts
from grapevine.connectors.base import Attachment, Author, BadData, Post, Settings
from grapevine.connectors.mail import envelope, headers, parts, signs
from grapevine.connectors.mail.account import mail_address
from grapevine.connectors.reasons import MAX_TAGS, MAX_TEXT, Unfit

_AHEAD = timedelta(minutes=15)
_BEHIND = timedelta(days=14)
MOST_COPIES = 50


def to_post(raw: bytes, settings: Settings | None = None) -> Post:
    """Map one mail as kept. Raises `BadData`."""
    kept = envelope.taken(raw)
    message = parts.parsed(kept.mail)
    found = parts.contents(message)
    subject = headers.words(message, "Subject")[: headers.LONGEST_SUBJECT]
    media = tuple(f"{one.kind}/{one.name};size={one.size}" for one in found.enclosures)
    text = found.text.strip()
    if not text and not subject and not media:
        raise BadData("no_text", detail="a mail without subject, text and files.")
    text = text or "\n".join(one.name for one in found.enclosures)
    author, notes, by_us = _sender(message, settings or {})
    told, reported = signs.of_delivery(message, found)
    notes += [told] if told else signs.of_program(message)
    at, made_up = _published(message, kept)
    refers = headers.refers(message)
    own = headers.own_id(message)
    if not own:
        own = texts.made_id(author.external_id if author else "", subject, text[:2_000], str(at))
        notes.append("id_made")
    parent = reported or (refers[-1] if refers else "")
    return Post(
        external_id=own,
        kind="message",
        text=text[:MAX_TEXT],
        title=subject,
        author=author,
        lang=texts.language(headers.raw(message, "Content-Language").partition(",")[0]),
        published_at=at,
        parent_id=parent if parent != own else "",
        thread_id=(refers[0] if refers else parent) or own,
        refers=refers,
        copies=_copies(message, settings or {}),
        undelivered=signs.undelivered(found) if told == "bounce" else (),
        reply_to=unquote(author.url.removeprefix("mailto:")) if author is not None else "",
        links=_links(text[:MAX_TEXT]),
        media=media[:MAX_TAGS],
        notes=tuple(
            dict.fromkeys([*notes, *_about(message, found, kept, text, made_up=made_up, settings=settings)])
        ),
        by_us=by_us or None,
    )


def html(raw: bytes) -> str:
    """The HTML of a mail as it came, hostile; empty when it has none. Raises `BadData`."""
    return parts.contents(parts.parsed(envelope.taken(raw).mail)).html


def attachments(raw: bytes) -> tuple[Attachment, ...]:
    """The files of a mail, in the order of the post's `media`; those that were left out are empty. Raises `BadData`."""
    found = parts.contents(parts.parsed(envelope.taken(raw).mail))
    return tuple(one.opened() for one in found.enclosures)


def embedded(raw: bytes) -> dict[str, int]:
    """By the name under which the HTML shows them (`cid:`), the places of files among the `attachments`. Raises `BadData`."""
    found = parts.contents(parts.parsed(envelope.taken(raw).mail))
    return {one.content_id: place for place, one in enumerate(found.enclosures) if one.content_id}


def _sender(message: Message, settings: Settings) -> tuple[Author | None, list[str], bool]:
    ours = mail_address(str(settings.get("address") or ""))
    authority = str(settings.get("authority") or "").strip().lower()
    notes, by_us = signs.of_sender(message, ours=ours, authority=authority)
    written = headers.people(message, "From") or headers.people(message, "Sender")
    if not written:
        return None, notes, False
    spoken, address = written[0]
    answers = [one for _name, one in headers.people(message, "Reply-To")]
    elsewhere = answers[0] if answers and "reply_elsewhere" in notes else ""
    url = f"mailto:{quote(elsewhere, safe='@.+-_')}" if elsewhere else ""
    return Author(external_id=address, handle=address, name=spoken, url=url), notes, by_us


def _copies(message: Message, settings: Settings) -> tuple[str, ...]:
    """Who else had the letter, as far as it says: its To and Cc without ourselves and whoever wrote it."""
    ours = mail_address(str(settings.get("address") or ""))
    written = {address for _name, address in headers.people(message, "From")}
    had = [address for name in ("To", "Cc") for _spoken, address in headers.people(message, name)]
    return tuple(one for one in dict.fromkeys(had) if one != ours and one not in written)[:MOST_COPIES]


def _about(
    message: Message,
    found: parts.Contents,
    kept: envelope.Taken,
    text: str,
    *,
    made_up: bool,
    settings: Settings | None,
) -> list[str]:
    """The notes on the mail as such."""
    ours = mail_address(str((settings or {}).get("address") or ""))
    holds = {
        "loop": signs.loops(message, ours=ours),
        "encrypted": message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime"),
        "left_out": bool(kept.whole) or any(one.left_out for one in found.enclosures),
        "text_cut": len(text) > MAX_TEXT,
        "html": bool(found.html),
        "date_first_seen": made_up,
    }
    return [note for note, so in holds.items() if so]


def _published(message: Message, kept: envelope.Taken) -> tuple[datetime, bool]:
    """When it was written, and whether we had to take the time of its arrival: a date that is missing or cannot be is none. Raises `BadData`."""
    written = headers.moment(headers.raw(message, "Date"))
    arrived = kept.at or headers.arrived(message)
    if arrived is None:
        if written is None:
            raise BadData("no_text", detail="a mail without a date.")
        return written, False
    if written is None or not arrived - _BEHIND <= written <= arrived + _AHEAD:
        return arrived.astimezone(UTC), True
    return written, False


def _links(text: str) -> tuple[str, ...]:
    try:
        return tuple(link for link in texts.links(text) if len(link) <= 2_000)
    except Unfit:  # a mail of nothing but links: it is readable, and that is enough
        return ()
