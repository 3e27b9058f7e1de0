"""A file that a command imports is read by one process at a time, and a killed one is taken up where it was."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from grapevine.connectors.file import reading
from grapevine.core import access, clock
from grapevine.core.testing import NOON, signed_in
from grapevine.sources import leases, testing
from grapevine.sources.actions import imports
from grapevine.sources.models import Import, ImportState, Post
from grapevine.sources.selectors import imports as selectors
from grapevine.sources.tests.test_imports import file_of

pytestmark = pytest.mark.django_db
HERE = socket.gethostname()[:100]


class Killed(BaseException):
    """The process is gone: nothing after it is done."""


def begin(path: Path, source: Any = None) -> Import:
    return imports.start(
        source=source or testing.make_source(),
        path=str(path),
        file_name=path.name,
        mapping={},
        by=access.SYSTEM,
        at=NOON,
        in_background=False,
    )


def a_dead_process() -> int:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    return gone.pid


def read_some(one: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read two batches of ten rows, and break off."""
    whole = reading.read

    def small(*given: Any, **more: Any) -> Any:
        # A piece of a file is never smaller than a line, and pieces grow to `rows`.
        return whole(*given, **{**more, "rows": 10})

    seen = []

    def watch(so_far: Import) -> None:
        seen.append(so_far.read)
        raise Killed

    monkeypatch.setattr(reading, "read", small)
    with pytest.raises(Killed):
        imports.run(one.pk, at=NOON, watch=watch)
    assert seen


def test_while_one_command_reads_a_file_another_is_told_so(tmp_path: Path) -> None:
    one = begin(file_of(tmp_path, 5))
    leases.take(one, at=NOON)
    Import.objects.update(state=ImportState.RUNNING)
    again = begin(tmp_path / "letters.jsonl", one.source)
    assert again.pk == one.pk
    with pytest.raises(imports.BeingImported) as caught:
        imports.run(again.pk, at=NOON + timedelta(seconds=5))
    assert "letters.jsonl" in str(caught.value)
    assert str(os.getpid()) in str(caught.value)
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("lease", "later"),
    [
        (f"{HERE}:{{dead}}:x", timedelta(seconds=1)),  # killed on this machine: seen at once
        ("elsewhere:1:x", leases.LEASE + timedelta(seconds=1)),  # silent for too long
        ("", timedelta(0)),  # stopped by its user
    ],
)
def test_a_command_that_died_is_taken_over_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lease: str, later: timedelta
) -> None:
    one = begin(file_of(tmp_path, 4_000))
    read_some(one, monkeypatch)
    one.refresh_from_db()
    had = one.read
    assert 0 < had < 4_000
    until = NOON + leases.LEASE if lease else None
    Import.objects.update(lease=lease.format(dead=a_dead_process()), leased_until=until)
    done = imports.run(begin(tmp_path / "letters.jsonl", one.source).pk, at=NOON + later)
    assert (done.pk, done.state, done.read, done.new) == (one.pk, ImportState.DONE, 4_000, 4_000)
    assert (done.lease, done.leased_until) == ("", None)


def test_another_machines_command_is_alive_until_its_lease_runs_out(tmp_path: Path) -> None:
    one = begin(file_of(tmp_path, 5))
    Import.objects.update(state=ImportState.RUNNING, lease="elsewhere:1:x", leased_until=NOON + leases.LEASE)
    with pytest.raises(imports.BeingImported, match="elsewhere"):
        imports.run(one.pk, at=NOON)
    assert imports.run(one.pk, at=NOON + leases.LEASE).state == ImportState.DONE


def test_who_was_taken_over_stores_nothing_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = begin(file_of(tmp_path, 4_000))
    whole = reading.read
    monkeypatch.setattr(reading, "read", lambda *given, **more: whole(*given, **{**more, "rows": 10}))

    def watch(so_far: Import) -> None:
        Import.objects.update(lease="elsewhere:1:x")

    with pytest.raises(imports.BeingImported):
        imports.run(one.pk, at=NOON, watch=watch)
    one.refresh_from_db()
    assert one.lease == "elsewhere:1:x"
    assert one.state == ImportState.RUNNING
    assert one.read == Post.objects.count() < 4_000


def test_an_import_stopped_on_the_page_stops_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = begin(file_of(tmp_path, 4_000))
    whole = reading.read
    monkeypatch.setattr(reading, "read", lambda *given, **more: whole(*given, **{**more, "rows": 10}))

    def watch(so_far: Import) -> None:
        imports.cancel(of=Import.objects.get(), by=access.SYSTEM, at=NOON)

    done = imports.run(one.pk, at=NOON, watch=watch)
    assert done.state == ImportState.CANCELLED
    assert Post.objects.count() == done.read < 4_000


def test_the_page_shows_what_was_interrupted_and_how_to_go_on(tmp_path: Path) -> None:
    client = signed_in(role="lead")
    one = begin(file_of(tmp_path, 5), testing.make_source(name="Letters of Elsinore"))
    now = clock.now()
    Import.objects.update(
        state=ImportState.RUNNING, lease=f"{HERE}:{os.getpid()}:x", leased_until=now + leases.LEASE
    )
    row = selectors.of_source(one.source_id, by=access.SYSTEM, at=now)[0]
    assert (row.state, row.command) == ("running", "")
    Import.objects.update(lease=f"{HERE}:{a_dead_process()}:x")
    row = selectors.of_source(one.source_id, by=access.SYSTEM, at=now)[0]
    assert (row.state, row.is_open) == ("interrupted", True)
    page = client.get(reverse("sources:source", args=[one.source_id])).content.decode()
    assert "Interrupted" in page
    assert "grapevine import" in page
    assert "letters.jsonl --source &#x27;Letters of Elsinore&#x27;" in page
    page = signed_in(role="reader").get(reverse("sources:source", args=[one.source_id])).content.decode()
    assert str(tmp_path) not in page


def test_an_import_that_is_about_to_begin_or_that_a_job_reads_is_not_called_interrupted() -> None:
    waiting = testing.make_import(created_at=NOON)
    assert not leases.is_interrupted(waiting, at=NOON + timedelta(seconds=5))
    assert leases.is_interrupted(waiting, at=NOON + timedelta(hours=1))
    of_job = testing.make_import(created_at=NOON, job_id=7, state=ImportState.RUNNING)
    assert not leases.is_interrupted(of_job, at=NOON + timedelta(hours=1))
    done = testing.make_import(created_at=NOON, state=ImportState.DONE)
    assert not leases.is_interrupted(done, at=NOON + timedelta(hours=1))
