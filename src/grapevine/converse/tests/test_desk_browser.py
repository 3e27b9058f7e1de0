"""The desk in a real browser: a team is founded, its hours typed, a rule tried and saved."""

from __future__ import annotations

from typing import Any

import pytest

from grapevine.converse import testing
from grapevine.converse.models import Rule, Team
from grapevine.core import clock
from grapevine.ui import testing as ui


@pytest.mark.browser
@pytest.mark.slow
def test_a_lead_sets_up_the_desk_and_sees_what_a_rule_would_have_done(page: Any, live_server: Any) -> None:
    testing.make_team(name="The Guard")
    testing.make_thread(text="Min lut er i stykker", lang="da", at=clock.now())
    testing.make_thread(text="My lute plays", lang="en", at=clock.now())
    complaints = ui.listen_to(page)
    ui.enter(page, live_server.url, role="lead")

    page.goto(f"{live_server.url}/desk/teams/new/")
    page.get_by_label("Name").fill("The Court")
    page.get_by_label("Holidays").select_option("DK")
    page.get_by_role("button", name="Add, and set its hours").click()
    page.wait_for_url("**/hours/")
    page.get_by_label("Monday from").first.fill("08:00")
    page.get_by_label("Monday to").first.fill("16:30")
    page.get_by_label("Monday’s hours hold").check()
    assert ui.barriers(page) == []
    page.get_by_role("button", name="Save the week").click()
    page.get_by_text("reckoned anew").first.wait_for()
    assert Team.objects.get(name="The Court").week == [[day, 480, 990] for day in range(5)]

    page.goto(f"{live_server.url}/desk/routing/new/")
    page.get_by_label("Name").fill("Lutes")
    page.get_by_label("Words").fill("lut")
    page.get_by_label("Team").select_option(label="The Court")
    page.get_by_role("button", name="Try it on last week’s threads").click()
    page.locator("#rule-preview").get_by_text("Min lut er i stykker").wait_for()
    assert not Rule.objects.exists()
    assert ui.barriers(page) == []
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/desk/routing/")
    assert Rule.objects.get().words == "lut"

    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/desk/", "/desk/routing/", "/desk/targets/", "/desk/people/", "/desk/reports/"):
        page.goto(live_server.url + address)
        assert ui.barriers(page) == [], address
        assert ui.sticks_out(page) == 0, address
    assert complaints == []
