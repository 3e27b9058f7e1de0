"""Audiences: advised, kept, changed, handed out."""

from __future__ import annotations

from typing import Any

import pytest

from grapevine.core import access, clock, jobs
from grapevine.core.models import AuditEntry
from grapevine.core.testing import NOON, deeds
from grapevine.people import testing as people
from grapevine.spread import reasons
from grapevine.spread.actions import advising, audiences, steps
from grapevine.spread.advised import Advised
from grapevine.spread.models import Audience, WorkState
from grapevine.spread.questions import Brief, ModelChoice, Share
from grapevine.spread.tests import worlds

pytestmark = pytest.mark.django_db
SURE = ModelChoice("ic", {"probability": 1.0})


def advised(network: Any = None, costs: Any = None, **more: Any) -> Audience:
    brief = Brief(**{"model": SURE, "count": 2, **more})
    row = audiences.ask(
        name="Regulars",
        network=network or worlds.two_towns(),
        brief=brief,
        by=access.SYSTEM,
        at=NOON,
        costs=costs,
    )
    jobs.run_due(at=clock.now())
    row.refresh_from_db()
    return row


def chosen(row: Audience) -> list[int]:
    assert row.state == WorkState.DONE, (row.fault, row.fault_params)
    return list(row.members.order_by("place").values_list("identity_id", flat=True))


def test_advice_opens_both_towns_and_says_why() -> None:
    network = worlds.two_towns()
    row = advised(network)
    assert set(chosen(row)) == {worlds.identity(network, 0), worlds.identity(network, 15)}
    told = Advised.from_json(row.result)
    assert told.mean == 30
    assert told.guarantee is not None
    assert (told.people, told.pool, told.refused) == (30, 29, 0)
    hub = row.members.get(identity_id=worlds.identity(network, 0))
    why = reasons.Why.from_json(hub.why)
    assert (why.listeners, why.fresh, why.circle, why.circle_size, why.first, why.rank) == (
        14,
        14,
        0,
        15,
        True,
        1,
    )
    said = reasons.in_words(why, hub.gain)
    assert said[1] == "14 people listen to them, and to nobody else chosen so far."
    assert "They open community 1 with its 15 people, where nobody was chosen yet." in said


def test_who_is_not_to_be_contacted_is_never_advised() -> None:
    network = worlds.two_towns()
    hub = people.Identity.objects.get(pk=worlds.identity(network, 0))
    other = people.make_identity(handle="prince", person=people.make_person())
    people.Identity.objects.filter(pk=hub.pk).update(person=other.person)
    people.make_refusal(identity=other)  # refused under another handle of the same person
    row = advised(network)
    assert hub.pk not in chosen(row)
    assert Advised.from_json(row.result).refused == 1


def test_a_budget_prefers_the_cheap_and_is_kept() -> None:
    network = worlds.two_towns()
    hub, chain = worlds.identity(network, 0), worlds.identity(network, 15)
    row = advised(network, costs={hub: 50.0}, count=30, budget=5.0)
    assert hub not in chosen(row)
    assert chain in chosen(row)
    assert (Advised.from_json(row.result).spent or 0) <= 5
    rich = advised(network, costs={hub: 10.0}, count=30, budget=11.0)
    assert {hub, chain} <= set(chosen(rich))


def test_followers_cost() -> None:
    network = worlds.network_of(
        [(0, 1), (0, 2), (3, 4)],
        handles=["hamlet", "?", "?", "ophelia", "?"],
        followers=[90_000, 10, 10, -1, 10],
    )
    row = advised(network, count=5, budget=10.0, per_thousand=1.0)
    assert worlds.identity(network, 0) not in chosen(row)
    assert worlds.identity(network, 3) in chosen(row)
    assert Advised.from_json(row.result).unpriced >= 1


@pytest.mark.parametrize("model", [SURE, ModelChoice("watts", {"threshold": 0.5})])
def test_groups_get_their_share(model: ModelChoice) -> None:
    network = worlds.network_of(
        [(0, one) for one in range(1, 6)] + [(1, 2), (2, 3), (6, 7)], handles=["?"] * 8, lang=[0] * 6 + [1, 1]
    )
    row = advised(network, count=2, model=model, shares=(Share("lang", 1, 1),))
    assert {worlds.identity(network, 6), worlds.identity(network, 7)} & set(chosen(row))
    failed = advised(network, count=5, shares=(Share("lang", 1, 3),))
    assert (failed.state, failed.fault) == (WorkState.FAILED, "audience_few")


def test_who_is_briefed_already_is_not_advised_again() -> None:
    network = worlds.two_towns()
    first = advised(network, count=1)
    second = advised(network, count=1, audience_ids=(first.pk,))
    assert set(chosen(first)).isdisjoint(chosen(second))
    assert Advised.from_json(second.result).already == 1
    assert Advised.from_json(second.result).mean == 30


def test_a_model_without_proof_says_so() -> None:
    row = advised(model=ModelChoice("watts", {"threshold": 0.5}))
    from grapevine.spread import advised as told

    assert told.guarantee(Advised.from_json(row.result)).startswith("No guarantee")
    assert "Proved" in told.guarantee(Advised.from_json(advised().result))


def test_nobody_left_is_a_fault_in_words() -> None:
    from grapevine.spread import words

    network = worlds.network_of([(0, 1)], handles=["?", "?"], ours=[0, 1])
    row = advised(network)
    assert (row.state, row.fault) == (WorkState.FAILED, "audience_nobody")
    assert "people in the network: 2" in words.fault(row.fault, row.fault_params)


def test_an_audience_is_kept_changed_and_handed_out_with_traces() -> None:
    network = worlds.two_towns()
    row = advised(network, count=3)
    audiences.keep(audience=row, name="Spring", by=access.SYSTEM, at=NOON)
    row.refresh_from_db()
    assert (row.name, row.kept_at) == ("Spring", NOON)
    first, second, third = row.members.order_by("place")
    assert audiences.take_out(member=first, by=access.SYSTEM, at=NOON)
    assert not audiences.take_out(member=first, by=access.SYSTEM, at=NOON)
    people.make_refusal(identity=people.Identity.objects.get(pk=second.identity_id))
    assert audiences.hand_out(audience=row, by=access.SYSTEM, at=NOON) == (third,)
    assert AuditEntry.objects.order_by("id").last().detail == {"members": 1, "refused": 1}
    assert audiences.put_back(member=first, by=access.SYSTEM, at=NOON)
    assert [one for one in deeds() if one.startswith("spread")] == [
        "spread.audience.asked", "spread.audience.kept", "spread.audience.taken-out", "spread.audience.exported", "spread.audience.put-back",
    ]  # fmt: skip


def test_how_long_it_takes_is_told_before_it_begins_where_people_are_tried_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(steps.Steps, "say", lambda self, note: told.append(note))
    advised()  # by samples, with a proof: that is quick
    advised(model=ModelChoice("watts", {"threshold": 0.2}))  # exact
    assert told == []
    monkeypatch.setattr(advising, "LONG", 0.0)
    advised(model=ModelChoice("sir", {"probability": 0.5}))
    assert len(told) == 1 and told[0].startswith("About ")
