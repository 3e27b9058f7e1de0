"""Whoever is forgotten is found nowhere in conversations, and nobody else loses a word by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from grapevine.converse import testing
from grapevine.converse.actions import merges
from grapevine.converse.models import AnswerFile, Draft, Message, Thread
from grapevine.converse.privacy import Threads
from grapevine.core import bulk, privacy
from grapevine.core import testing as core
from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON
from grapevine.people import testing as people

pytestmark = pytest.mark.django_db


def found(word: str) -> list[str]:
    """Every column of every table of the room, and the index, that a word stands in."""
    places = []
    for model in apps.get_app_config("converse").get_models():
        for row in model._default_manager.values():
            places += [
                f"{model.__name__}.{name}" for name, value in row.items() if word in str(value).lower()
            ]
    if bulk.is_postgresql():
        indexed = bulk.ask("SELECT message_id FROM converse_words WHERE words @@ %s::tsquery", [word])
    else:
        indexed = bulk.ask("SELECT rowid FROM converse_words WHERE converse_words MATCH %s", [word])
    return places + ["index" for _row in indexed]


def forget(*identities: Any) -> None:
    subject = Subject(identity_ids=tuple(one.pk for one in identities))
    for holder in privacy.holders():
        holder.forget(subject)


@pytest.fixture
def together() -> tuple[Any, Any, Thread]:
    """Yorick's thread was put into Ophelia's, with answers, notes and a draft that name him."""
    yorick = people.make_identity(handle="yorick", name="Yorick")
    ophelia = people.make_identity(handle="ophelia")
    kept = testing.make_thread(text="My complaint is open", identity=ophelia)
    other = testing.make_thread(text="Yorick wants his skull", identity=yorick)
    testing.make_message(other, "Dear Yorick, here it is", direction="ours")
    testing.make_message(other, "yorick was a jester", direction="note")
    merges.merge(kept_id=kept.pk, other_id=other.pk, by=core.make_user(), at=NOON)
    theirs = kept.items.get(text="Yorick wants his skull")
    testing.make_message(kept, "Yorick, again", direction="ours", answers=theirs, state="scheduled")
    testing.make_message(
        kept, "As for Yorick, alas", direction="ours", answers=kept.items.get(text="My complaint is open")
    )
    testing.make_message(
        kept,
        "Ophelia, we look into it",
        direction="ours",
        answers=kept.items.get(text="My complaint is open"),
    )
    Draft.objects.create(thread=kept, user=core.make_user(), text="To yorick", saved_at=NOON)
    AnswerFile.objects.create(
        thread=kept, user=core.make_user(), name="yorick.png", media_type="image/png", content=b"", size=0, added_at=NOON
    )  # fmt: skip
    return yorick, ophelia, kept


def test_a_forgotten_name_is_in_no_column_and_not_in_the_index(together: Any) -> None:
    yorick, _ophelia, kept = together
    assert {place.partition(".")[0] for place in found("yorick")} == {
        "Message",
        "Draft",
        "AnswerFile",
        "Thread",
        "index",
    }
    forget(yorick)
    assert found("yorick") == []
    said = set(kept.items.exclude(text="").values_list("text", flat=True))
    assert said == {"My complaint is open", "Ophelia, we look into it"}
    assert not Message.objects.filter(state="scheduled").exists()


def test_answers_and_notes_to_them_are_handed_over_after_a_merging(together: Any) -> None:
    yorick, ophelia, _kept = together
    told = {row["text"] for row in Threads().hand_over(Subject(identity_ids=(yorick.pk,)))}
    assert told == {
        "Yorick wants his skull", "Dear Yorick, here it is", "yorick was a jester", "Yorick, again", "As for Yorick, alas",
    }  # fmt: skip
    hers = {row["text"] for row in Threads().hand_over(Subject(identity_ids=(ophelia.pk,)))}
    assert "Ophelia, we look into it" in hers
    assert not hers & {"Dear Yorick, here it is", "yorick was a jester", "Yorick, again"}
    assert Threads().hand_over(Subject()) == []


def test_an_event_of_a_merging_holds_no_words(together: Any) -> None:
    assert set(Message.objects.get(direction="event").event) == {"what", "other"}


def test_who_is_forgotten_takes_nobody_elses_complaint_along() -> None:
    first, second = people.make_identity(handle="yorick"), people.make_identity(handle="ophelia")
    thread = testing.make_thread(text="yorick asks", identity=first, due_at=NOON + timedelta(hours=4))
    alone = testing.make_thread(text="yorick alone", identity=first)
    complaint = testing.make_message(thread, "My lute is broken", identity=second)
    forget(first)
    kept = Thread.objects.get()
    assert (kept.pk, kept.identity_id, kept.status, kept.due_at) == (
        thread.pk, second.pk, "open", NOON + timedelta(hours=4),
    )  # fmt: skip
    assert kept.items.get(pk=complaint.pk).text == "My lute is broken"
    assert not Thread.objects.filter(pk=alone.pk).exists()
    assert found("yorick") == []
    forget(second)
    assert not Thread.objects.exists()
