"""What a shop signed holds in the order in which it was signed, once each, however it arrives."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from grapevine.core import clock
from grapevine.people.actions import tidying
from grapevine.people.models import Delivery, Purchase
from grapevine.people.tests.test_purchases import ORDER, Till


@pytest.mark.django_db
def test_an_older_message_that_comes_late_changes_nothing() -> None:
    till, now = Till(), clock.now()
    assert till.send({**ORDER, "amount": 20}, at=now)[1]["new"] == 1
    late = till.send({**ORDER, "amount": 10}, at=now - timedelta(seconds=30))
    assert late == (200, {"new": 0, "changed": 0, "known": 1})
    assert Purchase.objects.get().amount == 20
    assert till.send({**ORDER, "amount": 30}, at=now + timedelta(seconds=30))[1]["changed"] == 1


@pytest.mark.django_db
def test_a_message_sent_again_does_not_undo_what_came_in_the_same_second() -> None:
    till, now = Till(), clock.now()
    for amount in (10, 20):
        till.send({**ORDER, "amount": amount}, at=now)
    again = till.send({**ORDER, "amount": 10}, at=now)
    assert again == (200, {"new": 0, "changed": 0, "known": 1})
    assert Purchase.objects.get().amount == 20
    assert Delivery.objects.count() == 2
    tidying.tidy(at=now + timedelta(hours=1))
    assert not Delivery.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_are_both_taken() -> None:
    till, now = Till(), clock.now()
    start, answers = threading.Barrier(4), []

    def deliver(number: int) -> None:
        start.wait()
        try:
            answers.append(till.send({**ORDER, "amount": number}, at=now)[0])
        finally:
            connection.close()

    several = [threading.Thread(target=deliver, args=[number]) for number in range(4)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert answers == [200] * 4
    assert Purchase.objects.count() == 1
