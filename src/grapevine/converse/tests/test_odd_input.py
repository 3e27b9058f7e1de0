"""What nobody types and somebody sends all the same: it is answered, and nothing breaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grapevine.converse import testing
from grapevine.converse.models import Draft, Message
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.core.testing import signed_in
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
ODD = {
    "zero bytes": "a\0b",
    "half a character": "a\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
    "the other way round": "\u202egnihton\u202c",
    "very much": "x" * 200_000,
    "header": "a\r\nBcc: everybody@court.example\r\n\r\nb",
    "markup": "<script>alert(1)</script>{{ 7 }}{% now %}",
}
PLACES: dict[str, tuple[str, str]] = {
    "reply": ("/inbox/{thread}/reply/", "text"),
    "note": ("/inbox/{thread}/reply/", "text"),
    "draft": ("/inbox/{thread}/draft/", "text"),
    "send at": ("/inbox/{thread}/reply/", "send_at"),
    "copies": ("/inbox/{thread}/reply/", "copies"),
    "label": ("/inbox/change/", "label"),
    "new label": ("/inbox/change/", "name"),
    "view": ("/inbox/views/", "name"),
    "team": ("/desk/teams/new/", "name"),
    "rule": ("/desk/routing/new/", "words"),
    "fact": ("/openers/new/", "text"),
    "signature": ("/guidelines/signature/", "template_en"),
    "mandate": ("/mandates/new/", "note"),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", PLACES)
def test_odd_input_is_answered_wherever_it_is_sent(place: str, odd: str) -> None:
    address, field = PLACES[place]
    with sources.platform():
        thread = testing.make_answerable()
        user = core.make_user(role="lead")
        testing.make_mandate(user, at=clock.now() - timedelta(days=1))
        client = signed_in(user=user)
        sent: dict[str, Any] = {
            "seen": "0",
            "when": "later",
            "what": "label",
            "thread": str(thread.pk),
            "name": "x",
            "text": "Well",
        }
        sent[field] = ODD[odd]
        if place == "note":
            sent["note"] = "1"
        answer = client.post(address.format(thread=thread.pk), sent)
        assert answer.status_code < 500
        page = client.get(f"/inbox/{thread.pk}/")
    assert page.status_code == 200
    assert b"<script>alert(1)" not in page.content


def test_a_file_with_an_odd_name_goes_along_under_a_plain_one() -> None:
    with sources.platform():
        thread = testing.make_answerable()
        client = signed_in("member")
        for name in ("../../etc/passwd", "a\0b.txt", "x" * 400 + ".txt", '"><script>.svg', "\u202egpj.exe"):
            file = SimpleUploadedFile(name, b"words", content_type="text/html\r\nX-Evil: 1")
            answer = client.post(
                f"/inbox/{thread.pk}/reply/",
                {"text": "With a file", "seen": "0", "files": [file], "anyway": "1"},
            )
            assert answer.status_code < 500, name
        page = client.get(f"/inbox/{thread.pk}/").content.decode()
    assert "<script>.svg" not in page


def test_a_draft_keeps_no_more_than_it_holds() -> None:
    with sources.platform():
        thread = testing.make_answerable()
    client = signed_in("member")
    client.post(f"/inbox/{thread.pk}/draft/", {"text": "y" * 150_000})
    assert len(Draft.objects.get().text) == 100_000
    assert not Message.objects.filter(direction="ours").exists()
