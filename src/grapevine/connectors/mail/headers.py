"""Headers of mails as people and programs really write them. Pure; nothing here raises."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from grapevine.connectors.mail import charsets
from grapevine.connectors.mail.account import mail_address

LONGEST_ID = 480
LONGEST_SUBJECT = 1_000
MOST_REFERS = 60
_ID = re.compile(r"<([^<>\s]+)>")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")
_LONGEST = 100_000


def raw(message: Message, name: str) -> str:
    """The first header of that name as one line, encoded words not decoded; empty when there is none."""
    found = raws(message, name)
    return found[0] if found else ""


def raws(message: Message, name: str) -> list[str]:
    """All headers of that name, in their order."""
    wanted = name.lower()
    return [
        _SPACES.sub(" ", charsets.loose(str(value)[:_LONGEST])).strip()
        for key, value in message.raw_items()
        if key.lower() == wanted
    ]


def words(message: Message, name: str) -> str:
    """A header as people read it."""
    return decoded(raw(message, name))


def decoded(value: str) -> str:
    """A header's value with its encoded words (RFC 2047) decoded, on one line."""
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except (HeaderParseError, binascii.Error, ValueError):
        return value
    text = "".join(
        piece if isinstance(piece, str) else charsets.decoded(piece, charset or "ascii")
        for piece, charset in pieces
    )
    return _SPACES.sub(" ", text).strip()


def people(message: Message, name: str) -> list[tuple[str, str]]:
    """Names and addresses (in lower case) of a header; what is no address is left out."""
    found = []
    try:
        pairs = getaddresses(raws(message, name))
    except (ValueError, IndexError, RecursionError):
        return []
    for spoken, address in pairs:
        if clean := mail_address(decoded(address)):
            found.append((decoded(spoken)[:200], clean))
    return found


def ids(value: str) -> list[str]:
    """The message ids in a header's value, in their order, each once."""
    found = [one for one in _ID.findall(value) if len(one) <= LONGEST_ID]
    return list(dict.fromkeys(found))


def own_id(message: Message) -> str:
    """The message's own id; also one that was written without its brackets."""
    value = raw(message, "Message-ID")
    found = ids(value)
    if found:
        return found[0]
    bare = value.strip("<> ")
    return bare if "@" in bare and " " not in bare and len(bare) <= LONGEST_ID else ""


def refers(message: Message) -> tuple[str, ...]:
    """The earlier messages of the conversation, the nearest last: the first and the latest of them when there are very many."""
    found = ids(raw(message, "References"))
    for one in ids(raw(message, "In-Reply-To"))[:1]:
        found = [*(other for other in found if other != one), one]
    return tuple(found if len(found) <= MOST_REFERS else [found[0], *found[1 - MOST_REFERS :]])


def moment(value: str) -> datetime | None:
    """A date of a header, in UTC; None when it is none."""
    try:
        at = parsedate_to_datetime(value)
        at = at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at if 1970 <= at.year <= 2100 else None


def arrived(message: Message) -> datetime | None:
    """When the last server on the way says it took the mail in."""
    return moment(raw(message, "Received").rpartition(";")[2].strip())


_CONTENT = re.compile(rb"(?im)^content-[a-z-]+:.*(?:\r?\n[ \t].*)*")


def only_content(block: bytes) -> bytes:
    """Of a block of headers those that say what a part is (Content-…)."""
    return b"\r\n".join(one.rstrip(b"\r") for one in _CONTENT.findall(block))
