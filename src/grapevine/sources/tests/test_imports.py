"""Files on their way in."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from grapevine.core import access, jobs
from grapevine.core.testing import NOON, deeds, heard, make_user
from grapevine.sources import events, raws, testing
from grapevine.sources.actions import batches, imports
from grapevine.sources.models import Import, ImportState, Post, RawBlock, Rejected

pytestmark = pytest.mark.django_db


def file_of(folder: Path, count: int, *extra: str) -> Path:
    path = folder / "letters.jsonl"
    lines = [
        json.dumps(
            {
                "id": f"x{n}",
                "text": f"Letter {n} from Elsinore",
                "published_at": "2026-01-02T03:04:05Z",
                "author": "hamlet",
            }
        )
        for n in range(count)
    ]
    path.write_text("\n".join([*lines, *extra]) + "\n")
    return path


def start(path: Path, **values: Any) -> Import:
    values.setdefault("source", testing.make_source())
    return imports.start(
        path=str(path),
        file_name=path.name,
        mapping={},
        by=make_user(role="lead"),
        at=NOON,
        in_background=False,
        **values,
    )


def test_a_file_is_imported_once_however_often_it_is_run(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    one = start(file_of(tmp_path, 30))
    with heard(events.ImportEnded) as news, django_capture_on_commit_callbacks(execute=True):
        done = imports.run(one.pk, at=NOON)
    assert (done.state, done.read, done.new, done.known, done.rejected) == (ImportState.DONE, 30, 30, 0, 0)
    assert done.bytes_done == done.bytes_total > 0
    assert [event.state for event in news] == ["done"]
    again = imports.run(start(tmp_path / "letters.jsonl", source=one.source).pk, at=NOON)
    assert (again.read, again.new, again.known) == (30, 0, 30)
    assert Post.objects.count() == 30
    assert "sources.import.started" in deeds()


def test_raw_items_are_kept_and_found_again(tmp_path: Path) -> None:
    imports.run(start(file_of(tmp_path, 3)).pk, at=NOON)
    assert RawBlock.objects.count() == 1
    for post in Post.objects.all():
        assert json.loads(raws.read(post.raw_block_id, post.raw_index))["id"] == post.external_id


def test_a_bad_row_is_kept_aside_with_its_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    done = imports.run(
        start(
            file_of(
                tmp_path, 3, "{not json", '{"id": "y", "text": "year zero", "published_at": "0000-01-01"}'
            )
        ).pk,
        at=NOON,
    )
    assert (done.state, done.new, done.rejected) == (ImportState.DONE, 3, 2)
    assert sorted(Rejected.objects.values_list("line", flat=True)) == [4, 5]
    assert bytes(Rejected.objects.get(line=4).raw).startswith(b"{not json")


def test_a_file_that_is_not_there_ends_as_failed_with_the_reason(tmp_path: Path) -> None:
    done = imports.run(start(tmp_path / "nothing.csv").pk, at=NOON)
    assert (done.state, done.error_code) == (ImportState.FAILED, "file_missing")


def test_a_cancelled_import_keeps_what_it_has_and_its_job_does_nothing(tmp_path: Path) -> None:
    by = make_user(role="lead")
    path = file_of(tmp_path, 3)
    one = imports.start(
        source=testing.make_source(), path=str(path), file_name=path.name, mapping={}, by=by, at=NOON
    )
    assert imports.cancel(of=one, by=by, at=NOON)
    jobs.run_due(at=NOON + timedelta(days=9999))
    assert Import.objects.get().state == ImportState.CANCELLED
    assert not Post.objects.exists()
    assert not imports.cancel(of=Import.objects.get(), by=by, at=NOON)


def test_who_may_not_change_sources_imports_nothing(tmp_path: Path) -> None:
    with pytest.raises(access.AccessDenied):
        imports.start(
            source=testing.make_source(),
            path="x",
            file_name="x",
            mapping={},
            by=make_user(role="member"),
            at=NOON,
        )


def test_the_worker_does_it_and_says_how_far_it_is(tmp_path: Path) -> None:
    path = file_of(tmp_path, 12)
    source = testing.make_source()
    one = imports.start(
        source=source, path=str(path), file_name=path.name, mapping={}, by=access.SYSTEM, at=NOON
    )
    jobs.run_due(at=NOON + timedelta(days=9999))
    one.refresh_from_db()
    assert (one.state, one.new) == (ImportState.DONE, 12)
    source.refresh_from_db()
    assert source.posts_count == 12


def test_rows_older_than_the_source_keeps_are_told_and_not_swallowed(tmp_path: Path) -> None:
    source = testing.make_source(retention_days=30)
    done = imports.run(start(file_of(tmp_path, 3), source=source).pk, at=NOON + timedelta(days=365))
    assert (done.read, done.new, done.known, done.rejected) == (3, 0, 0, 3)
    assert {row.reason for row in Rejected.objects.all()} == {"too_old"}


def test_a_batch_is_made_ready_before_anybody_is_kept_from_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    prepare = batches.prepare

    def noted(*given: Any) -> Any:
        seen.append(len(connection.savepoint_ids))
        return prepare(*given)

    monkeypatch.setattr(batches, "prepare", noted)
    before = len(connection.savepoint_ids)
    testing.store(testing.make_source(), testing.heard())
    assert seen == [before]


def test_a_compressed_file_that_breaks_off_keeps_what_it_has_and_ends_as_failed(tmp_path: Path) -> None:
    path = tmp_path / "letters.jsonl.gz"
    whole = gzip.compress(file_of(tmp_path, 3_000).read_bytes())
    path.write_bytes(whole[: len(whole) // 2])
    broken = start(path)
    done = imports.run(broken.pk, at=NOON)
    assert (done.state, done.error_code) == (ImportState.FAILED, "file_breaks_off")
    assert done.new == Post.objects.count() > 0
    path.write_bytes(whole)
    again = imports.run(start(path, source=broken.source).pk, at=NOON)
    assert (again.state, again.read, again.known) == (ImportState.DONE, 3_000, done.new)
