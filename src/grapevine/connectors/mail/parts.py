"""What a mail is made of: what is to be read, and the files that came with it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import Message

from grapevine.connectors import markup
from grapevine.connectors.base import Attachment, BadData
from grapevine.connectors.mail import charsets, headers
from grapevine.connectors.mail.envelope import LEFT_OUT

MOST_PARTS = 1_000
LONGEST_HTML = 2_000_000
LONGEST_NAME = 120
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")
_EXTENSIONS = {
    "text/plain": "txt", "text/html": "html", "text/calendar": "ics", "text/csv": "csv", "image/jpeg": "jpg", "image/png": "png",
    "image/gif": "gif", "image/webp": "webp", "application/pdf": "pdf", "message/rfc822": "eml", "application/pgp-signature": "asc",
    "text/rfc822-headers": "txt",
}  # fmt: skip


@dataclass(frozen=True)
class Enclosure:
    """A file in a mail, not decoded yet. `left_out` is its size in bytes where it was not fetched; `content_id` is how HTML calls it."""

    name: str
    media_type: str
    content_id: str
    left_out: int
    part: Message

    @property
    def kind(self) -> str:
        """image, video, audio or file."""
        main = self.media_type.partition("/")[0]
        return main if main in ("image", "video", "audio") else "file"

    @property
    def size(self) -> int:
        """How large it is, in bytes."""
        return self.left_out or len(_content(self.part))

    def opened(self) -> Attachment:
        """The file itself; empty when it was left out."""
        return Attachment(
            name=self.name, media_type=self.media_type, content=b"" if self.left_out else _content(self.part)
        )


@dataclass
class Contents:
    """What a mail holds. `html` is as it came: hostile. `reports` are the parts in which programs tell programs what became of a mail."""

    text: str = ""
    html: str = ""
    enclosures: list[Enclosure] = field(default_factory=list)
    reports: list[Message] = field(default_factory=list)
    originals: list[Message] = field(default_factory=list)


def parsed(mail: bytes) -> Message:
    """The mail as a tree. Raises `BadData` when it is nested beyond all measure."""
    try:
        return message_from_bytes(mail, policy=policy.compat32)
    except RecursionError:
        raise BadData("not_understood", host="The mail", detail="parts within parts without end.") from None


def contents(message: Message) -> Contents:
    """Everything in a mail. Raises `BadData` when it is nested beyond all measure."""
    found = Contents()
    try:
        left = iter(range(MOST_PARTS))
        found.text, found.html = _body(message, found, left)
    except RecursionError:
        raise BadData("not_understood", host="The mail", detail="parts within parts without end.") from None
    return found


def _body(part: Message, found: Contents, left: Iterator[int]) -> tuple[str, str]:
    """Text and HTML of a part; the files in it, and what programs report, are added to `found`."""
    if next(left, None) is None:
        return "", ""
    kind = part.get_content_type()
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        return _multipart(part, kind, found, left)
    if kind in ("message/delivery-status", "message/disposition-notification"):
        found.reports.append(part)
        return "", ""
    if kind in ("message/rfc822", "text/rfc822-headers"):
        found.originals.append(part)
    elif kind in ("text/plain", "text/html") and not _is_file(part):
        text = _text(part)
        if kind == "text/plain":
            return text, ""
        return markup.read(text[:LONGEST_HTML]).text, text[:LONGEST_HTML]
    found.enclosures.append(_enclosure(part, len(found.enclosures) + 1))
    return "", ""


def _multipart(part: Message, kind: str, found: Contents, left: Iterator[int]) -> tuple[str, str]:
    children = [child for child in part.get_payload() if isinstance(child, Message)]
    bodies = [(child, *_body(child, found, left)) for child in children]
    texts = [(child.get_content_type(), text) for child, text, _html in bodies if text.strip()]
    htmls = [html for _child, _text, html in bodies if html.strip()]
    if kind == "multipart/alternative":
        plain = [text for name, text in texts if name == "text/plain"]
        return (plain or [text for _name, text in texts] or [""])[0], (htmls or [""])[-1]
    text = "\n\n".join(text.strip("\n") for _name, text in texts)
    if not htmls:
        return text, ""
    whole = [
        html or f"<pre>{_escaped(text)}</pre>"
        for _child, text, html in bodies
        if html.strip() or text.strip()
    ]
    return text, "\n<hr>\n".join(whole)


def _is_file(part: Message) -> bool:
    disposition = headers.raw(part, "Content-Disposition").partition(";")[0].strip().lower()
    return (
        disposition == "attachment"
        or (disposition != "inline" and bool(_named(part)))
        or bool(_left_out(part))
    )


def _enclosure(part: Message, number: int) -> Enclosure:
    media_type = part.get_content_type().lower()
    if not _TYPE.fullmatch(media_type):
        media_type = "application/octet-stream"
    name = _named(part)
    inner = part.get_payload() if media_type == "message/rfc822" else None
    if not name and isinstance(inner, list) and inner and isinstance(inner[0], Message):
        name = headers.words(inner[0], "Subject")[: LONGEST_NAME - 4] + ".eml"
    content_id = headers.raw(part, "Content-ID").strip("<> ")[: headers.LONGEST_ID]
    return Enclosure(safe_name(name, number, media_type), media_type, content_id, _left_out(part), part)


def _named(part: Message) -> str:
    try:
        name = part.get_filename("")
    except (ValueError, LookupError, TypeError):
        name = ""
    return headers.decoded(charsets.loose(str(name or ""))).strip()


def safe_name(name: str, number: int, media_type: str) -> str:
    """A file's name without anything that leads elsewhere or turns its letters about; one that says nothing gets a number."""
    clean = " ".join(_UNSAFE.sub(" ", name.rpartition("/")[2].rpartition("\\")[2]).split()).strip(". ")
    if not clean:
        return f"{number}.{_EXTENSIONS.get(media_type, 'bin')}"
    if len(clean) <= LONGEST_NAME:
        return clean
    stem, dot, extension = clean.rpartition(".")
    return (
        f"{stem[: LONGEST_NAME - 11]}.{extension}" if dot and len(extension) <= 10 else clean[:LONGEST_NAME]
    )


def _left_out(part: Message) -> int:
    size = headers.raw(part, LEFT_OUT)
    return int(size) if size.isascii() and size.isdecimal() and len(size) < 13 else 0


def _content(part: Message) -> bytes:
    if part.is_multipart():
        try:
            return b"".join(one.as_bytes() for one in part.get_payload() if isinstance(one, Message))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return b""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        return b""
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    try:
        charset = str(part.get_param("charset", "") or "")
    except (ValueError, LookupError, TypeError):
        charset = ""
    text = charsets.decoded(_content(part), charset).replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_type() == "text/plain" and str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, joined=str(part.get_param("delsp", "")).lower() == "yes")
    return text.replace("\0", "")


def _unflowed(text: str, *, joined: bool) -> str:
    """Lines that were only broken to fit the screen put together again (RFC 3676); the line of a signature stands."""
    lines: list[str] = []
    open_at = -1  # the depth of quotation of a line that goes on
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        body = line[depth:].removeprefix(" ")
        if open_at == depth and body != "-- ":
            lines[-1] += body
        else:
            lines.append(">" * depth + (" " if depth else "") + body)
        flows = body.endswith(" ") and body != "-- "
        open_at = depth if flows else -1
        if flows and joined:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
