"""What becomes of a submission, and how it is answered."""

from __future__ import annotations

import pytest

from grapevine.connectors import get
from grapevine.connectors.base import BadData, CredentialError, Reply
from grapevine.connectors.form import connector, testing
from grapevine.connectors.mail.testing import SETTINGS, FakePost

FORM = get("form")


def test_a_submission_is_a_message_of_its_sender() -> None:
    post = FORM.map(testing.entry())
    assert post.author is not None
    assert (post.kind, post.title, post.lang, post.author.external_id) == (
        "message",
        "Skriv til os",
        "da",
        "ofelia@court.example",
    )


def test_the_same_sent_twice_is_one_and_another_text_is_another() -> None:
    ids = [FORM.map(testing.entry(text)).external_id for text in ("Hej", "Hej", "Hej!")]
    assert ids[0] == ids[1] != ids[2]


def test_an_answer_goes_out_by_the_mailbox_that_was_chosen() -> None:
    post = FakePost()
    reply = Reply(
        to="form-1",
        text="Ja.",
        recipient="ofelia@court.example",
        key="k",
        subject="Skriv til os",
        refers=("form-1",),
    )
    FORM.send({"mail": "3", "mail_settings": SETTINGS}, reply, http=post)
    mail = post.sent[0][1]
    assert b"ofelia@court.example" in mail
    assert b"In-Reply-To" not in mail


def test_without_a_mailbox_it_says_that_it_cannot_answer() -> None:
    for settings in (
        {},
        {"mail": "3"},
        {"mail": "3", "mail_settings": {}},
        {"mail": "", "mail_settings": SETTINGS},
    ):
        with pytest.raises(CredentialError):
            FORM.send(settings, Reply(to="x", text="x", recipient="o@c.example", key="k"), http=FakePost())


@pytest.mark.parametrize(
    "wrong",
    [
        "*",
        "'self'",
        "https://a.example/x",
        "https://a.example;script-src",
        "javascript:x",
        "https://*.example",
        "example",
    ],
)
def test_only_sites_by_their_whole_name_may_embed_it(wrong: str) -> None:
    with pytest.raises(BadData):
        connector.sites({"sites": wrong})
    assert connector.sites({"sites": "https://A.example/ http://b.example:8080"}) == (
        "https://a.example",
        "http://b.example:8080",
    )
