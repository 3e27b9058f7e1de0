"""The secret key: one for all starts, whole or not there."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from grapevine.config import environment, examination, secret


def _at_once(home: Path, starts: int = 4) -> set[str]:
    bar = Barrier(starts)

    def start(_: int) -> str:
        bar.wait()
        return secret.read_or_make(home)

    with ThreadPoolExecutor(starts) as pool:
        return set(pool.map(start, range(starts)))


def test_first_starts_at_once_get_the_same_key(tmp_path: Path) -> None:
    for number in range(40):
        home = tmp_path / str(number)
        (key,) = _at_once(home)
        assert secret.is_whole(key)
        assert [one.name for one in home.iterdir()] == ["secret.key"]


def test_also_where_files_can_not_be_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    for number in range(20):
        home = tmp_path / str(number)
        assert len(_at_once(home)) == 1
        assert [one.name for one in home.iterdir()] == ["secret.key"]


def test_the_key_is_for_its_owner_only_and_stays(tmp_path: Path) -> None:
    key = secret.read_or_make(tmp_path)
    assert secret.path_under(tmp_path).stat().st_mode & 0o777 == 0o600
    assert secret.read_or_make(tmp_path) == key


def test_a_kill_before_the_key_is_in_place_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def kill(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", kill)
        with pytest.raises(Killed):
            secret.read_or_make(tmp_path)
    assert not secret.path_under(tmp_path).exists()
    assert secret.is_whole(secret.read_or_make(tmp_path))


@pytest.mark.parametrize("left", ["", "\n", "abcdef"])
def test_a_cut_off_key_is_told_with_what_to_do(tmp_path: Path, left: str) -> None:
    secret.path_under(tmp_path).write_text(left)
    with pytest.raises(secret.WrongKey) as told:
        secret.read_or_make(tmp_path)
    assert isinstance(told.value, environment.WrongSetting)  # the command line tells those in a sentence
    assert str(secret.path_under(tmp_path)) in str(told.value)
    assert "delete it" in str(told.value)
    found = list(examination._key(tmp_path))
    assert [(one.what, one.state) for one in found] == [("secret key", "failed")]
    assert "delete it" in found[0].told


def test_the_doctor_says_nothing_of_the_key_itself(tmp_path: Path) -> None:
    assert [one.state for one in examination._key(tmp_path)] == ["ok"]
    key = secret.read_or_make(tmp_path)
    (found,) = examination._key(tmp_path)
    assert (found.state, key in found.told) == ("ok", False)
