"""The outbox: what is on its way, what could not be sent, and what a person does about it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grapevine.core import access, clock
from grapevine.sources.actions import outbox as actions
from grapevine.sources.selectors import outbox, sources
from grapevine.ui import toasts
from grapevine.ui.components.lists import Tab


@access.needs("sources.outbox.see")
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """What hasn't gone, of all sources or of one."""
    source_id, before = (request.GET.get(name, "") for name in ("source", "before"))
    state = request.GET.get("state", "")
    box = outbox.box(
        by=request.user,
        source_id=int(source_id) if source_id.isdecimal() else None,
        state=state,
        before=int(before) if before.isdecimal() else 0,
    )
    context = {
        "box": box,
        "tabs": _tabs(box, state, source_id),
        "older": "?" + urlencode({"state": state, "source": source_id, "before": box.older})
        if box.older
        else "",
        "may_change": access.may(request.user, "sources.outbox.change"),
    }
    return render(request, "sources/outbox.html", context)


def _tabs(box: outbox.Box, state: str, source_id: str) -> list[Tab]:
    if len(box.counts) < 2 and not state:
        return []

    def way(label: str, value: str, count: int | None) -> Tab:
        asked = {name: one for name, one in (("state", value), ("source", source_id)) if one}
        return Tab(label, "?" + urlencode(asked), current=value == state, count=count)

    each = [way(one.label, one.state, one.number) for one in box.counts]
    return [way(_("All"), "", sum(one.number for one in box.counts)), *each]


@access.needs("sources.outbox.change")
@require_POST
def cancel(request: HttpRequest, outgoing_id: int) -> HttpResponse:
    """Take something back, or let it be."""
    row = outbox.reachable_by(request.user, outgoing_id)
    if actions.cancel(row.id, by=request.user, at=clock.now()):
        toasts.add(request, _("It is not sent."))
    else:
        toasts.add(request, _("It may have gone already. Look there, then say here whether it arrived."))
    return _back(request, row)


@access.needs("sources.outbox.change")
@require_POST
def again(request: HttpRequest, outgoing_id: int) -> HttpResponse:
    """Send something once more; `looked` says that a person looked and it isn't there."""
    row = outbox.reachable_by(request.user, outgoing_id)
    if actions.send_again(row.id, by=request.user, at=clock.now(), looked="looked" in request.POST):
        toasts.add(request, _("It is sent as soon as the worker is free."))
    return _back(request, row)


@access.needs("sources.outbox.change")
@require_POST
def arrived(request: HttpRequest, outgoing_id: int) -> HttpResponse:
    """A person looked there and it has arrived."""
    row = outbox.reachable_by(request.user, outgoing_id)
    if actions.call_sent(row.id, by=request.user, at=clock.now()):
        toasts.add(request, _("It counts as sent, on your word."))
    return _back(request, row)


@access.needs("sources.outbox.change")
@require_POST
def release(request: HttpRequest, source_id: int) -> HttpResponse:
    """Let what is held go on with the credentials as they are."""
    source = sources.reachable_by(request.user, source_id)
    actions.release(source=source, by=request.user, at=clock.now())
    toasts.add(request, _("What was held is tried again."))
    return redirect("sources:source", source.pk)


def _back(request: HttpRequest, row: outbox.Sending) -> HttpResponse:
    if request.POST.get("back") == "source":
        return redirect("sources:source", row.source_id)
    return redirect("sources:outbox")
