"""A file of purchases is looked at before it is read, and its amounts may have one currency for all."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grapevine.core import clock, jobs
from grapevine.core.access import SYSTEM
from grapevine.core.testing import NOON, deeds, signed_in
from grapevine.people import testing
from grapevine.people.actions import tidying
from grapevine.people.models import Purchase, PurchaseFile
from grapevine.people.selectors.memory import beside

pytestmark = pytest.mark.django_db
ROWS = "order_id;email;bought_at;items;amount\nB-1;ophelia@elsinore.example;2026-02-20;Mug;149,00\n"


def brought(browser: Any, text: str = ROWS) -> str:
    given = {"shop": testing.make_shop().pk, "file": SimpleUploadedFile("orders.csv", text.encode())}
    return str(browser.post("/people/purchases/file/", given)["Location"])


def test_amounts_without_a_currency_are_left_out_until_one_is_chosen() -> None:
    browser = signed_in("lead")
    page = brought(browser)
    first = browser.get(page)
    assert (first.context["fit"], "no currency beside it" in first.content.decode()) == (0, True)
    again = browser.get(f"{page}?currency=sek")
    assert "149.00 SEK" in again.content.decode()
    assert browser.post(page.replace("look", "start"), {"currency": "crowns"}).status_code == 422
    assert not Purchase.objects.exists()
    browser.post(page.replace("look", "start"), {"currency": " sek"})
    jobs.run_due(at=clock.now())
    assert Purchase.objects.get().currency == "SEK"
    assert "people.purchases.file_started" in deeds()
    assert browser.get(page).status_code == 302
    browser.post(page.replace("look", "start"), {"currency": "DKK"})
    assert PurchaseFile.objects.get().currency == "SEK"


def test_a_currency_beside_the_amount_counts_more() -> None:
    browser = signed_in("lead")
    text = "order_id,email,bought_at,amount,currency\nA,o@e.example,2026-02-20,5,DKK\nB,o@e.example,2026-02-20,6,\n"
    browser.post(brought(browser, text).replace("look", "start"), {"currency": "SEK"})
    jobs.run_due(at=clock.now())
    assert dict(Purchase.objects.values_list("order_id", "currency")) == {"A": "DKK", "B": "SEK"}


def test_what_is_no_file_of_purchases_says_so_and_can_be_discarded() -> None:
    browser = signed_in("lead")
    page = brought(browser, "ordre;kunde\n1;2\n")
    assert "has to name the columns" in browser.get(page).content.decode()
    path = Path(PurchaseFile.objects.get().path)
    browser.post(page.replace("look", "discard"))
    assert not PurchaseFile.objects.exists()
    assert "people.purchases.file_discarded" in deeds()
    assert path.exists()  # until the transaction of this test ends


def test_who_may_not_add_purchases_looks_at_no_file() -> None:
    page = brought(signed_in("lead"))
    assert signed_in("member").get(page).status_code == 403
    assert signed_in("member").post(page.replace("look", "start")).status_code == 403


def test_a_file_that_nobody_had_read_is_gone_after_a_day() -> None:
    brought(signed_in("lead"))
    file = PurchaseFile.objects.get()
    tidying.tidy(at=file.added_at + timedelta(hours=23))
    assert PurchaseFile.objects.exists()
    tidying.tidy(at=file.added_at + timedelta(hours=25))
    assert not PurchaseFile.objects.exists()
    assert not Path(file.path).exists()


def test_what_was_bought_stands_with_whoever_writes_letters_from_the_address() -> None:
    browser = signed_in("lead")
    browser.post(brought(browser).replace("look", "start"), {"currency": "SEK"})
    jobs.run_due(at=clock.now())
    writer = testing.make_identity(
        platform="mail/3", external_id="Ophelia@Elsinore.example", handle="ophelia@elsinore.example"
    )
    (bought,) = beside(writer.pk, by=SYSTEM, at=NOON).purchases  # type: ignore[union-attr]
    assert bought.order_id == "B-1"
    for platform in ("form/2", "wordpress/1"):  # what anybody may have typed there
        other = testing.make_identity(platform=platform, external_id="ophelia@elsinore.example")
        assert beside(other.pk, by=SYSTEM, at=NOON).purchases == ()  # type: ignore[union-attr]
