"""Purchases come in by file and by signed message, once each, and stand with whose they are."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grapevine.core import clock, jobs
from grapevine.core.access import SYSTEM
from grapevine.core.testing import NOON, deeds, heard, make_user, signed_in
from grapevine.people import events, orders, testing
from grapevine.people.actions import keys, purchase_files, purchases
from grapevine.people.models import Purchase, PurchaseFile, RefusedRow, Shop
from grapevine.people.selectors.memory import beside

pytestmark = pytest.mark.django_db
ORDER = {
    "order_id": "A-1",
    "email": "Hamlet@Elsinore.example",
    "bought_at": "2026-02-25T10:00:00+01:00",
    "items": [{"name": "Dark roast", "quantity": 2}, "Filters"],
    "amount": "249,50",
    "currency": "dkk",
}


class Till:
    """A shop that signs what it sends."""

    def __init__(self) -> None:
        self.shop = testing.make_shop()
        self.key = purchases.make_key(shop=self.shop, by=make_user(role="administrator"), at=NOON)

    def send(self, what: Any, *, key: str = "", at: Any = None, **headers: str) -> tuple[int, Any]:
        body = what if isinstance(what, bytes) else json.dumps(what).encode()
        stamp = str(int((at or clock.now()).timestamp()))
        signed = orders.signature((key or self.key).encode(), stamp, body)
        given = {"Grapevine-Timestamp": stamp, "Grapevine-Signature": f"sha256={signed}", **headers}
        answer = Client().post(
            f"/hooks/purchases/{self.shop.pk}/",
            body,
            content_type="application/json",
            headers={name: value for name, value in given.items() if value},
        )
        return answer.status_code, json.loads(answer.content)


def test_what_was_bought_last_week_stands_with_whoever_has_the_address() -> None:
    identity = testing.make_identity()
    assert Till().send(ORDER) == (200, {"new": 1, "changed": 0, "known": 0})
    assert beside(identity.pk, by=SYSTEM, at=NOON).purchases == ()  # type: ignore[union-attr]
    keys.vouched(identity_id=identity.pk, address="hamlet@elsinore.example", at=NOON)
    [line] = beside(identity.pk, by=SYSTEM, at=NOON).purchases  # type: ignore[union-attr]
    assert (line.items, line.amount, line.currency) == ("2 × Dark roast, Filters", Decimal("249.50"), "DKK")


def test_an_order_sent_twice_is_one_and_a_changed_one_is_changed(
    django_capture_on_commit_callbacks: Any,
) -> None:
    till = Till()
    with heard(events.PurchasesReceived) as news, django_capture_on_commit_callbacks(execute=True):
        assert till.send(ORDER)[1]["new"] == 1
        assert till.send(ORDER)[1] == {"new": 0, "changed": 0, "known": 1}
        assert till.send({"orders": [{**ORDER, "amount": 10}, ORDER | {"order_id": "A-2"}]})[1] == {
            "new": 1,
            "changed": 1,
            "known": 0,
        }
    assert Purchase.objects.count() == 2
    assert len(news) == 2
    assert deeds().count("people.purchases.received") == 2


def test_what_is_not_signed_or_old_is_sent_away_and_told_why() -> None:
    till = Till()
    assert till.send(ORDER, key="gvs_wrong")[1]["code"] == "bad_signature"
    assert till.send(ORDER, at=clock.now() - timedelta(minutes=6))[1]["code"] == "old"
    assert till.send(ORDER, **{"Grapevine-Signature": ""})[1]["code"] == "no_signature"
    assert not Purchase.objects.exists()
    assert Shop.objects.get().refused_code == "bad_signature"  # noted once a minute
    purchases.revoke_key(shop=till.shop, by=make_user(role="administrator"), at=NOON)
    status, told = till.send(ORDER)
    assert (status, told["code"]) == (401, "no_key_made")
    assert "administrator" in told["message"]
    assert Client().post("/hooks/purchases/0/").status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"order_id": ""}, "no_order_id"),
        ({"email": ""}, "no_key"),
        ({"email": "nobody"}, "bad_email"),
        ({"amount": "a lot"}, "bad_amount"),
        ({"amount": "1e99"}, "bad_amount"),
        ({"amount": "NaN"}, "bad_amount"),
        ({"currency": ""}, "no_currency"),
        ({"currency": "kroner"}, "bad_currency"),
        ({"bought_at": "yesterday"}, "bad_moment"),
        ({"bought_at": "2999-01-01"}, "bad_moment"),
        ({"bought_at": "0001-01-01T00:00:00+14:00"}, "bad_moment"),
        ({"items": 5}, "bad_items"),
        ({"order_id": {}}, "not_text"),
    ],
)
def test_a_wrong_order_is_told_what_is_wrong_with_it(change: dict[str, Any], code: str) -> None:
    with pytest.raises(orders.BadOrder) as wrong:
        orders.read({**ORDER, **change}, zone=ZoneInfo("Europe/Copenhagen"), now=NOON)
    assert wrong.value.code == code


@pytest.mark.parametrize("body", [b"{", b"[]", b"[" * 100_000, b'{"orders": 5}', b'{"orders": [5]}'])
def test_what_is_no_json_of_orders_is_told_so(body: bytes) -> None:
    status, told = Till().send(body)
    assert status == 422
    assert told["code"] == "not_json"


def test_a_file_is_read_and_its_bad_rows_are_kept_and_shown() -> None:
    shop = testing.make_shop()
    browser = signed_in("lead")
    rows = [
        "order_id;email;customer;bought_at;items;amount;currency",
        "B-1;ophelia@elsinore.example;;2026-02-20;3 x Mug | Saucer;149,00;SEK",
        "B-2;;4711;2026-02-21;;;",
        ";;;;;;",
        "B-4;nobody;;2026-02-21;;;",
    ]
    given = SimpleUploadedFile("orders.csv", "\n".join(rows).encode("utf-8-sig"))
    answer = browser.post("/people/purchases/file/", {"shop": shop.pk, "file": given})
    looked = browser.get(answer["Location"])
    assert (looked.context["seen"], looked.context["fit"], len(looked.context["wrong"])) == (4, 2, 2)
    assert not Purchase.objects.exists()
    browser.post(answer["Location"].replace("look", "start"))
    jobs.run_due(at=clock.now())
    file = PurchaseFile.objects.get()
    assert (file.state, file.new, file.refused) == ("done", 2, 2)
    assert not Path(file.path).exists()
    assert [(row.line, row.reason) for row in RefusedRow.objects.order_by("line")] == [
        (4, "no_order_id"),
        (5, "bad_email"),
    ]
    page = browser.get(f"/people/purchases/files/{file.pk}/refused/")
    assert "is no e-mail address" in page.content.decode()
    assert Purchase.objects.get(order_id="B-1").items[0] == {"name": "Mug", "quantity": "3"}


def test_a_file_read_by_a_worker_that_died_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    lines = [f"C-{number},ophelia@elsinore.example,2026-02-20" for number in range(1100)]
    path.write_text("order_id,email,bought_at\n" + "\n".join(lines))
    file = testing.make_file(path=str(path))

    class Dies:
        def progress(self, done: int) -> None:
            if done > 500:
                raise jobs.LeaseLost

    with pytest.raises(jobs.LeaseLost):
        purchase_files.read_file(file_id=file.pk, at=NOON, run=Dies())  # type: ignore[arg-type]
    file.refresh_from_db()
    assert (file.place, file.new, Purchase.objects.count()) == (500, 500, 500)
    purchase_files.read_file(file_id=file.pk, at=NOON)
    file.refresh_from_db()
    assert (file.state, file.new, file.known) == ("done", 1100, 0)


def test_a_file_without_the_columns_says_which_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("ordre;kunde\n1;2\n")
    file = testing.make_file(path=str(path))
    purchase_files.read_file(file_id=file.pk, at=NOON)
    file.refresh_from_db()
    assert (file.state, file.error_code) == ("failed", "no_columns")


def test_a_key_is_shown_once_and_sealed_at_rest() -> None:
    shop, browser = testing.make_shop(), signed_in("administrator")
    page = browser.post(f"/people/purchases/shops/{shop.pk}/key/")
    key = page.context["key"]
    assert key in page.content.decode()
    assert key not in browser.get("/people/purchases/").content.decode()
    assert key.encode() not in bytes(Shop.objects.get().sealed_key)
    assert signed_in("lead").post(f"/people/purchases/shops/{shop.pk}/key/").status_code == 403
