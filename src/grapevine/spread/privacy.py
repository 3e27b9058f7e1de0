"""Which personal data this room holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from grapevine.core import privacy
from grapevine.people.selectors import every, names
from grapevine.spread import snapshots
from grapevine.spread.actions import forgetting
from grapevine.spread.models import (
    Audience,
    AudienceCost,
    AudienceMember,
    Cascade,
    Experiment,
    Forecast,
    GivenTie,
    Joining,
    Network,
    RefusedTie,
    Seed,
    Simulation,
    TieFile,
)


class Networks:
    """Who listens to whom, in snapshots."""

    name = "spread.networks"
    models = ("spread.network", "spread.networkpart")
    purpose = "Seeing how talk reaches people, and foreseeing how far it may go."
    retention = "Until a network is removed; who is forgotten is taken out of all of them."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        """In which networks they are, and with how many ties. Whom they listen to is about others too, and not handed over."""
        found: list[dict[str, Any]] = []
        for network in Network.objects.exclude(people=0).order_by("pk"):
            try:
                snapshot = snapshots.read(network)
            except KeyError:
                continue
            found += [
                {
                    "network": network.name,
                    "until": network.until.isoformat(),
                    "listen to them": int(snapshot.graph.out_degree[node]),
                    "they listen to": int(snapshot.graph.in_degree[node]),
                }
                for node in snapshot.numbers(subject.identity_ids).tolist()
            ]
        return found

    def forget(self, subject: privacy.Subject) -> int:
        """Empty their nodes and cut their ties, in every network."""
        return forgetting.out_of_networks(subject.identity_ids) if subject.identity_ids else 0


class Given:
    """Who listens to whom, as files tell."""

    name = "spread.given"
    models = ("spread.tiefile", "spread.giventie", "spread.refusedtie")
    purpose = "Adding to networks what is known besides what people do in public."
    retention = "Until the file is removed, and seven days longer."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        """In which files they are. With whom is about others too, and not handed over."""
        ids = subject.identity_ids
        found: list[dict[str, Any]] = [
            {"file": row["file__name"], "listens": row["listener_id"] in ids, "is listened to": row["speaker_id"] in ids}
            for row in GivenTie.objects.filter(Q(listener_id__in=ids) | Q(speaker_id__in=ids))
            .order_by("pk")
            .values("file__name", "listener_id", "speaker_id")
        ]  # fmt: skip
        found += [{"line left out of a file": row.raw} for row in _refused_naming(ids)]
        rows = TieFile.objects.filter(added_by_id=subject.user_id or 0)
        return found + [{"added the file": row.name, "on": row.added_at.isoformat()} for row in rows]

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        ids = subject.identity_ids
        count = GivenTie.objects.filter(Q(listener_id__in=ids) | Q(speaker_id__in=ids)).delete()[0]
        named = [row.pk for row in _refused_naming(ids)]
        count += RefusedTie.objects.filter(pk__in=named).update(raw="")
        if subject.user_id is not None:
            count += TieFile.objects.filter(added_by_id=subject.user_id).update(added_by=None)
        return count


def _refused_naming(identity_ids: Sequence[int]) -> list[RefusedTie]:
    """Refused lines in which somebody is named: by a handle, a name, or an address of theirs."""
    if not identity_ids or not RefusedTie.objects.exists():
        return []
    called = Q(pk__in=[])
    for name in names.called(identity_ids) | every.addresses(identity_ids):
        if len(name.removeprefix("@")) > 1:
            called |= Q(raw__icontains=name.removeprefix("@"))
    return list(RefusedTie.objects.filter(called).order_by("pk"))


class Cascades:
    """Who joined what spread, and who brought them."""

    name = "spread.cascades"
    models = ("spread.cascade", "spread.joining")
    purpose = "Seeing how something really spread."
    retention = "Until the cascade is removed; who is forgotten stays as somebody without a name."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        rows = Joining.objects.filter(identity_id__in=subject.identity_ids).select_related("cascade")
        return [
            {"cascade": row.cascade.name, "joined": row.at.isoformat(), "how": row.how}
            for row in rows.order_by("pk")
        ]

    def forget(self, subject: privacy.Subject) -> int:
        return Joining.objects.filter(identity_id__in=subject.identity_ids).update(
            identity=None, post_id=None
        )


class Seeds:
    """With whom simulations begin, and who asked for them."""

    name = "spread.simulations"
    models = ("spread.simulation", "spread.scenario", "spread.seed", "spread.forecast", "spread.experiment")
    purpose = "Comparing whom to brief, before anybody is."
    retention = "Until the simulation is removed; sizes stay, people who are forgotten go."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        seeds = Seed.objects.filter(identity_id__in=subject.identity_ids).select_related(
            "scenario__simulation"
        )
        found: list[dict[str, Any]] = [
            {"simulation": row.scenario.simulation.name, "begins with them in": row.scenario.name}
            for row in seeds.order_by("pk")
        ]
        user = subject.user_id or 0
        found += [
            {"asked for": row.name, "on": row.made_at.isoformat()}
            for row in Simulation.objects.filter(made_by_id=user).order_by("pk")
        ]
        found += [
            {"forecast": row.name, "kept": row.kept_at.isoformat()}
            for row in Forecast.objects.filter(kept_by_id=user).order_by("pk")
        ]
        return found

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        count = Seed.objects.filter(identity_id__in=subject.identity_ids).delete()[0]
        if subject.user_id is not None:
            count += Forecast.objects.filter(kept_by_id=subject.user_id).update(kept_by=None)
            for model in (Simulation, Experiment, Network, Cascade):
                count += model._default_manager.filter(made_by_id=subject.user_id).update(made_by=None)
        return count


class Audiences:
    """Whom to brief."""

    name = "spread.audiences"
    models = ("spread.audience", "spread.audiencemember", "spread.audiencecost")
    purpose = "Briefing the people through whom a message travels."
    retention = "Until the audience is removed."

    def hand_over(self, subject: privacy.Subject) -> list[dict[str, Any]]:
        rows = AudienceMember.objects.filter(identity_id__in=subject.identity_ids).select_related("audience")
        return [
            {"audience": row.audience.name, "kept": row.audience.kept_at.isoformat() if row.audience.kept_at else "", "why": row.why}
            for row in rows.order_by("pk")
        ] + [
            {"audience": row.audience.name, "briefing them costs": row.cost}
            for row in AudienceCost.objects.filter(identity_id__in=subject.identity_ids).select_related("audience").order_by("pk")
        ]  # fmt: skip

    @transaction.atomic
    def forget(self, subject: privacy.Subject) -> int:
        count = AudienceMember.objects.filter(identity_id__in=subject.identity_ids).delete()[0]
        count += AudienceCost.objects.filter(identity_id__in=subject.identity_ids).delete()[0]
        if subject.user_id is not None:
            count += Audience.objects.filter(made_by_id=subject.user_id).update(made_by=None)
            count += Audience.objects.filter(kept_by_id=subject.user_id).update(kept_by=None)
        return count
