"""The pages of audiences."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grapevine.core import clock, jobs
from grapevine.core.testing import NOON, signed_in
from grapevine.people import testing as people
from grapevine.spread.audience_forms import AdviceForm
from grapevine.spread.models import Audience
from grapevine.spread.selectors import audiences
from grapevine.spread.tests import worlds

pytestmark = pytest.mark.django_db
NEW = "/spread/audiences/new/"


def filled(network: Any, **more: Any) -> dict[str, Any]:
    told = {key: value for key, value in AdviceForm.defaults().items() if value is not None}
    return {
        **told,
        "name": "Regulars",
        "network": network.pk,
        "count": 2,
        "contactable": "on",
        "rng": 1,
        "ic-probability": 0.9,
        **more,
    }


def test_advice_is_asked_read_kept_changed_and_taken_along() -> None:
    network = worlds.network_of([(0, 1), (0, 2), (3, 4)], handles=["=HYPERLINK()", "?", "?", "ophelia", "?"])
    browser = signed_in("lead")
    assert browser.get(NEW).status_code == 200
    address = browser.post(NEW, filled(network)).headers["Location"]
    jobs.run_due(at=clock.now())
    text = browser.get(address).content.decode()
    assert "2 people listen to them, and to nobody else chosen so far." in text
    assert "Proved: no other choice of people goes more than" in text
    row = Audience.objects.get()
    assert browser.post(address, {"name": "Spring"}).status_code == 302
    assert "Spring" in browser.get("/spread/audiences/").content.decode()
    csv = browser.post(f"{address}export/").content.decode()
    assert "'=HYPERLINK()" in csv
    assert "ophelia" in csv
    first = row.members.order_by("place")[0]
    browser.post(f"{address}people/{first.pk}/out/")
    assert "HYPERLINK" not in browser.post(f"{address}export/").content.decode()
    assert "Taken out" in browser.get(address).content.decode()
    browser.post(f"{address}people/{first.pk}/back/")
    people.make_refusal(identity=people.Identity.objects.get(handle="ophelia"), at=NOON)
    text = browser.get(address).content.decode()
    assert "1 person of this list is not to be contacted by now" in text
    assert "ophelia" not in browser.post(f"{address}export/").content.decode()
    taken = audiences.taken_over(row.pk, at=clock.now())
    assert taken is not None
    assert (taken.name, [one.identity_id for one in taken.members]) == ("Spring", [first.identity_id])
    assert taken.members[0].why


def test_advice_that_nobody_kept_is_not_taken_over() -> None:
    network = worlds.two_towns()
    signed_in("lead").post(NEW, filled(network))
    jobs.run_due(at=clock.now())
    assert audiences.taken_over(Audience.objects.get().pk, at=clock.now()) is None
    assert audiences.kept() == []


def test_costs_come_from_a_file_in_any_dialect() -> None:
    network = worlds.network_of([(0, 1), (2, 3)], handles=["hamlet", "?", "ophelia", "?"])
    file = SimpleUploadedFile("costs.csv", b"handle;cost\r\n@Hamlet;12,50\r\nophelia;3\r\nyorick;1\r\n")
    answer = signed_in("lead").post(NEW, filled(network, budget="10", costs=file))
    assert answer.status_code == 302
    costs = dict(Audience.objects.get().costs.values_list("identity__handle", "cost"))
    assert costs == {"hamlet": 12.5, "ophelia": 3.0}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"costs": b"hamlet,dear\nophelia,minus\n", "budget": "5"},
            "Line 2: the cost is not a number above 0.",
        ),
        ({"costs": b"hamlet,2\n"}, "Costs count only with a budget."),
        ({"costs": b"yorick,2\n", "budget": "5"}, "No line of the file names somebody of this network."),
        ({"count": "0"}, "greater than or equal to 1"),
        ({"each_language": "2"}, "That makes 4 people at least"),
    ],
)
def test_what_is_wrong_with_a_wish_is_said(changed: dict[str, Any], said: str) -> None:
    network = worlds.network_of([(0, 1), (2, 3)], handles=["hamlet", "?", "ophelia", "?"], lang=[0, 0, 1, 1])
    given = {
        name: SimpleUploadedFile("costs.csv", value) if isinstance(value, bytes) else value
        for name, value in changed.items()
    }
    answer = signed_in("lead").post(NEW, filled(network, **given))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Audience.objects.exists()


def test_members_do_not_see_who_is_to_be_contacted() -> None:
    assert signed_in("member").get("/spread/audiences/").status_code == 403
