"""A file of lines read forward through a window of bounded size, whatever its compression and encoding.

The window holds bytes in an encoding in which line ends, quotes and separators are single bytes: UTF-16 is
turned into UTF-8 on the way in and old Macintosh line ends into `\\n`, while positions still count the bytes
of the file (of what it decompresses to), so that reading can go on from any of them.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import zlib
from io import BufferedReader
from pathlib import Path
from typing import cast

from grapevine.connectors.base import BadData

_WIDE = {"utf-16", "utf-16-le", "utf-16-be"}


class Tape:
    """The window. Positions given and returned are of the window's bytes; `origin` is where its first byte lies.

    Raises `BadData` when the file cannot be opened; a compressed file that ends early sets `truncated`.
    """

    def __init__(
        self, path: Path, *, encoding: str = "utf-8", newline: str = "\n", start: int | None = None
    ) -> None:
        self.path = path
        self.truncated = False
        self.ended = False
        self.data = b""
        self.encoding = "utf-8" if encoding in _WIDE else encoding
        self._newline = newline
        try:
            self._plain = path.open("rb")
            self.size = path.stat().st_size
            self.zipped = self._plain.read(2) == b"\x1f\x8b"
            self._plain.seek(0)
        except OSError as error:
            raise BadData("bad_file", file=path.name, detail=f"{error.strerror}.") from None
        self._file = (
            cast("BufferedReader", gzip.GzipFile(fileobj=self._plain)) if self.zipped else self._plain
        )
        self._wide = ""
        mark = self._read(4)
        skip = _mark_length(mark, encoding)
        if encoding in _WIDE:
            big = mark.startswith(codecs.BOM_UTF16_BE) or (encoding == "utf-16-be" and skip == 0)
            self._wide = "utf-16-be" if big else "utf-16-le"
        self._decoder = codecs.getincrementaldecoder(self._wide)("surrogatepass") if self._wide else None
        self.origin = skip if start is None else start
        self._seek(self.origin)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._plain.close()

    @property
    def at(self) -> int:
        """How far into the file on disk we have read, for progress (bytes)."""
        return self._plain.tell()

    def fill(self, length: int) -> bool:
        """Read until the window holds `length` bytes; False when the file ends before that."""
        if len(self.data) >= length or self.ended:
            return len(self.data) >= length
        parts = [self.data]
        have = len(self.data)
        while have < length:
            part = self._read(min(max(length - have, 65_536), 1 << 20))
            if not part:
                self.ended = True
                part = self._rest()
            else:
                part = self._turned(part)
            parts.append(part)
            have += len(part)
            if self.ended:
                break
        self.data = b"".join(parts)
        return have >= length

    def drop(self, length: int) -> None:
        """Forget the first `length` bytes of the window."""
        self.origin += self.width(self.data[:length])
        self.data = self.data[length:]

    def width(self, part: bytes) -> int:
        """How many bytes of the file the bytes of the window stand for."""
        if not self._wide:
            return len(part)
        half = part.endswith(b"\xff")  # see `_rest`
        whole = part[:-1] if half else part
        return len(whole.decode("utf-8", "surrogatepass").encode(self._wide, "surrogatepass")) + half

    def original(self, part: bytes) -> bytes:
        """Bytes of the window as they stand in the file."""
        if self._wide:
            return part.decode("utf-8", "replace").encode(self._wide, "surrogatepass")
        return part.replace(b"\n", b"\r") if self._newline == "\r" else part

    def line_end(self, start: int, limit: int) -> int:
        """Where the line that begins at `start` ends (behind its `\\n`, or at the end of the file).

        -1 when it is longer than `limit` bytes.
        """
        step = 65_536
        searched = start
        while True:
            end = self.data.find(b"\n", searched)
            if end >= 0:
                return end + 1 if end - start < limit else -1
            searched = len(self.data)
            if searched - start >= limit:
                return -1
            if not self.fill(min(searched + step, start + limit + 1)) and self.ended:
                end = self.data.find(b"\n", searched)
                return end + 1 if end >= 0 else len(self.data)
            step = min(step * 2, 1 << 20)

    def skip_line(self) -> int:
        """Leave out the rest of a line too long to hold; returns the bytes of the file left out."""
        start = self.origin
        while True:
            end = self.data.find(b"\n")
            if end >= 0:
                self.drop(end + 1)
                return self.origin - start
            self.drop(len(self.data))
            if not self.fill(1 << 20) and not self.data:
                return self.origin - start

    def _read(self, length: int) -> bytes:
        try:
            return self._file.read1(
                length
            )  # `read` would lose what stands before the place where a file breaks off
        except (EOFError, zlib.error, gzip.BadGzipFile, OSError) as error:
            if self.zipped and not isinstance(error, gzip.BadGzipFile):
                self.truncated = True
                return b""
            raise BadData("bad_file", file=self.path.name, detail=f"{error}.") from None

    def _seek(self, position: int) -> None:
        try:
            self._file.seek(position)
        except (EOFError, zlib.error):
            self.truncated = self.ended = True

    def _turned(self, part: bytes) -> bytes:
        if self._decoder is not None:
            part = self._decoder.decode(part).encode("utf-8", "surrogatepass")
        return part.replace(b"\r", b"\n") if self._newline == "\r" else part

    def _rest(self) -> bytes:
        """Half a character at the end of a UTF-16 file becomes a byte that is undecodable for certain."""
        if self._decoder is None:
            return b""
        half = self._decoder.getstate()[0]
        self._decoder.reset()
        return b"\xff" if half else b""


PRINTED = 64 << 10


def fingerprint(path: Path, length: int = PRINTED) -> str:
    """Of the first `length` bytes: tells a file from another, and lets one that has grown at its end go
    on."""
    with path.open("rb") as file:
        return hashlib.blake2b(file.read(length), digest_size=12).hexdigest()


def _mark_length(head: bytes, encoding: str) -> int:
    if encoding == "utf-8" and head.startswith(codecs.BOM_UTF8):
        return 3
    if encoding in _WIDE and head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return 2
    return 0
