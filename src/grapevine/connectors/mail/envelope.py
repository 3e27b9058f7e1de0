"""What is kept of a mail: its bytes as they came, behind one line of ours that says when the server took it in.

Of a mail that is too large the texts are kept and, of each attachment, its description; the line then says how large the whole was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

NAME = b"Grapevine-Taken-In:"
LEFT_OUT = "Grapevine-Left-Out"
"""The header of an attachment that was not fetched: its size in bytes, as it travelled."""
_LINE = re.compile(rb"Grapevine-Taken-In: at=([0-9T:.+-]{10,40})(?:; whole=(\d{1,12}))?\r\n")
_OWN_LINES = re.compile(rb"(?im)^(?:content-[a-z-]+|mime-version):.*(?:\r?\n[ \t].*)*\r?\n?")


@dataclass(frozen=True)
class Taken:
    """A mail as kept. `at` is when the server took it in, `whole` its size in bytes where not all of it is here."""

    mail: bytes
    at: datetime | None = None
    whole: int = 0


@dataclass(frozen=True)
class Piece:
    """A part of a large mail: its own headers, and its content unless that was left out. Pieces with the same `choice` say the same."""

    headers: bytes
    content: bytes | None
    size: int
    choice: str = ""


def put(mail: bytes, *, at: datetime) -> bytes:
    """The raw item of a whole mail."""
    return NAME + f" at={at.astimezone(UTC).isoformat()}\r\n".encode() + mail


def put_pieces(headers: bytes, pieces: Sequence[Piece], *, at: datetime, whole: int) -> bytes:
    """The raw item of a mail of which only some pieces were fetched: a mail with the headers of the original, its parts laid side by side."""
    head = _OWN_LINES.sub(b"", headers.rstrip(b"\r\n") + b"\r\n")
    parts = [
        NAME + f" at={at.astimezone(UTC).isoformat()}; whole={whole}\r\n".encode(),
        head,
        b"MIME-Version: 1.0\r\n",
        _opened("mixed"),
    ]
    choice = ""
    for piece in pieces:
        if piece.choice != choice:
            parts.append(_closed("alternative") if choice else b"")
            parts.append(_between("mixed") + _opened("alternative") if piece.choice else b"")
            choice = piece.choice
        parts += [_between("alternative" if choice else "mixed"), *_written(piece)]
    parts.append(_closed("alternative") if choice else b"")
    parts.append(_closed("mixed"))
    return b"".join(parts)


def _written(piece: Piece) -> list[bytes]:
    own = piece.headers.strip(b"\r\n")
    lines = [own, b"\r\n"] if own else []
    if piece.content is None:
        return [*lines, f"{LEFT_OUT}: {piece.size}\r\n\r\n".encode()]
    return [*lines, b"\r\n", piece.content.rstrip(b"\r\n"), b"\r\n"]


def _opened(kind: str) -> bytes:
    return f'Content-Type: multipart/{kind}; boundary="grapevine-{kind}"\r\n\r\n'.encode()


def _between(kind: str) -> bytes:
    return f"--grapevine-{kind}\r\n".encode()


def _closed(kind: str) -> bytes:
    return f"--grapevine-{kind}--\r\n".encode()


def taken(raw: bytes) -> Taken:
    """The mail in a raw item. A line that somebody wrote into his mail to look like ours stands below ours and counts for nothing."""
    found = _LINE.match(raw)
    if found is None:
        return Taken(raw)
    try:
        at = datetime.fromisoformat(found[1].decode()).astimezone(UTC)
    except ValueError:
        return Taken(raw)
    return Taken(raw[found.end() :], at, int(found[2] or 0))
