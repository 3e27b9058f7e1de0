"""Every page with a head of its own has all the sheets that the pieces it uses are dressed by."""

from __future__ import annotations

import re
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "src" / "grapevine"


def test_a_page_that_takes_components_takes_their_pieces_too() -> None:
    pages = [path for path in SOURCES.rglob("*.html") if "'ui/components.css'" in path.read_text()]
    assert len(pages) >= 2
    assert [path.name for path in pages if not re.search(r"'ui/pieces\.css'", path.read_text())] == []
