"""The file connector's play: one file of each layout is in `fixtures`; the shelf's checks use one with bad
rows."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grapevine.connectors.file import inspection
from grapevine.connectors.testing import FakeHttp, Rehearsal

FOLDER = Path(__file__).parent
FIXTURES = FOLDER / "fixtures"


def rehearsal(folder: Path) -> Rehearsal:
    """Import the customer-support fixture; `folder` is for files made on the way."""
    path = FIXTURES / "twcs.csv"
    mapping = msgspec.to_builtins(inspection.inspect(path).mapping)
    return Rehearsal(
        settings={"path": str(path), "mapping": mapping}, web=lambda: FakeHttp({}), folder=FOLDER
    )
