"""Reading and answering, against a server in memory."""

from __future__ import annotations

import email
import socket
from datetime import UTC, datetime, timedelta
from email import policy

import pytest

from grapevine.connectors import get, http
from grapevine.connectors.addresses import AllowList
from grapevine.connectors.base import (
    Attachment,
    BadData,
    CannotTell,
    CredentialError,
    Post,
    Reply,
    Unreachable,
)
from grapevine.connectors.mail import fetching, letters, structure
from grapevine.connectors.mail.testing import SETTINGS, FakePost
from grapevine.connectors.testing import NOW, fetched

MAIL = get("mail")
REPLY = Reply(
    to="letter-1@court.example",
    text="Dear Ofelia,\n.\nwe are sorry.",
    recipient="ofelia@court.example",
    subject="The new roast",
    signed="Måns at Elsinore",
    key="k1",
)


def news(post: FakePost, cursor: dict[str, object]) -> tuple[list[Post], dict[str, object]]:
    batches = fetched(MAIL, SETTINGS, post, cursor=cursor, now=NOW)
    return [one for batch in batches for one, _raw in batch.posts], batches[-1].cursor


def test_what_comes_later_is_read_and_nothing_twice() -> None:
    post = FakePost([letters.letter()])
    first, cursor = news(post, {})
    assert len(first) == 1
    assert news(post, cursor)[0] == []
    post.come(letters.letter(number=2))
    later, _ = news(post, cursor)
    assert [one.external_id for one in later] == ["letter-2@court.example"]


def test_a_mailbox_is_only_looked_at() -> None:
    post = FakePost([letters.letter()])
    news(post, {})
    MAIL.check(SETTINGS, http=post)
    words = {command.removeprefix("UID ").split()[0].upper() for command in post.commands}
    assert words <= {"CAPABILITY", "LOGIN", "EXAMINE", "SEARCH", "FETCH", "LOGOUT"}
    assert not any("BODY[" in command for command in post.commands), (
        "without PEEK a mail would be marked as read"
    )


def test_a_mailbox_numbered_anew_is_read_again() -> None:
    post = FakePost([letters.letter(), letters.letter(number=2)])
    _, cursor = news(post, {})
    post.validity = 8
    again, _ = news(post, cursor)
    assert len(again) == 2


def test_the_first_reading_looks_back_no_further_than_asked() -> None:
    post = FakePost([letters.letter()])
    fetched(MAIL, {**SETTINGS, "history_days": "3"}, post, now=NOW)
    assert any("SINCE 26-Feb-2026" in command for command in post.commands)
    _, cursor = news(post, {})
    post.commands.clear()
    news(post, cursor)
    assert not any("SINCE" in command for command in post.commands), "a mail moved here later may be older"


def test_batches_hold_no_more_than_some_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "BATCH_BYTES", 2_000)
    post = FakePost([letters.letter("x" * 900, number=number) for number in range(6)])
    sizes = [len(batch.posts) for batch in fetched(MAIL, SETTINGS, post, now=NOW)]
    assert sum(sizes) == 6
    assert max(sizes) == 1


def test_a_wrong_password_is_a_matter_for_a_person() -> None:
    post = FakePost()
    post.passwords.clear()
    with pytest.raises(CredentialError):
        fetched(MAIL, SETTINGS, post)


def test_a_folder_that_is_not_there_is_named() -> None:
    with pytest.raises(BadData, match="Orders"):
        fetched(MAIL, {**SETTINGS, "folder": "Orders"}, FakePost())
    assert fetching.quoted('Återbud & "x"') == '"&AMU-terbud &- \\"x\\""'


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("imap_port", "99999"),
        ("imap_port", "x"),
        ("imap_host", "a b"),
        ("imap_host", "http://x/"),
        ("address", "nobody"),
        ("history_days", "-1"),
    ],
)
def test_a_setting_that_cannot_be_is_named(key: str, value: str) -> None:
    with pytest.raises(BadData) as refused:
        fetched(MAIL, {**SETTINGS, key: value}, FakePost())
    assert refused.value.params["key"] == key


def test_an_answer_is_sent_to_them_and_to_ourselves() -> None:
    post = FakePost()
    proof = MAIL.send(SETTINGS, REPLY, http=post)
    recipients, mail = post.sent[0]
    assert recipients == ["ofelia@court.example", letters.OURS]
    sent = email.message_from_bytes(mail, policy=policy.default)
    assert sent["From"] == f"Måns at Elsinore <{letters.OURS}>"
    assert (sent["To"], sent["Subject"]) == ("ofelia@court.example", "Re: The new roast")
    assert sent["In-Reply-To"] == sent["References"] == "<letter-1@court.example>"
    assert sent["Bcc"] is None
    assert sent["Auto-Submitted"] is None
    assert sent.get_content().replace("\r\n", "\n") == REPLY.text + "\n"
    assert proof.external_id == sent["Message-ID"].strip("<>")
    assert proof.raw == b"250 OK id=1abc"
    own, _ = news(post, {})
    assert [(one.external_id, one.by_us) for one in own] == [(proof.external_id, True)]


def test_files_go_along() -> None:
    post = FakePost()
    file = Attachment(name="Kvitto å.pdf", media_type="application/pdf", content=b"%PDF")
    MAIL.send(
        SETTINGS, Reply(to="", text="Here.", recipient="o@c.example", key="f", attachments=(file,)), http=post
    )
    assert MAIL.attachments(post.sent[0][1]) == (file,)  # type: ignore[attr-defined]


@pytest.mark.parametrize("bad", ["", "nobody", "a@b\r\nRCPT TO:<c@d>", "a@b, c@d", "<a@b>"])
def test_an_address_that_is_none_gets_nothing(bad: str) -> None:
    post = FakePost()
    with pytest.raises(BadData):
        MAIL.send(SETTINGS, Reply(to="x", text="x", recipient=bad, key="k"), http=post)
    assert post.sent == []


def test_nothing_can_be_smuggled_into_the_headers() -> None:
    post = FakePost()
    reply = Reply(
        to="a\r\nBcc: x@y",
        text="x",
        recipient="o@c.example",
        subject="Hi\r\nBcc: all@world",
        signed="M\r\nX: y",
        key="k",
        refers=("b> <c",),
    )
    MAIL.send(SETTINGS, reply, http=post)
    sent = email.message_from_bytes(post.sent[0][1], policy=policy.default)
    assert sent["Bcc"] is None
    assert sent["X"] is None
    assert "Bcc: all@world" in sent["Subject"]


def test_a_swallowed_answer_is_found_in_our_own_mailbox() -> None:
    post = FakePost()
    post.swallows = True
    with pytest.raises(Unreachable) as broken:
        MAIL.send(SETTINGS, REPLY, http=post)
    assert broken.value.code == "unconfirmed"
    again = Reply(**{**{name: getattr(REPLY, name) for name in REPLY.__struct_fields__}, "resend": True})
    proof = MAIL.send(SETTINGS, again, http=post)
    assert proof.found
    assert len(post.sent) == 1


def test_what_is_not_found_is_looked_for_again_and_then_left_to_a_person() -> None:
    now = datetime.now(UTC)
    for since, look_again in ((now, True), (now - timedelta(hours=2), False)):
        reply = Reply(to="x", text="x", recipient="o@c.example", key="k9", resend=True, since=since)
        post = FakePost()
        with pytest.raises(CannotTell) as open_question:
            MAIL.send(SETTINGS, reply, http=post)
        assert open_question.value.look_again is look_again
        assert post.sent == [], "it is not sent a second time by itself"


@pytest.mark.parametrize(
    ("step", "said", "kind", "code"),
    [
        ("RCPT TO:<ofelia", "550 no such user", BadData, "reply_refused"),
        ("RCPT TO:<ofelia", "450 greylisted", Unreachable, "mail_deferred"),
        ("mail", "530 sign in first", CredentialError, "not_allowed"),
        ("DATA", "554 no", BadData, "reply_refused"),
        ("RSET", "250 never", type(None), ""),
    ],
)
def test_a_refusal_says_why_and_sends_nothing(step: str, said: str, kind: type, code: str) -> None:
    post = FakePost()
    post.refuses = {step: said}
    if not code:
        MAIL.send(SETTINGS, REPLY, http=post)
        return
    with pytest.raises(kind) as refused:
        MAIL.send(SETTINGS, REPLY, http=post)
    assert refused.value.code == code
    assert not refused.value.in_doubt
    assert post.sent == []


def test_a_server_that_refuses_our_own_copy_still_takes_the_answer() -> None:
    post = FakePost()
    post.refuses = {f"RCPT TO:<{letters.OURS}": "550 not here"}
    MAIL.send(SETTINGS, REPLY, http=post)
    assert post.sent[0][0] == ["ofelia@court.example"]


def test_without_a_server_for_outgoing_mail_nothing_can_be_sent() -> None:
    settings = {key: value for key, value in SETTINGS.items() if key != "smtp_host"}
    with pytest.raises(CredentialError, match="outgoing mail"):
        MAIL.send(settings, REPLY, http=FakePost())


def test_servers_inside_the_network_are_refused_unless_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, http.Client() as web:
        port = str(listener.getsockname()[1])
        for settings in (
            {"imap_host": "127.0.0.1", "imap_port": port},
            {"imap_host": "localhost", "imap_port": port},
            {"imap_host": "169.254.169.254"},
        ):
            with pytest.raises(Unreachable) as refused:
                fetched(MAIL, {**SETTINGS, **settings}, web)
            assert refused.value.code == "address_refused"
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_server_that_says_nothing_holds_nobody() -> None:
    caps = http.Caps(total=0.2, connect=0.2)
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        http.Client(allow=AllowList.parse(["127.0.0.0/8"]), caps=caps) as web,
    ):
        settings = {**SETTINGS, "imap_host": "127.0.0.1", "imap_port": str(listener.getsockname()[1])}
        with pytest.raises(Unreachable) as silent:
            fetched(MAIL, settings, web)
        assert silent.value.code == "timed_out"


@pytest.mark.parametrize(
    "garbage",
    [b"", b"HTTP/1.1 200 OK\r\n\r\n", b"* BYE go away\r\n", b"\xff" * 100 + b"\r\n", b"* OK\r\n" * 50],
)
def test_a_server_that_speaks_something_else_is_told_in_words(garbage: bytes) -> None:
    class Odd(FakePost):
        def connect(self, host: str, port: int) -> socket.socket:
            ours, theirs = socket.socketpair()
            ours.settimeout(2)
            with theirs:
                theirs.sendall(garbage)
            return ours

    with pytest.raises(Unreachable):
        fetched(MAIL, SETTINGS, Odd())
    with pytest.raises(Unreachable):
        MAIL.send(SETTINGS, REPLY, http=Odd())


@pytest.mark.parametrize("said", [b"1 (UID", b"1 )", b"1 " + b"(" * 500, b"nothing"])
def test_an_answer_that_breaks_the_grammar_is_refused(said: bytes) -> None:
    with pytest.raises(structure.NotUnderstood):
        list(structure.answers([said]))
