"""A change of settings can be taken back from its notice, unless somebody has changed it since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from grapevine.converse import testing
from grapevine.converse.actions import standing_settings as parts
from grapevine.converse.models import Deed, Rule, SavedView, Snippet, Team
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.core.testing import signed_in

pytestmark = pytest.mark.django_db
Step = tuple[str, str, str, dict[str, Any]]  # part, subject, address, what is sent


def _team() -> Step:
    team = testing.make_team(name="The Court", members=[core.make_user()])
    fields = {"name": "The Players", "zone": "", "country": "DK", "members": []}
    return "team", f"{team.pk}", f"/desk/teams/{team.pk}/", fields


def _hours() -> Step:
    team = testing.make_team()
    return "team", f"{team.pk}", f"/desk/teams/{team.pk}/hours/", {"day-0": "10:00-12:00"}


def _day() -> Step:
    team = testing.make_team()
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    fields = {"day": tomorrow, "name": "The wedding", "kind": "closed"}
    return "days", f"{team.pk}", f"/desk/teams/{team.pk}/days/", fields


def _day_forgotten() -> Step:
    team = testing.make_team()
    day = testing.make_closed_day(team=team)
    return "days", f"{team.pk}", f"/desk/teams/{team.pk}/days/{day.pk}/forget/", {}


def _shift_removed() -> Step:
    shift = testing.make_shift()
    team = shift.team_id
    return "shifts", f"{team}", f"/desk/teams/{team}/shifts/{shift.pk}/remove/", {}


def _rule() -> Step:
    rule = testing.make_rule(languages=["da"], team=testing.make_team())
    return "rule", f"{rule.pk}", f"/desk/routing/{rule.pk}/", {"name": "All", "priority": "1", "save": "1"}


def _snippet() -> Step:
    row = testing.make_snippet(by=core.make_user(role="lead"))
    fields = {"kind": row.kind, "name": "Hours", "text": "We open at nine.", "lang": "en"}
    return "snippet", f"{row.pk}", f"/openers/{row.pk}/edit/", fields


def _view() -> Step:
    view = testing.make_view()
    return "views", "", f"/inbox/views/{view.pk}/remove/", {}


def _signature() -> Step:
    return (
        "edition",
        "signature:",
        "/guidelines/signature/",
        {"based_on": "1", "template_en": "{first_name}, the court"},
    )


@pytest.mark.parametrize(
    "step", [_team, _hours, _day, _day_forgotten, _shift_removed, _rule, _snippet, _view, _signature]
)
def test_what_was_saved_or_taken_away_is_as_before(step: Callable[[], Step]) -> None:
    part, subject, address, fields = step()
    lead = signed_in("lead")
    before = parts.read(part, subject)
    answer = lead.post(address, fields)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert parts.read(part, subject) != before
    undo = f"/desk/undo/{Deed.objects.get().pk}/"
    assert undo in lead.get("/desk/").content.decode()
    lead.post(undo)
    now = parts.read(part, subject)
    if part == "edition":  # nothing written is overwritten: the text before is the newest again
        assert (now["content"], now["number"]) == (before["content"], before["number"] + 2)
    else:
        assert now == before
    assert core.deeds().count("converse.setting.put_back") == 1
    lead.post(undo)
    assert core.deeds().count("converse.setting.put_back") == 1


def test_what_was_changed_again_since_stays() -> None:
    _part, subject, address, fields = _team()
    lead = signed_in("lead")
    lead.post(address, fields)
    first = Deed.objects.get().pk
    lead.post(address, {**fields, "name": "The Troupe"})
    page = lead.post(f"/desk/undo/{first}/", follow=True)
    assert Team.objects.get(pk=subject).name == "The Troupe"
    assert "changed again since" in page.content.decode()


def test_nothing_changed_is_nothing_to_take_back() -> None:
    _part, _subject, address, _fields = _hours()
    lead = signed_in("lead")
    sent = {"day-0": "9:00-17:00"}
    lead.post(address, sent)
    Deed.objects.all().delete()
    lead.post(address, sent)
    assert not Deed.objects.exists()


def test_others_changes_are_not_ones_own_to_take_back() -> None:
    _part, _subject, address, fields = _team()
    signed_in("lead").post(address, fields)
    undo = f"/desk/undo/{Deed.objects.get().pk}/"
    assert signed_in("member").post(undo).status_code == 404
    assert signed_in("reader").post(undo).status_code == 403


def test_a_change_of_settings_is_no_change_of_conversations_and_the_other_way_round() -> None:
    _part, _subject, address, fields = _team()
    lead = signed_in("lead")
    lead.post(address, fields)
    assert lead.post(f"/inbox/undo/{Deed.objects.get().pk}/").status_code == 404
    of_threads = testing.make_deed()
    assert lead.post(f"/desk/undo/{of_threads.pk}/").status_code == 404


def test_what_is_new_can_be_taken_away_again_from_its_notice() -> None:
    lead = signed_in("lead")
    lead.post("/desk/routing/new/", {"name": "All", "priority": "1", "save": "1"})
    assert f"/desk/routing/{Rule.objects.get().pk}/delete/" in lead.get("/desk/").content.decode()
    lead.post("/openers/new/", {"kind": "fact", "name": "Hours", "text": "We open at nine.", "lang": "en"})
    assert f"/openers/{Snippet.objects.get().pk}/remove/" in lead.get("/desk/").content.decode()


def test_a_saved_view_comes_back_to_whom_it_was_for() -> None:
    client = signed_in("member")
    client.post("/inbox/views/", {"name": "Danes", "lang": "da"})
    mine = SavedView.objects.get()
    client.post(f"/inbox/views/{mine.pk}/remove/")
    client.post(f"/desk/undo/{Deed.objects.get().pk}/")
    back = SavedView.objects.get()
    assert (back.name, back.user_id, back.params) == ("Danes", mine.user_id, mine.params)
