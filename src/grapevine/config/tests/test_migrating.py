"""Databases of before, as this version meets them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from grapevine.config import examination, migrating

pytestmark = pytest.mark.django_db


def grown(*, without: tuple[str, str] | None = None) -> int:
    """Let the database say that it was brought here by the migrations of before. Returns how many of today's stand for them."""
    loader = MigrationLoader(connection, load=False)
    loader.load_disk()
    recorder = MigrationRecorder(connection)
    together = {key: one for key, one in loader.disk_migrations.items() if one.replaces}
    for key, migration in together.items():
        recorder.record_unapplied(*key)
        for before in migration.replaces:
            recorder.record_unapplied(*before)  # Django notes them when it applies today's, too
            if before != without:
                recorder.record_applied(*before)
    return len(together)


def test_a_database_with_all_migrations_of_before_is_up_to_date_and_says_so_from_then_on() -> None:
    assert grown() >= 7
    assert migrating.due() == []
    assert migrating.unknown() == []
    assert migrating.migrate() == ([], None)
    applied = MigrationRecorder(connection).applied_migrations()
    assert ("core", "0001_tables") in applied
    assert ("spread", "0001_tables") in applied


def test_a_room_that_came_later_is_made_in_a_database_of_before() -> None:
    grown()
    MigrationRecorder(connection).record_unapplied("spread", "0001_initial")
    assert migrating.due() == ["spread.0001_tables"]


def test_a_database_between_migrations_of_before_says_what_is_missing_and_what_to_do() -> None:
    grown(without=("people", "0004_files_looked_at_first"))
    with pytest.raises(migrating.HalfWay, match="people.0004_files_looked_at_first is missing") as told:
        migrating.due()
    assert "Run `grapevine migrate` with the last version that had it" in str(told.value)
    assert str(told.value) in [finding.told for finding in examination.examine() if finding.state == "failed"]
    assert Client().get("/readyz").status_code == 503
