"""What becomes of mails: threads, texts, files, charsets, and what is broken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from grapevine.connectors.base import BadData, Post
from grapevine.connectors.mail import envelope, letters, mapping, quoting

SETTINGS = {"address": letters.OURS}


def mapped(mail: bytes, **settings: str) -> Post:
    return mapping.to_post(letters.kept(mail), SETTINGS | settings)


def test_a_mail_becomes_a_message_of_its_sender() -> None:
    post = mapped(letters.letter())
    assert (post.kind, post.title, post.text) == ("message", "The new roast", "Too sour, the new roast.")
    assert post.author is not None
    assert (post.author.external_id, post.author.name) == ("ofelia@court.example", "Ofelia Polonius")
    assert (post.external_id, post.thread_id, post.parent_id) == ("letter-1@court.example",) * 2 + ("",)
    assert post.published_at == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_answers_hang_on_what_they_answer_and_on_the_first_mail_of_the_conversation() -> None:
    chain = "<a@x.example> <b@x.example>\r\n <c@x.example>"
    post = mapped(letters.letter(number=9, References=chain.replace("\r\n", ""), In_Reply_To="<c@x.example>"))
    assert post.refers == ("a@x.example", "b@x.example", "c@x.example")
    assert (post.thread_id, post.parent_id) == ("a@x.example", "c@x.example")
    bare = mapped(letters.letter(In_Reply_To='"Your mail" <z@x.example>'))
    assert (bare.thread_id, bare.parent_id) == ("z@x.example", "z@x.example")


def test_a_thousand_references_keep_the_first_and_the_latest() -> None:
    post = mapped(letters.letter(References=" ".join(f"<{number}@x.example>" for number in range(1000))))
    assert post.refers[0] == "0@x.example"
    assert post.refers[-1] == "999@x.example"
    assert len(post.refers) == 60


def test_the_plain_text_is_preferred_and_html_alone_is_read() -> None:
    both = mapped(letters.letter("Plainly.", html="<p>Laid <b>out</b></p>"))
    assert both.text == "Plainly."
    assert "html" in both.notes
    assert mapped(letters.odd()["html only"]).text.startswith("Only HTML")


def test_text_beside_html_is_not_lost_when_a_list_adds_its_footer() -> None:
    mail = letters.lines(
        "From: a@x.example", "Message-ID: <m@x.example>", 'Content-Type: multipart/mixed; boundary="m"', "",
        "--m", "Content-Type: text/html", "", "<p>The <i>letter</i></p>",
        "--m", "Content-Type: text/plain", "", "Footer of the list & more", "--m--",
    )  # fmt: skip
    assert mapped(mail).text == "The letter\n\nFooter of the list & more"
    assert "Footer of the list &amp; more" in mapping.html(mail)


def test_files_are_named_in_order_and_opened_on_demand() -> None:
    files = (("faktura.pdf", "application/pdf", b"%PDF"), ("Kopp å.png", "image/png", b"\x89PNG"))
    mail = letters.kept(letters.letter(files=files))
    assert mapping.to_post(mail).media == ("file/faktura.pdf;size=4", "image/Kopp å.png;size=4")
    assert [(one.name, one.content) for one in mapping.attachments(mail)] == [
        ("faktura.pdf", b"%PDF"),
        ("Kopp å.png", b"\x89PNG"),
    ]


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "C:\\Windows\\passwd", "pass\u202ewd", "pass\r\nwd\0", "..", "", "a" * 500 + ".exe"],
)
def test_a_files_name_leads_nowhere(name: str) -> None:
    from grapevine.connectors.mail.parts import safe_name

    safe = safe_name(name, 3, "application/octet-stream")
    assert safe
    assert not set(safe) & set("/\\\r\n\0\u202e")
    assert safe.strip(".") == safe.strip(". ")
    assert len(safe) <= 120


def test_a_mail_of_nothing_but_files_names_them() -> None:
    post = mapped(letters.odd()["files only"])
    assert post.text == "passwd\ncup.png"


def test_a_mail_that_says_nothing_at_all_is_told() -> None:
    with pytest.raises(BadData):
        mapped(letters.letter("", subject=""))


@pytest.mark.parametrize("what", letters.broken())
def test_a_broken_mail_is_still_read(what: str) -> None:
    post = mapped(letters.broken()[what])
    assert post.text or post.title
    assert post.external_id
    assert "\0" not in post.text + post.title


def test_letters_of_the_north_survive_every_charset() -> None:
    broken = letters.broken()
    assert mapped(broken["unknown charset"]).text == "Smørrebrød"
    assert mapped(broken["wrong charset"]).text == "Smørrebrød på tallerken"
    assert mapped(broken["raw bytes in the subject"]).title == "Kräftskiva"
    assert mapped(letters.letter(subject="Smörgåsbord 🥯")).title == "Smörgåsbord 🥯"


def test_emoji_and_right_to_left_texts_stay_as_they_are() -> None:
    assert mapped(letters.odd()["emoji only"]).text == "😡😡😡"
    assert "مرحبا" in mapped(letters.odd()["right to left"]).text


def test_a_text_beyond_all_measure_is_cut_and_says_so() -> None:
    post = mapped(letters.odd()["very large text"])
    assert len(post.text) == 1_000_000
    assert "text_cut" in post.notes


def test_parts_within_parts_without_end_are_refused_in_words() -> None:
    with pytest.raises(BadData, match="without end"):
        mapped(letters.nested())


def test_broken_lines_are_put_together_where_the_sender_said_so() -> None:
    mail = letters.lines(
        "From: a@x.example", "Message-ID: <m@x.example>", "Content-Type: text/plain; format=flowed", "",
        "One long line that ", "goes on.", "> quoted that ", "> goes on", "-- ", "Iago",
    )  # fmt: skip
    assert mapped(mail).text == "One long line that goes on.\n> quoted that goes on\n-- \nIago"


def test_a_date_that_cannot_be_is_replaced_by_the_arrival() -> None:
    post = mapped(letters.letter(at=datetime(2099, 1, 1, tzinfo=UTC)))
    assert post.published_at == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert "date_first_seen" in post.notes


def test_a_line_made_to_look_like_ours_counts_for_nothing() -> None:
    forged = envelope.NAME + b" at=1999-01-01T00:00:00+00:00; whole=9\r\n" + letters.letter()
    kept = envelope.taken(letters.kept(forged))
    assert kept.at == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert kept.whole == 0


ANSWERS = {
    "english": (
        "It works now.",
        "On Mon, 2 Mar 2026 at 10:00, Elsinore <hello@elsinore.example> wrote:\n\n> Does it?\n> Maria",
    ),
    "swedish": (
        "Tack!",
        "Den mån 2 mars 2026 kl 10:00 skrev Elsinore <hello@elsinore.example>:\n> Fungerar det?",
    ),
    "danish": ("Tak.", "Den 2. marts 2026 kl. 10.00 skrev Elsinore:\n\n> Virker det?"),
    "dutch": (
        "Bedankt.",
        "Op ma 2 mrt 2026 om 10:00 schreef Elsinore\n<hello@elsinore.example>:\n\n> Werkt het?",
    ),
    "outlook": (
        "Thanks",
        "From: Elsinore <hello@elsinore.example>\nSent: Monday, 2 March 2026\nTo: Iago\nSubject: Re: x\n\nDoes it?",
    ),
    "outlook in swedish": (
        "Tack",
        "________________________________\nFrån: Elsinore\nSkickat: den 2 mars\nTill: Iago\nÄmne: Sv: x\n\nHej",
    ),
    "original": ("Ja", "-----Oprindelig meddelelse-----\nFra: Elsinore\n\nHej"),
    "marks only": ("Yes.", "> Does it?\n> Really?"),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_is_said_is_told_from_what_is_quoted(kind: str) -> None:
    said, history = ANSWERS[kind]
    parts = quoting.parted(f"{said}\n\n{history}")
    assert (parts.said, parts.quoted) == (said, history)


def test_answers_between_quoted_lines_are_said() -> None:
    text = "On Monday Iago wrote:\n> Is it hot?\nYes.\n> And sour?\nNo."
    assert quoting.parted(text).said == text


@pytest.mark.parametrize("mark", ["-- \nOfelia\n+45 33 33", "Sent from my iPhone", "Skickat från min iPhone"])
def test_a_signature_stands_apart(mark: str) -> None:
    parts = quoting.parted(f"The cup is broken.\n\n{mark}")
    assert (parts.said, parts.signature) == ("The cup is broken.", mark.strip())


def test_nothing_is_lost_when_a_mail_is_taken_apart() -> None:
    text = "Hello\n\n-- \nIago\n\nOn Monday you wrote:\n> x"
    parts = quoting.parted(text)
    assert all(word in parts.said + parts.signature + parts.quoted for word in text.split())
    assert quoting.said("> only quoted") == "> only quoted"
