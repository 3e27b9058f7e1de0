"""All addresses of the house, with something to open each by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from grapevine.converse import testing as converse
from grapevine.core import testing as core
from grapevine.listen import testing as listen
from grapevine.people import testing as people
from grapevine.sources import testing as sources
from grapevine.spread import testing as spread


@dataclass(frozen=True)
class Door:
    """One address: its pattern, the names of the ids in it, the view behind it."""

    route: str
    ids: tuple[str, ...]
    view: Callable[..., Any]
    name: str
    machine: bool  # under /api/, where a door answers 401 instead of showing the way to the sign-in page

    @property
    def permission(self) -> str | None:
        """What one needs; None when it is open to all; empty when nobody said."""
        found: str | None = getattr(self.view, "needed_permission", "")
        return found

    def address(self, made: dict[str, str] | None = None) -> str:
        """The address with something real for each id. KeyError names an id that there is no maker for.

        What was `made` for other addresses serves again.
        """
        path = "/" + self.route
        made = {} if made is None else made
        for name in self.ids:
            if name not in made:
                made[name] = str(MAKERS[name]())
            value = made[name]
            for converter in ("int", "str", "slug", "uuid", "path"):
                path = path.replace(f"<{converter}:{name}>", value)
            path = path.replace(f"<{name}>", value)
        return path


def doors() -> list[Door]:
    """Every address."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], before: str, space: str) -> Iterator[Door]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route, pattern.namespace or space)
        elif isinstance(pattern, URLPattern):
            ids = tuple(pattern.pattern.converters)
            yield Door(route, ids, pattern.callback, f"{space}:{pattern.name}", route.startswith("api/"))


def _mention() -> int:
    return listen.make_mentions(1)[0].post_id


# What fills the ids in addresses: made with the rooms' own makers. A new kind of id needs a line here.
MAKERS: dict[str, Callable[[], Any]] = {
    "approval_id": lambda: converse.make_held(by=core.make_user()).pk,
    "cascade_id": lambda: spread.make_cascade().pk,
    "chart": lambda: "curve",
    "brand_id": lambda: listen.make_brand().pk,
    "connector": lambda: "feed",
    "day_id": lambda: converse.make_closed_day().pk,
    "experiment_id": lambda: spread.make_experiment().pk,
    "listener_number": lambda: 1,
    "deed_id": lambda: converse.make_deed().pk,
    "filter_id": lambda: listen.make_filter(user=core.make_user()).pk,
    "follow_up_id": lambda: converse.make_follow_up().pk,
    "consent_id": lambda: people.make_consent().pk,
    "fact_id": lambda: people.make_fact().pk,
    "file_id": lambda: people.make_file().pk,
    "holding_id": lambda: people.make_holding().pk,
    "join_id": lambda: people.make_join().pk,
    "promise_id": lambda: people.make_promise().pk,
    "proposal_id": lambda: people.make_proposal().pk,
    "refusal_id": lambda: people.make_refusal().pk,
    "shop_id": lambda: people.make_shop().pk,
    "identity_id": lambda: people.make_identity().pk,
    "import_id": lambda: sources.make_import().pk,
    "job_id": lambda: core.make_job().pk,
    "key": lambda: "tone",
    "mandate_id": lambda: converse.make_mandate(core.make_user()).pk,
    "message_id": lambda: converse.make_message(converse.make_thread(text="")).pk,
    "name": lambda: "opened",
    "outgoing_id": lambda: sources.make_outgoing(of="converse.message").pk,
    "audience_id": lambda: spread.make_audience().pk,
    "member_id": lambda: spread.make_audience().members.order_by("place")[0].pk,
    "forecast_id": lambda: spread.make_forecast().pk,
    "scenario_id": lambda: spread.make_scenario().pk,
    "simulation_id": lambda: spread.make_simulation().pk,
    "network_id": lambda: spread.make_network().pk,
    "number": lambda: 0,
    "post_id": _mention,
    "rearrangement_id": lambda: converse.make_rearrangement().pk,
    "rule_id": lambda: converse.make_rule().pk,
    "setting_deed_id": lambda: converse.make_setting_deed().pk,
    "shift_id": lambda: converse.make_shift().pk,
    "scope": lambda: f"brand:{listen.make_brand().pk}",
    "slug": lambda: listen.make_brand().slug,
    "snippet_id": lambda: converse.make_snippet(by=core.make_user()).pk,
    "source_id": lambda: sources.make_source().pk,
    "team_id": lambda: converse.make_team().pk,
    "thread_id": lambda: converse.make_thread().pk,
    "tie_file_id": lambda: spread.make_tie_file().pk,
    "token": lambda: "used-up",
    "token_id": lambda: core.make_token().pk,
    "uid": lambda: "MQ",
    "user_id": lambda: core.make_user().pk,
    "view_id": lambda: converse.make_view().pk,
    "way": lambda: "up",
    "watch_id": lambda: listen.make_watch().pk,
}
