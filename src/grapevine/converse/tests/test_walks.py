"""The views of the inbox walk an index each, and sort nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grapevine.converse import testing
from grapevine.converse.selectors import walks
from grapevine.converse.selectors.wishes import Wish
from grapevine.core import testing as core
from grapevine.core.testing import NOON
from grapevine.people import testing as people

pytestmark = pytest.mark.django_db


def plans(wish: Wish, user: Any, after: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        walks.page(wish, user=user, after=after)
    found = []
    with connection.cursor() as cursor:
        for one in asked.captured_queries:
            if "converse_thread" in one["sql"]:
                cursor.execute("EXPLAIN QUERY PLAN " + one["sql"])
                found += [row[3] for row in cursor.fetchall()]
    return found


@pytest.mark.parametrize(
    "view", ["mine", "team", "free", "open", "waiting", "snoozed", "resolved", "spam", "all"]
)
@pytest.mark.parametrize("after", ["", f"{NOON.isoformat()}~7"])
def test_no_view_sorts_what_is_stored(view: str, after: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("reads the plans of SQLite")
    user = core.make_user()
    for name in ("The Court", "The Players"):
        testing.make_team(name=name, members=[user])
    found = plans(Wish(view=view), user, after)
    assert found
    for plan in found:
        assert plan.startswith(("SEARCH converse_thread USING INDEX", "SCAN converse_thread USING INDEX")), (
            plan
        )


def test_threads_of_several_teams_stand_in_one_order_and_are_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walks, "PAGE", 2)
    user = core.make_user()
    teams = [testing.make_team(name=name, members=[user]) for name in ("The Court", "The Players")]
    others = testing.make_team(name="The Norwegians")
    made = [
        testing.make_thread(
            text="", identity=people.make_identity(), team=team, due_at=NOON + timedelta(hours=hour)
        ).pk
        for hour, team in enumerate([*teams, teams[0], others, teams[1], teams[0]])
    ]
    seen: list[int] = []
    after = ""
    for _page in range(4):
        found = walks.page(Wish(view="team"), user=user, after=after)
        seen += found.ids
        after = found.after
        if not after:
            break
    assert seen == [one for place, one in enumerate(made) if place != 3]


def test_who_is_in_no_team_has_none_of_a_teams_threads() -> None:
    testing.make_thread(team=testing.make_team())
    assert walks.page(Wish(view="team"), user=core.make_user()).ids == ()


def test_who_resolves_in_a_conversation_goes_on_to_the_next_and_the_undo_leads_back() -> None:
    client = core.signed_in("member")
    user = client.user  # type: ignore[attr-defined]
    first, second, last = (
        testing.make_thread(
            text=f"Word {hour}",
            identity=people.make_identity(),
            assignee=user,
            due_at=NOON + timedelta(hours=hour),
        ).pk
        for hour in range(3)
    )

    def resolve(thread_id: int) -> str:
        given = {"do": "resolve", "thread": thread_id, "next": f"/inbox/{thread_id}/?view=mine&priority=3"}
        return str(client.post("/inbox/change/", given).headers["Location"])

    assert resolve(second) == f"/inbox/{last}/?view=mine&priority=3"
    assert resolve(last) == f"/inbox/{first}/?view=mine&priority=3"
    undo = client.session["toasts"][-1]["undo"]
    assert client.post(undo).headers["Location"] == f"/inbox/{last}/?view=mine&priority=3"
    resolve(last)
    assert resolve(first) == "/inbox/?view=mine&priority=3"
