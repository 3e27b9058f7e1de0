"""Collecting the static files under names that tell their content, when they have changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

import grapevine


def fingerprint() -> str:
    """Changes when a file, its length or its time does, or the version of Grapevine."""
    seen = hashlib.sha256(grapevine.__version__.encode())
    for finder in finders.get_finders():
        for name, storage in finder.list(None):
            stat = Path(storage.path(name)).stat()
            seen.update(f"{name}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def is_fresh() -> bool:
    """Whether what was collected is what there is."""
    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    return stamp.exists() and stamp.read_text() == fingerprint()


def collect() -> bool:
    """Collect when something has changed; whether it was done."""
    if is_fresh():
        return False
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    now = fingerprint()
    # Old files stay: a page that is open somewhere still asks for them by their old names.
    call_command("collectstatic", interactive=False, verbosity=0)
    (root / ".fingerprint").write_text(now)
    return True
