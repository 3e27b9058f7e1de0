"""Which process reads a file that no job reads: a lease beside the import, renewed with every batch.

A job has a lease of its own. `grapevine import` has none, and two of them would read the same file side by side; nor would anybody see
that one was killed. Who takes the lease reads on from the cursor; who finds it held by a living process is told so.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext

from grapevine.core.selectors import jobs
from grapevine.sources.models import Import, ImportState

OPEN = (ImportState.WAITING, ImportState.RUNNING)
"""The states of an import that has not come to its end."""
LEASE = timedelta(minutes=3)
"""Longer than the longest batch takes, and the first compilation of many watches before it."""


class BeingImported(Exception):
    """Another process reads the file. `str()` says so, and what to do, in the reader's language."""

    def __init__(self, one: Import) -> None:
        host, pid, _ = _parts(one.lease)
        super().__init__(
            gettext(
                "%(file)s is being imported right now by another command (process %(pid)s on %(host)s). Wait until it is done, or "
                "stop it there and start again: the import goes on where it was."
            )
            % {"file": one.file_name, "pid": pid, "host": host}
        )


class LeaseLost(Exception):
    """Somebody stopped the import, or took it over after a long silence: go no further."""


def take(one: Import, *, at: datetime) -> str:
    """Take the lease of an import; returns it. Raises BeingImported."""
    before = Import.objects.get(pk=one.pk)
    if is_alive(before, at=at):
        raise BeingImported(before)
    lease = f"{socket.gethostname()[:100]}:{os.getpid()}:{secrets.token_hex(8)}"
    same = Q(lease=before.lease, leased_until=before.leased_until)
    if not Import.objects.filter(same, pk=one.pk).update(lease=lease, leased_until=at + LEASE):
        raise BeingImported(Import.objects.get(pk=one.pk))  # somebody else was faster
    return lease


def renew(one: Import, lease: str, *, at: datetime) -> None:
    """Hold a lease for longer. Call it in the transaction of each batch: LeaseLost undoes what came too late."""
    held = Import.objects.filter(pk=one.pk, lease=lease, state=ImportState.RUNNING)
    if not held.update(leased_until=at + LEASE):
        raise LeaseLost


def give_back(one: Import, lease: str) -> None:
    """Let others go on at once."""
    Import.objects.filter(pk=one.pk, lease=lease).update(lease="", leased_until=None)


def is_alive(one: Import, *, at: datetime) -> bool:
    """Whether a process that still lives holds the lease, as far as can be seen from here."""
    return one.leased_until is not None and one.leased_until > at and not _has_died(one.lease)


def is_interrupted(one: Import, *, at: datetime) -> bool:
    """Whether an import that no job reads was broken off: nothing goes on by itself."""
    if one.job_id is not None or is_alive(one, at=at):
        return False
    if one.state == ImportState.WAITING:  # it may be about to begin
        return one.created_at < at - LEASE
    return one.state == ImportState.RUNNING


def given_up(found: Iterable[Import]) -> set[int]:
    """Of these imports, those that a job should read, and none will: it failed as often as it may be tried, or is gone."""
    open_ones = {one.pk: one.job_id for one in found if one.state in OPEN and one.job_id is not None}
    working = jobs.unfinished(open_ones.values())
    return {import_id for import_id, job_id in open_ones.items() if job_id not in working}


def _has_died(lease: str) -> bool:
    """Whether the holder was a process of this machine and is no more: then nobody has to wait for the lease to run out."""
    host, pid, _ = _parts(lease)
    if os.name != "posix" or host != socket.gethostname()[:100] or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:  # it lives, and is somebody else's
        return False
    return False


def _parts(lease: str) -> tuple[str, str, str]:
    host, pid, rest = ("::" + lease).rsplit(":", 2)
    return host.removeprefix("::"), pid, rest
