"""A reply nearly like many before is pointed out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grapevine.converse import own_words, testing
from grapevine.converse.models import Message, SaidBand, SaidBefore
from grapevine.core.testing import NOON

pytestmark = pytest.mark.django_db
SAID = "Hello {}, we are so sorry that your lute broke, we will send you a new string by the end of this week"


def sent(text: str) -> Message:
    message = testing.make_message(testing.make_thread(), text, direction="ours")
    own_words.keep(message=message, at=NOON)
    return message


def test_near_copies_are_counted_and_own_words_are_not() -> None:
    messages = [sent(SAID.format(name)) for name in ("Laertes", "Ophelia", "Yorick")]
    sent("A completely different thing was written here, about the opening hours of the castle in winter")
    found = own_words.alike(SAID.format("Horatio"))
    assert (found.count, found.is_many) == (3, True)
    assert found.message_ids == tuple(one.pk for one in reversed(messages))
    assert (
        own_words.alike("Laertes, that string should never have snapped. A new one leaves today.").count == 0
    )
    assert own_words.alike(SAID.format("Horatio"), leave_out=[messages[0].pk]).count == 2


def test_short_replies_and_two_alike_are_let_be() -> None:
    assert own_words.alike("Thank you so much").count == 0
    sent("Thank you so much")
    assert not SaidBefore.objects.exists()
    sent(SAID.format("a"))
    sent(SAID.format("b"))
    assert not own_words.alike(SAID.format("c")).is_many


def test_what_is_kept_twice_is_kept_once_and_goes_after_half_a_year_or_with_its_message() -> None:
    message = sent(SAID.format("a"))
    own_words.keep(message=message, at=NOON)
    other = sent(SAID.format("b"))
    assert SaidBefore.objects.count() == 2
    other.delete()
    assert SaidBefore.objects.count() == 1
    assert own_words.prune(at=NOON + timedelta(days=179)) == 0
    assert own_words.prune(at=NOON + timedelta(days=181)) == 1
    assert not SaidBand.objects.exists()
