"""Every connector on the shelf obeys every check of the battery."""

from importlib import import_module, metadata
from pathlib import Path

import pytest

from grapevine import connectors
from grapevine.connectors import checks
from grapevine.connectors.base import Connector, Field
from grapevine.connectors.file.connector import FileConnector


@pytest.mark.parametrize("check", checks.ALL, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", connectors._SHELF)
def test_the_connector_obeys(name: str, check: checks.Check, tmp_path: Path) -> None:
    rehearsal = import_module(f"grapevine.connectors.{name}.testing").rehearsal(tmp_path)
    checks.run(check, connectors.get(name), rehearsal)


def test_every_check_says_what_it_is_about() -> None:
    for check in checks.ALL:
        assert check.__doc__
        assert check.__doc__.strip().endswith(".")


def test_the_shelf_holds_what_fits() -> None:
    for name, connector in connectors.shelf().items():
        assert isinstance(connector, Connector)
        assert connector.manifest.name == name


def test_others_put_theirs_on_the_shelf_by_an_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    place = "grapevine.connectors.file.connector:FileConnector"
    _entries(monkeypatch, metadata.EntryPoint("elsewhere", place, connectors.GROUP))
    with pytest.raises(LookupError, match="elsewhere"):
        connectors.shelf()
    _entries(monkeypatch, metadata.EntryPoint("file", place, connectors.GROUP))
    assert list(connectors.shelf()) == list(connectors._SHELF)
    connectors.shelf.cache_clear()


def test_a_check_fails_when_a_connection_is_opened(tmp_path: Path) -> None:
    import socket

    def careless(connector: Connector, rehearsal: object) -> None:
        socket.create_connection(("127.0.0.1", 9))

    rehearsal = import_module("grapevine.connectors.file.testing").rehearsal(tmp_path)
    with pytest.raises(AssertionError, match="a connection was opened"):
        checks.run(careless, FileConnector(), rehearsal)


def test_secrets_are_known_by_their_kind() -> None:
    assert connectors.get("wordpress").manifest.secrets() == ("password",)
    assert connectors.get("feed").manifest.secrets() == ()
    assert Field(key="x", kind="bool", label="X", help="X.").required is False


def _entries(monkeypatch: pytest.MonkeyPatch, *entries: metadata.EntryPoint) -> None:
    monkeypatch.setattr(metadata, "entry_points", lambda group: entries)
    connectors.shelf.cache_clear()
