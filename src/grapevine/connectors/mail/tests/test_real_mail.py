"""The connector against Dovecot and Exim: fetch, thread, send, bounce, and an answer of the server that gets lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
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
from grapevine.connectors.mail import fetching, letters
from grapevine.connectors.testing import fetched

pytestmark = [pytest.mark.mail, pytest.mark.slow]
peer = pytest.importorskip("tests.peers.post", reason="the repository's tests are not there")
swallowing = pytest.importorskip("tests.peers.swallowing", reason="the repository's tests are not there")
MAIL: Any = get("mail")
LOOPBACK = AllowList.parse(["127.0.0.0/8", "::1/128"])


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if missing := peer.missing():
        pytest.skip(missing)
    with peer.Post.running(tmp_path_factory.mktemp("post")) as running:
        yield running


@pytest.fixture
def web(post: Any) -> Iterator[http.Client]:
    with http.Client(allow=LOOPBACK, context=post.trust()) as client:
        yield client


class Reader:
    """Reads again and again, as a source does."""

    def __init__(self, post: Any, web: http.Client) -> None:
        self.settings, self.web = post.settings(), web
        self.cursor: dict[str, Any] = {}
        self.raws: dict[str, bytes] = {}

    def news(self) -> dict[str, Post]:
        """By id, what came since the last look."""
        batches = fetched(MAIL, self.settings, self.web, cursor=self.cursor, now=datetime.now(UTC))
        self.cursor = batches[-1].cursor
        pairs = [pair for batch in batches for pair in batch.posts]
        self.raws = {one.external_id: raw for one, raw in pairs}
        assert all(MAIL.map(raw, self.settings) == one for one, raw in pairs)
        return {one.external_id: one for one, _raw in pairs}

    def until(self, post: Any, wanted: str) -> dict[str, Post]:
        """What came, once a mail with that id (or beginning of one) is there."""
        found: dict[str, Post] = {}

        def there() -> bool:
            found.update(self.news())
            return any(name.startswith(wanted) for name in found)

        post.wait_for(there, wanted)
        return found


def reply(**values: Any) -> Reply:
    given = {
        "to": "",
        "text": "Dear Ofelia, it is hot now. Smørrebrød!",
        "recipient": peer.OFELIA,
        "subject": "The new roast",
        "signed": "Måns",
    }
    return Reply(**{**given, **values})


def test_a_mail_is_read_answered_and_the_answer_is_read_in_its_thread(post: Any, web: http.Client) -> None:
    reader = Reader(post, web)
    reader.news()
    post.deliver(letters.letter(number=100, to=peer.OURS), sender="ofelia@court.example")
    first = reader.until(post, "letter-100")["letter-100@court.example"]
    assert first.text == "Too sour, the new roast."
    file = Attachment(name="Kvitto å.pdf", media_type="application/pdf", content=b"%PDF" * 1000)
    answer = reply(to=first.external_id, key="first", attachments=(file,))
    proof = MAIL.send(reader.settings, answer, http=web)
    assert b"250" in proof.raw
    post.wait_for(lambda: post.mails("ofelia"), "the answer")
    got = MAIL.map(post.mails("ofelia")[0], {})
    assert got.text == answer.text
    assert got.parent_id == first.external_id
    assert MAIL.attachments(post.mails("ofelia")[0]) == (file,)
    ours = reader.until(post, proof.external_id)[proof.external_id]
    assert ours.by_us is True
    post.deliver(
        letters.letter(
            "Thank you.",
            number=101,
            In_Reply_To=f"<{proof.external_id}>",
            References=f"<{first.external_id}> <{proof.external_id}>",
        )
    )
    thanks = reader.until(post, "letter-101")["letter-101@court.example"]
    assert (thanks.parent_id, thanks.thread_id) == (proof.external_id, first.external_id)
    assert not reader.news()
    assert not any("S" in flags for flags in post.flags()), "nothing is marked as read"


def test_a_lost_answer_of_the_server_neither_doubles_nor_loses(post: Any, web: http.Client) -> None:
    proxy = swallowing.Proxy(post.smtp)
    try:
        settings = post.settings(smtp_port=str(proxy.port), smtp_security="none")
        answer = reply(key="swallowed", text="Only once, please.")
        with pytest.raises(Unreachable) as broken:
            MAIL.send(settings, answer, http=web)
        assert broken.value.code == "unconfirmed"
        assert broken.value.in_doubt
        again = msgspec.structs.replace(answer, resend=True, since=datetime.now(UTC))
        found: list[Any] = []

        def looked() -> bool:
            try:
                found.append(MAIL.send(settings, again, http=web))
            except CannotTell as error:
                assert error.look_again
            return bool(found)

        post.wait_for(looked, "the copy in our own mailbox")
        assert found[0].found
        assert proxy.swallowed == 1
        assert sum(b"Only once, please." in mail for mail in post.mails("ofelia")) == 1
    finally:
        proxy.close()


def test_a_bounce_hangs_on_the_answer_that_did_not_arrive(post: Any, web: http.Client) -> None:
    reader = Reader(post, web)
    reader.news()
    proof = MAIL.send(reader.settings, reply(recipient="nobody@elsinore.test", key="lost"), http=web)
    found: dict[str, Post] = {}

    def bounced() -> bool:
        found.update(reader.news())
        return any("bounce" in one.notes for one in found.values())

    post.wait_for(bounced, "the bounce")
    bounce = next(one for one in found.values() if "bounce" in one.notes)
    assert bounce.parent_id == proof.external_id
    assert "nobody@elsinore.test" in bounce.text


def test_a_recipient_elsewhere_and_a_wrong_password_are_refused_in_words(post: Any, web: http.Client) -> None:
    wrong = post.settings(password="wrong")
    for act in (
        lambda: fetched(MAIL, wrong, web),
        lambda: MAIL.send(wrong, reply(key="x"), http=web),
        lambda: MAIL.check(wrong, http=web),
    ):
        with pytest.raises(CredentialError):
            act()
    with pytest.raises(BadData, match="not there"):
        MAIL.send(post.settings(), reply(recipient="iago@refused.test", key="y"), http=web)


def test_the_check_says_what_works(post: Any, web: http.Client) -> None:
    report = MAIL.check(post.settings(), http=web)
    assert {"folder_open", "may_send"} <= {line.code for line in report.lines}
    assert "not_encrypted" in {
        line.code for line in MAIL.check(post.settings(smtp_security="none"), http=web).lines
    }
    report = MAIL.check(
        post.settings(folder="Återbud", imap_security="starttls", imap_port=str(post.imap)), http=web
    )
    assert report.ok


def test_a_certificate_nobody_vouches_for_is_refused(post: Any) -> None:
    with http.Client(allow=LOOPBACK) as careful:
        for settings in (post.settings(), post.settings(imap_security="starttls", imap_port=str(post.imap))):
            with pytest.raises(Unreachable) as refused:
                MAIL.check(settings, http=careful)
            assert refused.value.code == "bad_certificate"
        with pytest.raises(Unreachable) as refused:
            MAIL.send(post.settings(), reply(key="z"), http=careful)
        assert refused.value.code == "bad_certificate"


def test_a_file_of_25_megabytes_comes_whole_and_a_larger_one_is_named(post: Any, web: http.Client) -> None:
    reader = Reader(post, web)
    reader.news()
    large = bytes(range(256)) * 4096 * 25
    post.put(letters.letter("See the film.", number=200, files=(("film.mov", "video/quicktime", large),)))
    found = reader.until(post, "letter-200")
    assert found["letter-200@court.example"].media == (f"video/film.mov;size={len(large)}",)
    assert MAIL.attachments(reader.raws["letter-200@court.example"])[0].content == large
    files = (
        ("film.mov", "video/quicktime", large),
        ("more.mov", "video/quicktime", large),
        ("å.txt", "application/pdf", b"x"),
    )
    post.put(letters.letter("Two films.", html="<p>Two <b>films</b>.</p>", number=201, files=files))
    two = reader.until(post, "letter-201")["letter-201@court.example"]
    assert two.text == "Two films."
    assert [one.partition(";size=")[0] for one in two.media] == [
        "video/film.mov",
        "video/more.mov",
        "file/å.txt",
    ]
    assert "left_out" in two.notes
    assert len(reader.raws["letter-201@court.example"]) < 10_000
    assert "<b>films</b>" in MAIL.html(reader.raws["letter-201@court.example"])
    assert [one.content for one in MAIL.attachments(reader.raws["letter-201@court.example"])] == [
        b"",
        b"",
        b"",
    ]


def test_broken_and_hostile_mails_come_through_a_real_server(post: Any, web: http.Client) -> None:
    reader = Reader(post, web)
    reader.news()
    mails = letters.everything()
    for mail in mails:
        post.put(mail.replace(b"\0", b"?"))
    came: dict[str, Post] = {}
    for batch in fetched(MAIL, reader.settings, web, cursor=reader.cursor, now=datetime.now(UTC)):
        came |= {one.external_id: one for one, _raw in batch.posts}
        assert not batch.rejected
    assert len(came) == len(mails)


def test_thousands_of_mails_are_read_in_pieces(
    post: Any, web: http.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_WINDOW", 50)
    monkeypatch.setattr(fetching, "_SIZES", 40)
    reader = Reader(post, web)
    reader.news()
    for number in range(230):
        post.put(letters.letter(f"Number {number}", number=1000 + number))
    assert len(reader.news()) == 230
