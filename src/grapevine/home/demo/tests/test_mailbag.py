"""The demo's mailbox is read by the real connector, and its letters are conversations until the demo goes."""

from __future__ import annotations

import pytest
from django.apps import apps

from grapevine.connectors.base import Batch
from grapevine.connectors.mail.connector import MailConnector
from grapevine.converse.testing import Message, Thread
from grapevine.core import access
from grapevine.core.testing import NOON
from grapevine.home.demo import mailbag, memory
from grapevine.people.selectors import memory as of_people
from grapevine.people.selectors import promises
from grapevine.sources import testing as sources
from grapevine.sources.actions import batches
from grapevine.sources.actions import sources as actions


def test_the_letters_are_mails_that_the_connector_reads_without_a_fault() -> None:
    told = mailbag.posts(NOON)
    assert len(told) == len(mailbag.LETTERS)
    assert all(post.kind == "message" and post.published_at <= NOON for post, _raw in told)
    by_key = {post.external_id.partition("@")[0]: post for post, _raw in told}
    assert by_key["wet-thanks"].parent_id == by_key["wet-answer"].external_id
    assert by_key["wet-answer"].by_us
    assert "sender_unproven" in by_key["chief"].notes
    assert "auto_reply" in by_key["away"].notes
    raw = next(raw for post, raw in told if post.external_id.startswith("grinder@"))
    (photo,) = MailConnector().attachments(raw)
    assert (photo.name, photo.content[:4]) == ("kvarnen.png", b"\x89PNG")


@pytest.mark.django_db
def test_they_open_conversations_and_go_with_the_demo() -> None:
    mailbox = sources.make_source(connector="mail", settings=mailbag.SETTINGS, is_demo=True)
    batches.store(source=mailbox, batch=Batch(posts=mailbag.posts(NOON), done=True), at=NOON)
    threads = {thread.subject: thread for thread in Thread.objects.all()}
    assert "Automatiskt svar: Höstens priser" not in threads
    grinder = threads["Kvista låter som en gräsklippare"]
    assert (grinder.status, grinder.messages, grinder.lang) == ("open", 2, "sv")
    assert threads["Moving my subscription"].status == "waiting"
    assert threads["Pakken var gennemblødt"].messages == 3
    actions.remove_demo(by=access.SYSTEM, at=NOON)
    assert not Thread.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_what_is_remembered_of_them_stands_beside_and_goes_without_trace() -> None:
    mailbox = sources.make_source(connector="mail", settings=mailbag.SETTINGS, is_demo=True)
    batches.store(source=mailbox, batch=Batch(posts=mailbag.posts(NOON), done=True), at=NOON)
    shop = memory.note(mailbox_id=mailbox.pk, at=NOON)
    (identity_id,) = Thread.objects.filter(subject="Pakken var gennemblødt").values_list(
        "identity_id", flat=True
    )
    beside = of_people.beside(identity_id, by=access.SYSTEM, at=NOON)
    assert beside is not None
    assert len(beside.facts) == 3
    assert [one.order_id for one in beside.purchases] == ["48160", "47420"]
    (due,) = promises.today(by=access.SYSTEM, at=NOON, everybody=True).due
    assert (due.called, due.days) == ("Mette Skov", 0)
    theirs = [model for model in apps.get_app_config("people").get_models() if model.objects.exists()]
    assert len(theirs) > 6
    memory.forget(shop_id=shop, at=NOON)
    actions.remove_demo(by=access.SYSTEM, at=NOON)
    left = [model.__name__ for model in theirs if model.objects.exists()]
    assert left == []
