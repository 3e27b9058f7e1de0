"""What those who speak go by - mandates, guidelines, triage - makes itself known to the house when Django starts."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grapevine.converse import rules_words, slots_of_rules
from grapevine.converse.privacy_of_work import Judgements, Speakers, Writers
from grapevine.converse.removals_kept import Removals
from grapevine.converse.selectors import approvals, mandates
from grapevine.core import access, clock, privacy
from grapevine.sources.contracts import outbox
from grapevine.ui import navigation, slots


def compose() -> None:
    """Permissions, words, holders, the outbox's keeper, ways through the house, panels."""
    access.register(
        {
            "converse.mandate.see": "member",
            "converse.mandate.give": "lead",
            "converse.reply.approve": "lead",
            "converse.guideline.see": "reader",
            "converse.guideline.change": "lead",
            "converse.check.take": "member",
            "converse.snippet.see": "member",
            "converse.snippet.change": "member",
            "converse.message.remove": "lead",
        }
    )
    for holder in (Speakers(), Judgements(), Writers()):
        privacy.register(holder)
    outbox.register("converse.removal", Removals())
    rules_words.describe()
    _navigate()
    slots.fill("converse.thread", slots_of_rules.triage, order=30, permission="converse.thread.see")
    slots.fill("converse.thread", slots_of_rules.bearing, order=40, permission="converse.guideline.see")
    slots.fill("converse.thread", slots_of_rules.words, order=20, permission="converse.snippet.see")
    slots.fill("converse.answer", slots_of_rules.may_say, order=10, permission="converse.mandate.see")
    slots.fill("converse.report", slots_of_rules.counted, order=60, permission="converse.report.see")
    slots.fill("home.side", slots_of_rules.mine, order=10, permission="converse.mandate.see")


def _navigate() -> None:
    entry, add = navigation.Entry, navigation.add
    add(
        entry(
            "converse:approvals",
            _("Approvals"),
            icon="check",
            permission="converse.thread.see",
            order=6,
            keys="g a",
            group="answer",
            count=to_decide,
        )
    )
    add(
        entry(
            "converse:guidelines",
            _("Guidelines"),
            icon="book",
            permission="converse.guideline.see",
            order=39,
            keys="g l",
            group="rules",
        )
    )
    for order, (name, label, icon, permission) in enumerate(
        (
            ("mandates", _("Mandates"), "shield", "converse.mandate.see"),
            ("triage", _("Triage"), "filter", "converse.guideline.see"),
            ("snippets", _("Openers and facts"), "comment", "converse.snippet.see"),
            ("removals", _("Removals"), "delete", "converse.message.remove"),
        ),
        start=40,
    ):
        add(
            entry(
                f"converse:{name}",
                label,
                icon=icon,
                permission=permission,
                order=order,
                group="rules",
                count=to_accept if name == "mandates" else None,
                keys="g m" if name == "mandates" else "",
            )
        )


def to_decide(request: HttpRequest) -> int:
    """What waits for a lead; of others, their own replies that came back and were not looked at."""
    if access.may(request.user, "converse.reply.approve"):
        return approvals.count_waiting()
    return approvals.count_news(request.user.pk) if request.user.pk else 0


def to_accept(request: HttpRequest) -> int:
    """One's own mandates that wait to be accepted."""
    return mandates.to_accept(request.user.pk, at=clock.now()) if request.user.pk else 0
