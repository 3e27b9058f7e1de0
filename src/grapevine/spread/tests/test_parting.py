"""A source is removed with its people, and they leave all that stands on them."""

from __future__ import annotations

import pytest

from grapevine.core.testing import NOON
from grapevine.listen import testing as listen
from grapevine.people import testing as people
from grapevine.sources import testing as sources
from grapevine.sources.actions import sources as actions
from grapevine.spread import snapshots, testing


@pytest.mark.django_db
def test_a_removed_source_takes_its_people_out_of_networks_cascades_and_files() -> None:
    listen.make_watch(query="mugs")
    source = sources.make_source()
    sources.store(source, sources.heard("mugs", author="hamlet"), sources.heard("mugs", author="ophelia"))
    who = [people.Identity.objects.get(handle=one) for one in ("hamlet", "ophelia")]
    other = people.make_identity(handle="horatio", platform="file/999")
    network = testing.make_network([(0, 1), (0, 2)], identities=[*who, other])
    cascade = testing.make_cascade([(0, None), (1, 0), (2, 0)], identities=[*who, other])
    testing.make_tie_file("ophelia,hamlet")
    actions.clear(source=source, at=NOON)
    network.refresh_from_db()
    assert snapshots.read(network).people["identity"].tolist() == [0, 0, other.pk]
    assert list(cascade.joinings.order_by("place").values_list("identity_id", flat=True)) == [
        None,
        None,
        other.pk,
    ]
    assert not people.Identity.objects.exclude(pk=other.pk).exists()
