"""The one secret of an installation: made at the first start, kept in the home folder, readable by its owner only."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
import time
from pathlib import Path

from grapevine.config.environment import WrongSetting
from grapevine.config.language import gettext as _

SHORTEST = 32  # characters; ours have 67
_PATIENCE = 2.0  # seconds that another start may take to write its key where a file can't be linked


class WrongKey(WrongSetting):
    """The key's file holds no key that can be trusted. Says what to do."""

    def __init__(self, path: Path) -> None:
        self.variable, self.given, self.expected = (
            "GRAPEVINE_HOME",
            str(path.parent),
            "a folder with a whole key",
        )
        told = _(
            "%(file)s is empty or cut off: a start was interrupted, or the disk was full. Put the file back from a copy. "
            "If there is none, delete it: the next start makes a new key, everybody signs in again, and the secrets of "
            "sources are typed in again."
        )
        ValueError.__init__(self, told % {"file": path})


def path_under(home: Path) -> Path:
    """Where the key lies."""
    return home / "secret.key"


def is_whole(key: str) -> bool:
    """Whether this is a key and not the beginning of one."""
    return len(key) >= SHORTEST


def read_or_make(home: Path) -> str:
    """The secret key under `home`; made when there is none. Starts at once get the same one, and a kill leaves none or a whole one.

    Raises WrongKey when the file holds less than a key.
    """
    path = path_under(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _make(path)
    key = path.read_text(errors="replace").strip()
    if not is_whole(key):
        raise WrongKey(path)
    return key


def _make(path: Path) -> None:
    """Write a key beside the place and put it there as a whole, unless another start was faster."""
    handle, beside = tempfile.mkstemp(
        prefix=".secret-", dir=path.parent
    )  # for the owner only, as mkstemp makes them
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, path)  # unlike a rename, it replaces nothing
        except FileExistsError:
            return
        except OSError:  # a file system without links
            _move(Path(beside), path)
        _keep(path.parent)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(beside).unlink()


def _move(beside: Path, path: Path) -> None:
    """Put the key in place by renaming, while a folder (whose making is one step everywhere) keeps other starts out."""
    lock = path.with_suffix(".making")
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            if path.exists() or time.monotonic() > until:
                break  # made by the other, or the other was killed
            time.sleep(0.02)
    try:
        if not path.exists():
            beside.rename(path)
    finally:
        with contextlib.suppress(OSError):
            lock.rmdir()


def _keep(folder: Path) -> None:
    """See to it that the folder's new entry outlives a power cut, where folders can be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
