"""Settings from outside are typed, and a wrong one is told by its name."""

from __future__ import annotations

import pytest

from grapevine.config import database, environment


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("GRAPEVINE_PORT", "eighty"),
        ("GRAPEVINE_PORT", "0"),
        ("GRAPEVINE_PORT", "70000"),
        ("GRAPEVINE_WEB_THREADS", "0"),
        ("GRAPEVINE_DATABASE_URL", "mysql://a/b"),
        ("GRAPEVINE_DATABASE_URL", "postgresql://host"),
        ("GRAPEVINE_PUBLIC_URL", "talk.example.org"),
        ("GRAPEVINE_ALLOWED_NETWORKS", "10.0.0.0/8,everything"),
        ("GRAPEVINE_LOG_LEVEL", "loud"),
        ("GRAPEVINE_DEBUG", "perhaps"),
        ("GRAPEVINE_TIME_ZONE", "Europe/Elsinore"),
    ],
)
def test_a_wrong_setting_is_told_by_its_name(variable: str, text: str) -> None:
    with pytest.raises(environment.WrongSetting) as told:
        environment.read({variable: text})
    assert str(told.value).startswith(f"{variable} is ")
    assert "must be" in str(told.value)


def test_all_wrong_settings_are_told_at_once() -> None:
    with pytest.raises(environment.WrongSettings) as told:
        environment.read({"GRAPEVINE_PORT": "eighty", "GRAPEVINE_DEBUG": "perhaps", "GRAPEVINE_HOST": "::1"})
    first, second = str(told.value).splitlines()
    assert first.startswith("GRAPEVINE_PORT is 'eighty'")
    assert second.startswith("GRAPEVINE_DEBUG is 'perhaps'")


def test_a_secret_is_not_repeated() -> None:
    with pytest.raises(environment.WrongSetting) as told:
        environment.read({"GRAPEVINE_DATABASE_URL": "mysql://hamlet:sesame@host/b"})
    assert "sesame" not in str(told.value)


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert environment.read({"GRAPEVINE_PORT": " "}).port == 8000


def test_live_updates_are_one_port_further_unless_told() -> None:
    assert environment.read({"GRAPEVINE_PORT": "9000"}).effective_live_port == 9001
    assert environment.read({"GRAPEVINE_LIVE_PORT": "9100"}).effective_live_port == 9100


def test_the_address_of_postgresql_is_taken_apart() -> None:
    given = environment.read(
        {"GRAPEVINE_DATABASE_URL": "postgresql://ham%40let:s%2Fw@db:5433/castle?sslmode=require"}
    )
    made = database.settings_for(given)
    assert (made["USER"], made["PASSWORD"], made["HOST"]) == ("ham@let", "s/w", "db")
    assert (made["PORT"], made["NAME"]) == ("5433", "castle")
    assert made["OPTIONS"]["sslmode"] == "require"
