"""What somebody wrote into the form, as it is kept, and as a `Post`. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from grapevine.connectors import texts
from grapevine.connectors.base import Author, BadData, Post
from grapevine.connectors.mail.account import mail_address
from grapevine.connectors.reasons import MAX_TAGS, Unfit

LONGEST_TEXT, LONGEST_NAME = 20_000, 120


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One submission. `token` is made when the page is opened, so that sending it twice is sending it once; `consent` is what was agreed to."""

    token: str
    name: str
    email: str
    text: str
    at: datetime
    heading: str = ""
    consent: str = ""
    lang: str = ""


def to_raw(entry: Entry) -> bytes:
    """The submission as it is kept."""
    return msgspec.json.encode(entry)


def to_post(raw: bytes) -> Post:
    """Map one submission as kept. Raises `BadData`."""
    try:
        entry = msgspec.json.decode(raw, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadData("not_understood", host="The form", detail=f"{error}.") from None
    email = mail_address(entry.email)
    text = entry.text.replace("\0", "").strip()
    if not text or not email or entry.at.tzinfo is None or max(len(text), len(entry.token)) > LONGEST_TEXT:
        raise BadData("no_text", detail="a form without text, address or time.")
    made = texts.made_id(entry.token, email, entry.name, text).removeprefix("made-")
    try:
        links = texts.links(text)
    except Unfit:
        links = ()
    own = f"form-{made}"
    return Post(
        external_id=own,
        kind="message",
        text=text,
        title=entry.heading.replace("\0", "")[:300],
        author=Author(
            external_id=email,
            handle=email,
            name=" ".join(entry.name.replace("\0", "").split())[:LONGEST_NAME],
        ),
        lang=texts.language(entry.lang),
        published_at=entry.at.astimezone(UTC),
        thread_id=own,
        links=links[:MAX_TAGS],
        notes=("sender_unchecked",),
    )
