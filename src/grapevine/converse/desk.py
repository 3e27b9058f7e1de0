"""What the desk makes known to the house when Django starts: words, jobs, ways, panels."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from grapevine.converse import on_start
from grapevine.converse.actions import on_call, recalculation
from grapevine.core import audit, clock, details, jobs
from grapevine.ui import navigation, slots


@jobs.job(recalculation.KIND, lane="long")
def recalculate(run: jobs.Run) -> None:
    """Hours or targets changed: what is due is reckoned anew."""
    recalculation.run(run, at=clock.now())


@jobs.job("converse.desk.on-call", every=timedelta(minutes=5))
def hand_over(run: jobs.Run) -> None:
    """What is urgent outside the hours goes to who is on call, and comes back in the morning."""
    on_call.hand_over(at=clock.now())


def compose() -> None:
    """Put all of it where it belongs."""
    navigation.add(
        navigation.Entry(
            "converse:desk",
            _("Desk"),
            icon="clock",
            permission="converse.desk.see",
            order=36,
            keys="g d",
            group="answer",
        )
    )
    slots.fill("home.start", on_start.follow_ups, order=15, permission="converse.thread.work")
    jobs.describe(
        {
            recalculation.KIND: _("Reckoning anew what is due"),
            "converse.desk.on-call": _("Handing over to who is on call"),
        }
    )
    audit.describe(
        {
            "converse.team.added": _("founded a team"),
            "converse.team.changed": _("changed a team"),
            "converse.team.hours_set": _("set a team’s hours"),
            "converse.team.dissolved": _("dissolved a team"),
            "converse.team.restored": _("brought a team back"),
            "converse.day.set": _("said of a day whether a team is there"),
            "converse.day.forgotten": _("took back what was said of a day"),
            "converse.shift.added": _("put somebody on call"),
            "converse.shift.removed": _("took somebody off call"),
            "converse.targets.set": _("set reply times"),
            "converse.colleague.described": _("told routing of a colleague"),
            "converse.rule.added": _("wrote a routing rule"),
            "converse.rule.changed": _("changed a routing rule"),
            "converse.rule.paused": _("let a routing rule rest"),
            "converse.rule.resumed": _("let a routing rule work again"),
            "converse.rule.moved": _("moved a routing rule"),
            "converse.rule.deleted": _("deleted a routing rule"),
            "converse.rule.restored": _("brought a routing rule back"),
            "converse.thread.handed_over": _("handed a thread over outside the hours"),
            "converse.follow_up.done": _("followed a thread up"),
            "converse.follow_up.undone": _("undid a follow-up"),
            "converse.follow_up.postponed": _("postponed a follow-up"),
            "converse.survey.asked": _("asked whether it helped"),
            "converse.survey.answered": _("noted whether it helped"),
        }
    )
    details.describe(
        {
            "members": _("members"),
            "minutes": _("minutes"),
            "day": _("day"),
            "open": _("open"),
            "place": _("place"),
            "weeks": _("weeks"),
            "people": _("people"),
            "days": _("days"),
            "score": _("score"),
            "channel": _("channel"),
            "user_id": _("colleague"),
            "code": _("why"),
        }
    )
    details.describe_values({"hours_over": _("outside the hours"), "hours_begin": _("the hours began")})
