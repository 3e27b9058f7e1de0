"""Letters go in and out through several sources: what a form asked is answered by mail, and goes on there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grapevine.converse import testing
from grapevine.converse.actions import replies
from grapevine.converse.models import Message, MessageState, Thread
from grapevine.converse.tests.hearing import comment, hear, letter, make_blog, only_thread, said
from grapevine.core import testing as core
from grapevine.core.testing import NOON
from grapevine.listen import testing as listen
from grapevine.sources import testing as sources
from grapevine.sources.testing import Outgoing, Source

pytestmark = pytest.mark.django_db
OURS = "grapevine-1@elsinore.example"
LATER = NOON + timedelta(hours=1)
MAILBOX = {
    "address": "hello@elsinore.example",
    "imap_host": "imap.elsinore.example",
    "smtp_host": "smtp.elsinore.example",
    "password": "hush",
}


@pytest.fixture
def form() -> Source:
    """A form that was written to and answered."""
    form = sources.make_source(name="Contact", connector="form", created_at=NOON)
    hear(form, letter("Where is my parcel?", external_id="form-1", author="ofelia@court.example"))
    testing.make_message(
        only_thread(), "On its way!", direction="ours", source=form, external_id=OURS, state=MessageState.SENT,
        at=NOON + timedelta(minutes=9), user=core.make_user(),
    )  # fmt: skip
    return form


@pytest.fixture
def mailbox() -> Source:
    return sources.make_source(name="Post", connector="mail", created_at=NOON, settings=MAILBOX)


def test_our_own_copy_in_the_mailbox_is_the_forms_answer_and_what_follows_joins(
    form: Source, mailbox: Source
) -> None:
    hear(mailbox, letter("On its way!", external_id=OURS, by_us=True, at=NOON + timedelta(minutes=9)))
    answer = Message.objects.get(direction="ours")
    assert (answer.source, answer.external_id, answer.post_id is not None) == (form, OURS, True)
    hear(
        mailbox,
        letter(
            "Thank you",
            external_id="2@court.example",
            parent_id=OURS,
            author="ofelia@court.example",
            at=LATER,
        ),
        at=LATER,
    )
    thread = only_thread()
    assert [text for _who, text in said(thread)] == ["Where is my parcel?", "On its way!", "Thank you"]
    # From now on it goes on by mail, in the same exchange of mails.
    user = core.make_user()
    testing.make_mandate(user)
    replies.write(thread=thread, text="Always", by=user, at=LATER, seen=answer.pk)
    row = Outgoing.objects.get()
    assert (row.source, row.to, row.refers) == (mailbox, "2@court.example", [OURS, "2@court.example"])


def test_letters_carry_the_brand_their_mailbox_was_given() -> None:
    elsinore, _other = (
        listen.make_brand(name="Elsinore", ours=True),
        listen.make_brand(name="Bath", ours=True),
    )
    given = sources.make_source(
        name="Given", connector="mail", created_at=NOON, settings={**MAILBOX, "brand": str(elsinore.pk)}
    )
    without = sources.make_source(name="Without", connector="mail", created_at=NOON, settings=MAILBOX)
    hear(given, letter(external_id="1@court.example", author="ofelia@court.example"))
    hear(without, letter(external_id="2@court.example", author="ofelia@court.example"))
    brands = dict(Thread.objects.values_list("source__name", "brand_id"))
    assert brands == {"Given": elsinore.pk, "Without": None}
    page = core.signed_in("administrator").get(f"/sources/{given.pk}/edit/").content.decode()
    assert f'<option value="{elsinore.pk}" selected>Elsinore</option>' in page
    shown = core.signed_in("administrator").get(f"/sources/{given.pk}/").content.decode()
    assert "1 conversation came from here" in shown
    assert "No watch has caught" not in shown


def test_only_letters_lead_across_sources(form: Source) -> None:
    hear(make_blog(), comment("Me too", external_id="3", parent_id=OURS, at=LATER), at=LATER)
    assert only_thread().messages == 2
    assert not Thread.objects.exclude(source=form).exists()
