"""The outbox on its pages: why something hasn't gone, and what a person does about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from grapevine.connectors.base import CannotTell, CredentialError, Gone
from grapevine.core.testing import NOON, signed_in
from grapevine.sources import testing
from grapevine.sources.models import Outgoing, OutgoingState, Source
from grapevine.sources.selectors import outbox as selector
from grapevine.sources.tests.conftest import put

pytestmark = pytest.mark.django_db


def page(client: Any, name: str = "sources:outbox", *args: Any, **asked: Any) -> str:
    return str(client.get(reverse(name, args=args), asked).content.decode())


def test_what_failed_says_why_and_leads_to_its_conversation(source: Source, there: Any) -> None:
    there.troubles = [Gone("post_gone", detail="in the trash")]
    put(source, text="We are <b>sorry</b>.")
    testing.send_due(at=NOON)
    seen = page(signed_in())
    assert "no longer there (in the trash)" in seen
    assert "We are &lt;b&gt;sorry&lt;/b&gt;." in seen
    assert 'href="/test/1"' in seen
    assert "1 answer could not be sent" in page(signed_in(), "home:start")


def test_it_is_sent_again_from_the_page(source: Source, there: Any) -> None:
    there.troubles = [Gone("post_gone", detail="")]
    number = put(source)
    testing.send_due(at=NOON)
    client = signed_in()
    answer = client.post(reverse("sources:outbox-again", args=[number]), {"back": "source"})
    assert answer["Location"] == reverse("sources:source", args=[source.pk])
    assert testing.send_due(at=NOON + timedelta(days=9999)) == ["sent"]
    assert "Nothing waits" in page(client)


def test_a_person_says_that_it_arrived(source: Source, there: Any, keeper: Any) -> None:
    there.troubles = [CannotTell(host="x", look_again=False)]
    number = put(source)
    testing.send_due(at=NOON)
    client = signed_in()
    assert "It arrived" in page(client)
    client.post(reverse("sources:outbox-arrived", args=[number]))
    assert keeper.proofs[1].by_word
    assert Outgoing.objects.get().state == OutgoingState.SENT


def test_what_waits_is_taken_back(source: Source, keeper: Any) -> None:
    number = put(source)
    client = signed_in()
    assert "Take back" in page(client, "sources:source", source.pk)
    client.post(reverse("sources:outbox-cancel", args=[number]))
    assert keeper.told == [("cancelled", 1, "")]


def test_a_held_outbox_is_told_on_every_page_and_let_go_from_its_source(source: Source, there: Any) -> None:
    there.troubles = [CredentialError("credentials_refused", host="x")]
    put(source)
    testing.send_due(at=NOON)
    client = signed_in("lead")
    assert reverse("sources:edit", args=[source.pk]) in page(client, "sources:source", source.pk)
    for name in ("sources:outbox", "sources:sources"):
        assert "held back" in page(client, name)
    client.post(reverse("sources:outbox-release", args=[source.pk]))
    assert Outgoing.objects.get().state == OutgoingState.WAITING
    assert "held back" not in page(client, "sources:sources")


def test_a_source_that_cannot_send_yet_says_what_it_needs(there: Any) -> None:
    keyless = testing.make_source(connector="fake")
    assert "its settings need: Key" in page(signed_in(), "sources:source", keyless.pk)
    assert "Outbox</h2>" not in page(signed_in(), "sources:source", testing.make_source().pk)


def test_a_reader_sees_no_answers(source: Source) -> None:
    put(source, text="Between us")
    client = signed_in("reader")
    assert client.get(reverse("sources:outbox")).status_code == 403
    assert "Between us" not in page(client, "sources:source", source.pk)


def test_many_are_paged_along_the_index(source: Source, django_assert_max_num_queries: Any) -> None:
    for _ in range(selector.SHOWN + 5):
        testing.make_outgoing(source=source)
    testing.make_outgoing(source=source, state="stopped")
    client = signed_in()
    assert f">{selector.SHOWN + 5}<" in page(client)
    with django_assert_max_num_queries(12):
        first = client.get(reverse("sources:outbox"), {"state": "failed"})
    assert len(first.context["box"].rows) == selector.SHOWN
    second = client.get(reverse("sources:outbox") + first.context["older"])
    assert len(second.context["box"].rows) == 5
    shown = {row.id for answer in (first, second) for row in answer.context["box"].rows}
    assert len(shown) == selector.SHOWN + 5
