"""Files that are no tables whatever their names say: told by how they begin, and by characters no text has."""

from __future__ import annotations

import codecs
import re
import zipfile
from pathlib import Path

from grapevine.connectors.base import BadData

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "file_is_spreadsheet"),  # what office programs wrote before 2007
    (b"%PDF-", "file_is_document"),
    (b"{\\rtf", "file_is_document"),
    (b"7z\xbc\xaf\x27\x1c", "file_is_archive"),
    (b"Rar!\x1a\x07", "file_is_archive"),
    (b"\xfd7zXZ\x00", "file_is_archive"),
    (b"\x28\xb5\x2f\xfd", "file_is_archive"),
    (b"BZh91AY&SY", "file_is_archive"),
    (b"\x89PNG\r\n\x1a\n", "file_is_binary"),
    (b"\xff\xd8\xff", "file_is_binary"),
    (b"GIF87a", "file_is_binary"),
    (b"GIF89a", "file_is_binary"),
    (b"\x7fELF", "file_is_binary"),
    (b"SQLite format 3\x00", "file_is_binary"),
    (b"OggS\x00", "file_is_binary"),
)
_ZIPPED = (("xl/", "file_is_spreadsheet"), ("word/", "file_is_document"), ("ppt/", "file_is_document"))
_OPEN_DOCUMENTS = {"spreadsheet": "file_is_spreadsheet", "text": "file_is_document"}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""What no text holds: neither line ends, tabs and form feeds nor the escape that colours a terminal."""
LOOKED_AT = 64 << 10
SHARE = 0.02
"""More controls than this among the characters: no text. A picture has a tenth, a table with a few spoilt rows hardly any."""
SPARED = 8
"""So few controls are bad rows, however short the file."""


def refuse(path: Path, head: bytes, encoding: str) -> None:
    """Raise `BadData` when the file is something else than text. `head` are its first bytes, decompressed; `encoding` the text's, if it
    is one."""
    code = _told_by_beginning(path, head) or _told_by_controls(head, encoding)
    if code:
        raise BadData(code, file=path.name)


def _told_by_beginning(path: Path, head: bytes) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(path)
    if head[257:262] == b"ustar":
        return "file_is_archive"
    return next((code for beginning, code in _BEGINNINGS if head.startswith(beginning)), "")


def _in_zip(path: Path) -> str:
    """What a zip file is: office programs keep their documents in such."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            if "mimetype" in names and packed.getinfo("mimetype").file_size < 200:
                kind = packed.read("mimetype").decode("ascii", "replace")
                return next(
                    (code for word, code in _OPEN_DOCUMENTS.items() if kind.endswith(word)),
                    "file_is_document",
                )
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return "file_is_archive"
    found = (code for folder, code in _ZIPPED if any(name.startswith(folder) for name in names))
    return next(found, "file_is_archive")


def _told_by_controls(head: bytes, encoding: str) -> str:
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head[:LOOKED_AT])
    controls = len(_CONTROLS.findall(text))
    return "file_is_binary" if controls > SPARED and controls > SHARE * len(text) else ""
