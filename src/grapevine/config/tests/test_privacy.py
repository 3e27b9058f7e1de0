"""What lies in the home is for its owner, and what is removed is gone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import connection

from grapevine.config import folders
from grapevine.core import clock
from grapevine.sources import uploads


@pytest.mark.django_db
def test_sqlite_overwrites_what_is_removed() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite's file")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)


def test_a_big_upload_waits_in_the_home(tmp_path: Path) -> None:
    place = Path(settings.FILE_UPLOAD_TEMP_DIR)
    assert place.is_relative_to(settings.GRAPEVINE.home)
    assert place.stat().st_mode & 0o777 == 0o700
    with TemporaryUploadedFile("letters.csv", "text/csv", 9, None) as file:
        assert Path(file.temporary_file_path()).parent == place
    made = folders.private(tmp_path / "a" / "b")
    assert [folder.stat().st_mode & 0o777 for folder in (made.parent, made)] == [0o700, 0o700]


def test_an_upload_that_broke_off_goes_after_a_while() -> None:
    left = Path(settings.FILE_UPLOAD_TEMP_DIR) / "abc.upload.csv"
    left.write_bytes(b"x")
    uploads.drop_old(at=clock.now(), still_needed=set())
    assert left.exists()
    uploads.drop_old(at=clock.now() + uploads.KEPT + timedelta(minutes=1), still_needed=set())
    assert not left.exists()
