"""The how-to is followed to the letter: what stands there is a connector that obeys every check."""

import importlib
import re
import sys
from pathlib import Path

import pytest

from grapevine import connectors
from grapevine.connectors import checks

PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "add-a-source.md"


def test_a_newcomer_who_follows_the_page_gets_a_connector_that_obeys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not PAGE.is_file():
        pytest.skip("the documentation is not there")
    folder = tmp_path / "guestbook"
    (folder / "fixtures").mkdir(parents=True)
    (folder / "__init__.py").touch()
    text = PAGE.read_text(encoding="utf-8")
    for name in ("mapping.py", "connector.py", "testing.py", "README.md"):
        found = re.search(rf"## \d\. [^\n]*`{re.escape(name)}`\n\n```\w+\n(.*?)\n```\n", text, re.DOTALL)
        assert found, f"{name} is not on the page"
        (folder / name).write_text(found[1] + "\n", encoding="utf-8")
    entries = re.search(r"```json\n(.*?)\n```", text, re.DOTALL)
    assert entries
    (folder / "fixtures" / "entries.json").write_text(entries[1], encoding="utf-8")

    monkeypatch.setattr(connectors, "__path__", [*connectors.__path__, str(tmp_path)])
    line = re.search(r'"guestbook": "([\w.]+):(\w+)"', text)
    assert line
    try:
        connector = getattr(importlib.import_module(line[1]), line[2])()
        rehearsal = importlib.import_module("grapevine.connectors.guestbook.testing").rehearsal(tmp_path)
        for check in checks.ALL:
            checks.run(check, connector, rehearsal)
    finally:
        for name in [name for name in sys.modules if name.startswith("grapevine.connectors.guestbook")]:
            del sys.modules[name]
