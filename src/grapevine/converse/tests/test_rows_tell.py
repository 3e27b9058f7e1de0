"""What a row of the inbox's list tells beside who wrote: when they did, and that they may be somebody else."""

from __future__ import annotations

import pytest

from grapevine.converse import testing
from grapevine.core.testing import signed_in

pytestmark = pytest.mark.django_db


def test_a_row_tells_when_they_wrote_and_warns_of_a_sender_who_may_be_another() -> None:
    plain = signed_in("member")
    thread = testing.make_thread(text="")
    testing.make_message(thread, "Please pay this invoice today")
    assert "could be somebody else" not in plain.get("/inbox/?view=free").content.decode()
    testing.make_message(thread, "This is your director", notes=["sender_unproven"])
    page = plain.get("/inbox/?view=free").content.decode()
    row = page[page.index("thread-row") :]
    assert "The sender could be somebody else" in row
    assert "<time" in row[row.index("thread-where") :]
