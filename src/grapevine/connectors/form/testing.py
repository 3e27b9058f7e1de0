"""A form as visitors fill it in, for the shelf's checks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from grapevine.connectors.form import mapping
from grapevine.connectors.mail import testing as mail
from grapevine.connectors.testing import NOW, Rehearsal

FOLDER = Path(__file__).parent


def entry(text: str = "Er koppen tæt?", **values: object) -> bytes:
    """One submission as kept."""
    given = {
        "token": "t1",
        "name": "Ofelia",
        "email": "Ofelia@court.example",
        "text": text,
        "at": NOW - timedelta(hours=1),
        "heading": "Skriv til os",
        "lang": "da",
    }
    return mapping.to_raw(mapping.Entry(**{**given, **values}))  # type: ignore[arg-type]


class FormStage(mail.FakeStage):
    """A form whose answers go out through a mailbox in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.settings = {"mail": "1", "mail_settings": mail.SETTINGS}
        self.to = self.thread_id = mapping.to_post(entry()).external_id


def rehearsal(folder: Path) -> Rehearsal:
    """Three submissions, one of them in another script."""
    return Rehearsal(
        settings={"sites": "https://www.elsinore.example"},
        web=mail.FakePost,
        received=(
            entry(),
            entry("😡", token="t2", name=""),
            entry("مرحبا https://elsinore.example/x", token="t3"),
        ),
        folder=FOLDER,
        stage=FormStage,
    )
