"""Messages: their laid-out form, their files, and that none can write over another."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from grapevine.connectors.base import Batch
from grapevine.connectors.mail import letters, mapping
from grapevine.core.testing import NOON, signed_in
from grapevine.sources.actions import batches
from grapevine.sources.models import Post, PostVersion, Rejected, Source
from grapevine.sources.testing import make_post, make_source

pytestmark = pytest.mark.django_db


def make_mailbox() -> Source:
    return make_source(name="Post", connector="mail", settings={"address": letters.OURS})


def come(source: Source, *mails: bytes) -> batches.Outcome:
    raws = [letters.kept(mail) for mail in mails]
    return batches.store(
        source=source, batch=Batch(posts=[(mapping.to_post(raw), raw) for raw in raws], done=True), at=NOON
    )


def page(name: str, *args: Any, role: str = "member", query: str = "") -> Any:
    return signed_in(role).get(reverse(f"sources:{name}", args=args) + query)


def test_a_letter_is_shown_clean_and_its_pictures_only_when_asked_for() -> None:
    come(make_mailbox(), letters.scripted())
    post = Post.objects.get()
    shown = page("letter", post.pk)
    text = shown.content.decode()
    for gone in ("alert(1)", "tracker.example", "shop.example", "onload", "position:fixed"):
        assert gone not in text
    assert "thief.example" in text, "where the link leads"
    assert reverse("sources:attachment", args=[post.pk, 0]) in text, "the picture that came along"
    assert "https:" not in shown["Content-Security-Policy"]
    asked = page("letter", post.pk, query="?pictures=1")
    assert "https://shop.example/cup.jpg" in asked.content.decode()
    assert "tracker.example" not in asked.content.decode()
    assert "img-src 'self' data: https:" in asked["Content-Security-Policy"]
    assert "script-src" not in asked["Content-Security-Policy"]


def test_a_file_is_given_out_to_be_saved_and_never_run() -> None:
    files = (
        ("svar<b>.html", "text/html", b"<script>alert(1)</script>"),
        ("cup.png", "image/png", b"\x89PNG"),
        ("x.svg", "image/svg+xml", b"<svg/>"),
    )
    come(make_mailbox(), letters.letter(files=tuple(files[1:]), html="<p>x</p>"))
    post = Post.objects.get()
    given = page("attachment", post.pk, 0)
    assert (given.content, given["Content-Type"]) == (b"\x89PNG", "image/png")
    assert given["Content-Disposition"] == 'attachment; filename="cup.png"'
    assert given["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given["Content-Security-Policy"]
    assert page("attachment", post.pk, 1)["Content-Type"] == "application/octet-stream", "an SVG is a program"
    assert page("attachment", post.pk, 2).status_code == 404


def test_a_reader_sees_neither_letters_nor_files() -> None:
    come(make_mailbox(), letters.scripted())
    post = Post.objects.get()
    for name, args in (("letter", (post.pk,)), ("attachment", (post.pk, 0))):
        assert page(name, *args, role="reader").status_code == 403


def test_what_has_no_letter_has_none() -> None:
    come(make_mailbox(), letters.letter())
    assert page("letter", Post.objects.get().pk).status_code == 404
    assert page("letter", make_post(source=make_source()).pk).status_code == 404
    assert page("attachment", 12345, 0).status_code == 404


def test_nobody_writes_over_a_message_by_taking_its_id() -> None:
    source = make_mailbox()
    come(source, letters.letter("The truth."))
    forged = letters.letter("A lie.", sender="iago@venice.example")
    outcome = come(source, forged)
    assert (outcome.new, outcome.changed, outcome.rejected) == (0, 0, 1)
    assert Post.objects.get().text == "The truth."
    assert not PostVersion.objects.exists()
    left_out = Rejected.objects.get()
    assert (left_out.reason, bytes(left_out.raw)) == ("id_taken", letters.kept(forged))


def test_the_same_mail_delivered_twice_is_one() -> None:
    source = make_mailbox()
    come(source, letters.letter())
    footer = letters.letter("Too sour, the new roast.\n-- \nThe list of Elsinore")
    assert come(source, footer).rejected == 0
    later = letters.letter(at=letters.NOW - timedelta(hours=5))
    assert come(source, later).rejected == 1
    assert Post.objects.count() == 1


def test_two_mails_with_one_id_in_one_batch_are_told_apart() -> None:
    outcome = come(
        make_mailbox(),
        letters.letter("First."),
        letters.letter("Second.", sender="iago@venice.example"),
        letters.letter("First."),
    )
    assert (outcome.new, outcome.rejected) == (1, 1)
    assert Post.objects.get().text == "First."


def test_a_mailbox_is_added_on_the_page_with_its_passwords_sealed() -> None:
    lead = signed_in("lead")
    form = lead.get(reverse("sources:add", args=["mail"])).content.decode()
    assert "STARTTLS" in form
    given = {
        "name": "Post", "address": letters.OURS, "imap_host": "imap.elsinore.example", "imap_security": "tls", "password": "words",
        "smtp_security": "starttls", "retention_days": 0,
    }  # fmt: skip
    lead.post(reverse("sources:add", args=["mail"]), given)
    source = Source.objects.get()
    assert source.settings["imap_security"] == "tls"
    assert "password" not in source.settings
    refused = lead.post(reverse("sources:add", args=["mail"]), {**given, "imap_security": "none of these"})
    assert refused.status_code == 422
