"""What stands beside a conversation and its reply: what one may say here, the triage, the guideline's lines, openers and facts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from grapevine.converse import mandate_words, pictures, shipped
from grapevine.converse.in_language import chosen
from grapevine.converse.models import Thread
from grapevine.converse.selectors import approvals, guidelines, mandates, names, snippets
from grapevine.converse.selectors import triage as triages
from grapevine.core import access, clock
from grapevine.ui.slots import Panel

WORK = "converse.thread.work"


def triage(request: HttpRequest, *, thread: Thread, **_given: Any) -> Panel:
    """The tree beside a conversation."""
    way = request.GET.get("way", "")
    return Panel(
        "converse/_triage_panel.html",
        {
            "thread": thread,
            "tree": triages.beside(thread, way),
            "asking": False,
            "may_work": access.may(request.user, WORK),
        },
    )


def bearing(request: HttpRequest, *, thread: Thread, **_given: Any) -> Panel | None:
    """The guideline's lines that bear on this conversation."""
    labels = [one.name for one in thread.labels.all()]
    lines = guidelines.bearing_on(thread, labels=labels)
    return Panel("converse/_bearing.html", {"lines": lines}) if lines else None


def words(request: HttpRequest, *, thread: Thread, **_given: Any) -> Panel:
    """Openers and facts to put into the reply, asked for when somebody opens them; with `?begin=openly`, what an open answer begins with."""
    begin = (
        chosen(shipped.content("openers")[-1]["text"], thread.lang)
        if request.GET.get("begin") == "openly"
        else ""
    )
    found = snippets.fitting(lang=thread.lang, brand_id=thread.brand_id) if begin else ()
    return Panel(
        "converse/_words_panel.html", {"thread": thread, "found": found, "words": "", "begin": begin}
    )


def may_say(request: HttpRequest, *, thread: Thread, **_given: Any) -> Panel | None:
    """Whether what one writes here goes out at once, or why it waits. Told before somebody writes."""
    if not access.may(request.user, WORK):
        return None
    verdict = mandates.judge(by=request.user, thread=thread, text="", at=clock.now())
    limit = ""
    if verdict.inside and verdict.mandate is not None:
        terms = verdict.mandate.terms
        limit = mandate_words.money(terms.amount, terms.currency) if terms.amount else ""
    return Panel(
        "converse/_may_say.html",
        {
            "inside": verdict.inside,
            "limit": limit,
            "reasons": mandate_words.reasons(verdict.reasons, names.known()) if verdict.reasons else [],
            "needs_check": any(one.code == "check" for one in verdict.reasons),
            "to_accept": any(one.code == "not-accepted" for one in verdict.reasons),
        },
    )


def counted(request: HttpRequest, **given: Any) -> Panel:
    """On the report: where the triage led, in its period (the last 30 days unless the page says `start` and `end`)."""
    today = mandates.day_of(clock.now())
    start, end = given.get("start") or today - timedelta(days=29), given.get("end") or today
    found = triages.counted(start, end, brand_id=given.get("brand_id"))
    return Panel("converse/_triage_counted.html", {"chart": pictures.triage(found)})


def mine(request: HttpRequest, **_given: Any) -> Panel | None:
    """On the start page: what waits for this person, and mandates that end."""
    user_id = request.user.pk
    if user_id is None:
        return None
    now = clock.now()
    lead = access.may(request.user, mandates.GIVE)
    waiting = approvals.count_waiting() if lead else 0
    news = approvals.count_news(user_id)
    accept = mandates.to_accept(user_id, at=now)
    ending = mandates.ending(at=now, user_id=None if lead else user_id)
    if not (waiting or news or accept or ending):
        return None
    context = {"waiting": waiting, "news": news, "accept": accept, "ending": ending, "lead": lead}
    return Panel("converse/_start_rules.html", context)
