"""Answers of which others have a copy, against a server in memory."""

from __future__ import annotations

import email
from email import policy

import msgspec
import pytest

from grapevine.connectors import get
from grapevine.connectors.base import BadData, Reply
from grapevine.connectors.mail import letters, mapping
from grapevine.connectors.mail.testing import SETTINGS, FakePost

MAIL = get("mail")
REPLY = Reply(
    to="letter-1@court.example",
    text="Dear Ofelia, we are sorry.",
    recipient="ofelia@court.example",
    copies=("gertrude@court.example", "claudius@court.example"),
    key="k1",
)


def test_a_copy_goes_to_all_who_are_named_and_each_can_see_who_they_are() -> None:
    post = FakePost()
    MAIL.send(SETTINGS, REPLY, http=post)
    [(recipients, raw)] = post.sent
    assert recipients == ["ofelia@court.example", *REPLY.copies, letters.OURS]
    mail = email.message_from_bytes(raw, policy=policy.default)
    assert mail["To"] == "ofelia@court.example"
    assert mail["Cc"] == "gertrude@court.example, claudius@court.example"


def test_nobody_gets_it_twice() -> None:
    post = FakePost()
    copies = ("Gertrude@Court.example", "gertrude@court.example", "ofelia@court.example", letters.OURS)
    MAIL.send(SETTINGS, msgspec.structs.replace(REPLY, copies=copies), http=post)
    assert post.sent[0][0] == ["ofelia@court.example", "gertrude@court.example", letters.OURS]


def test_one_who_is_refused_refuses_all_so_that_nobody_has_it_unknown_to_us() -> None:
    post = FakePost()
    post.refuses["RCPT TO:<claudius"] = "550 no such king as claudius@court.example"
    with pytest.raises(BadData, match="no such king"):
        MAIL.send(SETTINGS, REPLY, http=post)
    assert post.sent == []


@pytest.mark.parametrize(
    "bad", ["gertrude", "a@b.example\r\nBcc: all@court.example", "a@b.example, c@d.example"]
)
def test_an_address_that_is_none_gets_no_copy_and_smuggles_nothing(bad: str) -> None:
    post = FakePost()
    with pytest.raises(BadData, match="the address is none"):
        MAIL.send(SETTINGS, msgspec.structs.replace(REPLY, copies=(bad,)), http=post)
    assert post.sent == []


def test_a_bounce_names_whom_it_did_not_reach() -> None:
    post = mapping.to_post(letters.bounce("gv.12@elsinore.example"), {"address": letters.OURS})
    assert post.undelivered == ("yorick@court.example",)
    assert mapping.to_post(letters.letter(), {"address": letters.OURS}).undelivered == ()
