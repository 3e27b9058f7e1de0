"""What is seen of a mail: programs, bounces, loops, and senders that are not who they say."""

from __future__ import annotations

import pytest

from grapevine.connectors.base import Post
from grapevine.connectors.mail import letters, mapping

PASS = "mx.elsinore.example; dkim=pass header.d=court.example; spf=pass smtp.mailfrom=ofelia@court.example; dmarc=pass header.from=court.example"


def mapped(mail: bytes, **settings: str) -> Post:
    return mapping.to_post(letters.kept(mail), {"address": letters.OURS} | settings)


@pytest.mark.parametrize(
    ("headers", "note"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_reply"),
        ({"Auto_Submitted": "auto-generated; owner=x"}, "auto_reply"),
        ({"X_Autoreply": "yes"}, "auto_reply"),
        ({"Return_Path": "<>", "subject": "Automatiskt svar: Hej"}, "auto_reply"),
        ({"Precedence": "bulk"}, "bulk"),
        ({"List_Id": "<news.court.example>"}, "bulk"),
    ],
)
def test_what_a_program_wrote_is_marked(headers: dict[str, str], note: str) -> None:
    assert note in mapped(letters.letter(**headers)).notes


def test_a_person_is_no_program() -> None:
    assert not {"auto_reply", "bulk"} & set(mapped(letters.letter(Auto_Submitted="no")).notes)


def test_a_bounce_says_which_mail_of_ours_did_not_arrive() -> None:
    post = mapped(letters.bounce("gv.12@elsinore.example"))
    assert "bounce" in post.notes
    assert post.parent_id == post.thread_id == "gv.12@elsinore.example"
    assert "user unknown" in post.text


def test_a_delay_is_no_bounce() -> None:
    notes = mapped(letters.bounce("gv.12@elsinore.example", action="delayed")).notes
    assert "delayed" in notes
    assert "bounce" not in notes


def test_a_bounce_in_no_form_is_known_by_its_sender_and_what_it_quotes() -> None:
    mail = letters.letter(
        "This address does not exist.\n\n--- below is your mail ---\nMessage-ID: <gv.77@elsinore.example>\n",
        sender="MAILER-DAEMON@mx.court.example",
        subject="failure notice",
    )
    post = mapped(mail)
    assert "bounce" in post.notes
    assert post.parent_id == "gv.77@elsinore.example"


def test_a_mail_that_goes_round_in_circles_is_marked() -> None:
    received = b"".join(b"Received: from a by b; Sun, 1 Mar 2026 10:00:00 +0000\r\n" for _ in range(60))
    assert "loop" in mapped(received + letters.letter()).notes
    assert "loop" in mapped(b"Delivered-To: hello@elsinore.example\r\n" * 2 + letters.letter()).notes
    assert "loop" in mapped(letters.letter(X_Loop=letters.OURS)).notes
    assert "loop" not in mapped(letters.letter()).notes


def test_the_receiving_servers_word_proves_a_sender() -> None:
    post = mapped(letters.letter(Authentication_Results=PASS), authority="mx.elsinore.example")
    assert post.notes == ()


def test_without_a_server_to_trust_a_sender_is_unchecked() -> None:
    assert mapped(letters.letter(Authentication_Results=PASS)).notes == ("sender_unchecked",)


@pytest.mark.parametrize(
    "said",
    [
        "mx.elsinore.example; dkim=fail header.d=court.example; spf=softfail",
        "mx.elsinore.example; dkim=pass header.d=thief.example; spf=pass smtp.mailfrom=x@thief.example",
        "mx.elsinore.example; none",
        "mx.elsinore.example; dkim=none (dkim=pass header.d=court.example)",
        "thief.example; dkim=pass header.d=court.example",
        "",
    ],
)
def test_a_forged_sender_is_shown(said: str) -> None:
    mail = letters.letter(Authentication_Results=said)
    assert "sender_unproven" in mapped(mail, authority="mx.elsinore.example").notes


def test_only_the_topmost_word_counts_for_a_sender_can_write_the_same_below() -> None:
    forged = b"Authentication-Results: mx.elsinore.example; dkim=fail header.d=court.example\r\n"
    mail = forged + letters.letter(Authentication_Results=PASS)
    assert "sender_unproven" in mapped(mail, authority="mx.elsinore.example").notes


def test_who_claims_to_be_us_is_not_us() -> None:
    post = mapped(letters.letter(sender=letters.OURS))
    assert post.by_us is None
    assert "sender_unproven" in post.notes


def test_a_mail_of_ours_that_came_to_ourselves_is_ours() -> None:
    post = mapped(letters.letter(sender=letters.OURS, Message_ID="<gv.5@elsinore.example>"))
    assert post.by_us is True
    assert post.notes == ()
    named = mapped(
        letters.letter(
            sender=letters.OURS,
            Message_ID="<gv.5@elsinore.example>",
            Authentication_Results="mx.e; dkim=fail",
        ),
        authority="mx.e",
    )
    assert named.by_us is None


def test_a_name_that_shows_another_address_is_marked() -> None:
    mail = letters.letter(sender='"claudius@elsinore.example" <thief@venice.example>')
    assert "sender_disguised" in mapped(mail).notes


def test_answers_wanted_elsewhere_are_marked_and_kept() -> None:
    post = mapped(letters.letter(Reply_To="Iago <iago@venice.example>"))
    assert "reply_elsewhere" in post.notes
    assert post.author is not None
    assert post.author.url == "mailto:iago@venice.example"
