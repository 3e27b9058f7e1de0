"""Files that people upload wait here until the way they are read has been confirmed; then the import reads them."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

_TOKEN = re.compile(r"[0-9a-f]{24}")
KEPT = timedelta(days=2)


class NoSuchUpload(LookupError):
    """No file waits under this name: it was imported, or it waited too long."""


@dataclass(frozen=True)
class Upload:
    """A waiting file."""

    token: str
    path: Path

    @property
    def name(self) -> str:
        return self.path.name


def folder() -> Path:
    """Where uploaded files lie."""
    return Path(settings.MEDIA_ROOT) / "imports"


def keep(name: str, chunks: Iterable[bytes]) -> Upload:
    """Store an uploaded file under a name nobody can guess. Its own name is kept without any path."""
    token = secrets.token_hex(12)
    plain = re.sub(r"[^\w.\- ]", "_", Path(name.replace("\\", "/")).name).strip(". ")[-120:] or "file"
    path = folder() / token / plain
    path.parent.mkdir(parents=True, mode=0o700)
    with path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
    return Upload(token, path)


def waiting(token: str) -> Upload:
    """The file stored under `token`. Raises NoSuchUpload."""
    if _TOKEN.fullmatch(token):
        found = [path for path in (folder() / token).glob("*") if path.is_file()]
        if found:
            return Upload(token, found[0])
    raise NoSuchUpload(token)


def drop(token: str) -> None:
    """Remove a waiting file."""
    shutil.rmtree(waiting(token).path.parent, ignore_errors=True)


def drop_old(*, at: datetime, still_needed: set[str]) -> int:
    """Remove files that waited longer than KEPT and that no import (by path) still reads; returns how many."""
    removed = _drop_broken_off(at)
    for place in folder().glob("*/*"):
        if place.stat().st_mtime < (at - KEPT).timestamp() and str(place) not in still_needed:
            shutil.rmtree(place.parent, ignore_errors=True)
            removed += 1
    return removed


def _drop_broken_off(at: datetime) -> int:
    """Remove uploads that were never whole: a process that is killed leaves them behind."""
    removed = 0
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"):
        if path.stat().st_mtime < (at - KEPT).timestamp():
            path.unlink(missing_ok=True)
            removed += 1
    return removed
