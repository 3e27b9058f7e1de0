"""What a command writes."""

from __future__ import annotations

import os

import pytest

from grapevine.cli import main


def test_what_a_command_writes_is_for_its_owner_only(capsys: pytest.CaptureFixture[str]) -> None:
    before = os.umask(0o022)
    try:
        main.app(["--version"], standalone_mode=False)
        assert os.umask(0o022) == 0o077
    finally:
        os.umask(before)
    assert capsys.readouterr().out
