"""Simulations and advice whose chances differ from tie to tie."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grapevine.core import access, clock, jobs
from grapevine.core.testing import NOON, signed_in
from grapevine.spread import snapshots, testing, tie_chances
from grapevine.spread.actions import audiences, simulations
from grapevine.spread.faults import Fault
from grapevine.spread.models import Cascade, Network, Simulation
from grapevine.spread.observed import Estimated
from grapevine.spread.questions import LEARNT, STRENGTH, Begin, Brief, ModelChoice, Question, Way
from grapevine.spread.simulation_forms import SimulationForm

pytestmark = pytest.mark.django_db
ARCS = [(0, 1), (0, 2), (1, 2)]
ESTIMATED = Estimated(
    people=3, joined=2, ties=3, chances=(("1", 0.4, 10), ("2–4", 0.2, 10)), auc=0.8, occasions=20
)


def weighted(*weights: float) -> Network:
    """Three people; the second and the third hear the first, the third hears the second."""
    return testing.make_network([(*arc, weight) for arc, weight in zip(ARCS, weights, strict=True)])


def chances(choice: ModelChoice, network: Network) -> list[float]:
    _model, graph = tie_chances.fitting(choice, snapshots.read(network))(choice)
    assert np.allclose(graph.in_weight, graph.out_weight[np.argsort(graph.out_to, kind="stable")])
    return [round(float(one), 4) for one in graph.out_weight]


def test_a_strong_tie_convinces_more_easily_and_an_average_one_as_the_number_says() -> None:
    network = weighted(0.5, 1.0, 1.5)
    choice = ModelChoice("ic", {"probability": 0.19}, STRENGTH)
    assert chances(choice, network) == [0.1, 0.19, 0.271]
    assert chances(choice.with_knob("probability", 1.0), network) == [1.0, 1.0, 1.0]
    assert tie_chances.fitting(choice, snapshots.read(network))(choice)[0].probability == "column"  # type: ignore[attr-defined]


def test_a_friends_weight_is_their_share_in_all_one_listens_to() -> None:
    assert chances(ModelChoice("lt", {"probability": "wc"}, STRENGTH), weighted(2.0, 1.0, 3.0)) == [
        1.0,
        0.25,
        0.75,
    ]


def test_without_a_word_the_network_stays_as_it_is() -> None:
    snapshot = snapshots.read(weighted(0.5, 1.0, 1.5))
    choice = ModelChoice("ic", {"probability": 0.2})
    assert tie_chances.fitting(choice, snapshot)(choice)[1] is snapshot.graph


def test_what_was_learnt_of_a_tie_is_its_chance_and_else_that_of_its_group() -> None:
    home = testing.make_network(ARCS)
    who = [testing.Identity.objects.get(pk=pk) for pk in snapshots.read(home).people["identity"].tolist()]
    cascade = testing.make_cascade([(0, None), (2, 0)], identities=who[:2], network=home, estimated=ESTIMATED)
    choice = ModelChoice("ic", {"probability": 0.3}, LEARNT, cascade.pk)
    first, second, third = chances(choice, home)
    assert first > max(second, third)  # who joined was convinced, who heard both was not
    other = testing.make_network([(0, 1), (0, 2), (0, 3), (1, 3)])  # people of whom the cascade knows nothing
    assert chances(choice, other) == [0.4, 0.4, 0.2, 0.2]
    assert chances(choice.with_knob("probability", 0.15), other) == [0.2, 0.2, 0.1, 0.1]


def test_what_was_to_be_learnt_of_and_is_gone_is_told() -> None:
    network = testing.make_network(ARCS)
    cascade = testing.make_cascade([(0, None)], network=network, estimated=ESTIMATED)
    Cascade.objects.filter(pk=cascade.pk).update(removed_at=NOON)
    with pytest.raises(Fault):
        tie_chances.fitting(
            ModelChoice("ic", {"probability": 0.3}, LEARNT, cascade.pk), snapshots.read(network)
        )


def test_simulations_and_advice_go_by_strong_ties() -> None:
    """Ties of the first are far stronger than that of the second."""
    network = weighted(30.0, 30.0, 0.01)
    model = ModelChoice("ic", {"probability": 0.3}, STRENGTH)
    row = simulations.ask(
        name="Strong", network=network, question=Question(model=model, runs=400),
        begins=[Begin(name="one", rule="degree", way=Way(count=1, contactable=False))], by=access.SYSTEM, at=NOON,
    )  # fmt: skip
    advice = audiences.ask(
        name="Whom",
        network=network,
        brief=Brief(model=model, count=1, contactable=False),
        by=access.SYSTEM,
        at=NOON,
    )
    jobs.run_due(at=clock.now())
    row.refresh_from_db()
    assert row.state == "done", row.fault
    assert 1.6 < row.scenarios.get().result["mean"] < 2.1  # two ties of 1 − 0.7^1.5, about 0.41 each
    page = signed_in("lead").get(f"/spread/simulations/{row.pk}/").content.decode()
    assert "by how strong each tie is" in page and "of an average tie" in page
    assert [one.identity_id for one in advice.members.all()] == [
        snapshots.read(network).people["identity"][0]
    ]


def test_the_form_asks_for_a_number_beside_the_word_and_for_what_to_learn_from() -> None:
    network = testing.make_network(ARCS)
    given: dict[str, Any] = {
        "name": "Strong", "network": network.pk, "model": "ic", "ic-probability": "", "ic-probability-word": STRENGTH, "tolerance": "",
        "runs": 100, "rng": 1, "s0-rule": "degree", "s0-count": 1,
    }  # fmt: skip

    def form(**more: Any) -> SimulationForm:
        return SimulationForm({**given, **more}, networks=[(network.pk, network.name)])

    assert "ic-probability" in form().errors
    whole = form(**{"ic-probability": "0.2"})
    assert whole.is_valid() and whole.question is not None
    assert whole.question.model == ModelChoice("ic", {"probability": 0.2}, STRENGTH)
    assert Question.from_json(whole.question.to_json()) == whole.question
    learnt = {"ic-probability": "0.2", "ic-probability-word": LEARNT}
    assert "ic-probability-word" in form(**learnt).errors
    cascade = testing.make_cascade([(0, None)], network=network, estimated=ESTIMATED)
    assert form(**learnt, cascade=cascade.pk).is_valid()
    shares = form(model="lt", **{"lt-probability-word": STRENGTH})
    assert shares.is_valid() and shares.question is not None and shares.question.model.ties == STRENGTH


def test_numbers_of_a_real_cascade_are_filled_in_tie_by_tie() -> None:
    network = testing.make_network(ARCS)
    cascade = testing.make_cascade([(0, None)], network=network, estimated=ESTIMATED)
    for address in ("simulations", "audiences"):
        form = signed_in("lead").get(f"/spread/{address}/new/?cascade={cascade.pk}").context["form"]
        assert (form["ic-probability"].value(), form["ic-probability-word"].value()) == (0.3, LEARNT)
        assert str(form["cascade"].value()) == str(cascade.pk)
    assert not Simulation.objects.exists()
