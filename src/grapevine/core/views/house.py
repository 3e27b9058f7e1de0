"""The house itself: what was done, what is being done, what holds for everybody."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from grapevine.core import access, clock, forms, installation
from grapevine.core.actions import jobs as actions
from grapevine.core.models.jobs import JobState
from grapevine.core.selectors import audit
from grapevine.core.selectors import jobs as selector


@access.needs("core.audit.see")
@require_safe
def deeds(request: HttpRequest) -> HttpResponse:
    """Who did what, when."""
    form = forms.AuditFilter(request.GET)
    wishes = form.cleaned_data if form.is_valid() else {}
    page = audit.page(request.user, **wishes)
    kept = {name: value for name, value in wishes.items() if value and name != "before"}
    older = "?" + urlencode({**kept, "before": page.older}) if page.older else ""
    context = {
        "page": page,
        "form": form,
        "older": older,
        "actions": audit.actions_known(),
        "filtered": bool(kept),
    }
    return render(request, "core/audit.html", context)


@access.needs("core.jobs.see")
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """What the worker is doing, has done, and could not do."""
    state = request.GET.get("state", "")
    state = state if state in JobState.values else ""
    context = {
        "page": selector.page(request.user, at=clock.now(), state=state),
        "state": state,
        "states": JobState.choices,
        "may_change": access.may(request.user, "core.jobs.change"),
    }
    return render(request, "core/jobs.html", context)


@access.needs("core.jobs.change")
@require_POST
def cancel_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Stop a job."""
    actions.cancel(job=selector.reachable_by(request.user, job_id), by=request.user, at=clock.now())
    return redirect("core:jobs")


@access.needs("core.jobs.change")
@require_POST
def retry_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Let a job run again."""
    actions.retry(job=selector.reachable_by(request.user, job_id), by=request.user, at=clock.now())
    return redirect("core:jobs")


@access.needs("core.settings.change")
def settings_for_all(request: HttpRequest) -> HttpResponse:
    """What holds for everybody."""
    form = forms.InstallationForm(request.POST or None, initial=asdict(installation.current()))
    if request.method == "POST" and form.is_valid():
        installation.change(by=request.user, at=clock.now(), **form.cleaned_data)
        return redirect("/settings/installation?saved=1")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "saved": bool(request.GET.get("saved"))}
    return render(request, "core/installation.html", context, status=status)
