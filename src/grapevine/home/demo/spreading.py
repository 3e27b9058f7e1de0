"""The demo in the room spread: who listens to whom about coffee, and how the storm and the campaign spread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from grapevine.core import access
from grapevine.home.demo import arcs, world
from grapevine.home.demo.rhythm import DAYS
from grapevine.home.demo.shapes import Story
from grapevine.listen.contracts.filters import Wish
from grapevine.spread.actions import cascades, networks
from grapevine.spread.actions import demo as spread
from grapevine.spread.definitions import Definition

STORM, CAMPAIGN = "hassel-capsules", "hassel-neighbours"


def ask(story: Story, *, sources: Mapping[str, int], watches: Mapping[str, int], at: datetime) -> None:
    """Have the worker make the network, read both cascades on it, and work out what might be upon it. `sources` and `watches` by their keys in
    the story."""
    network = networks.ask(
        name=_("Who listens to whom about coffee"),
        definition=Definition(days=DAYS + 1),
        by=access.SYSTEM,
        at=at,
        is_demo=True,
    )
    read = {}
    start = story.until - timedelta(days=DAYS)
    for name, watch, day, days in (
        (_("The storm about capsules"), STORM, arcs.STORM_DAY, 12),
        (_("The neighbours’ cup"), CAMPAIGN, arcs.CAMPAIGN_DAY, 25),
    ):
        begins = (start + timedelta(days=day)).replace(hour=0, minute=0, second=0, microsecond=0)
        read[watch] = cascades.ask(
            name=name,
            wish=Wish(watch=str(watches[watch]), source=str(sources[world.SOCIAL])),
            begins=begins,
            ends=min(begins + timedelta(days=days), at),
            network=network,
            by=access.SYSTEM,
            at=at,
            is_demo=True,
        )
    spread.ask(network=network, campaign=read[CAMPAIGN], by=access.SYSTEM, at=at)
