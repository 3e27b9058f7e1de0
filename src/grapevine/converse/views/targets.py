"""The door to reply times."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grapevine.converse import desk_pages
from grapevine.converse.actions import recalculation, reverting
from grapevine.converse.actions import targets as actions
from grapevine.converse.selectors import targets
from grapevine.converse.target_forms import AimsForm
from grapevine.converse.views import putting_back
from grapevine.core import access, clock
from grapevine.ui import toasts


@access.needs("converse.desk.see")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Within which time answers are due; sent, those of one channel are set."""
    asked = request.POST.get("channel")
    found = targets.channels()
    if request.method == "POST" and asked not in {one.name for one in found}:
        raise Http404("no such channel")
    forms = []
    for one in found:
        sent = request.POST if request.method == "POST" and one.name == asked else None
        form = AimsForm(sent, aims=one.aims, otherwise=one.otherwise, prefix=one.name or "all")
        if sent is not None and form.is_valid():
            aims, at = form.cleaned_data["aims"], clock.now()
            with reverting.noted("targets", one.name, by=request.user, at=at) as noted:
                actions.set_for(channel=one.name, aims=aims, by=request.user, at=at)
            told = _("Saved. What is due is being reckoned anew.")
            toasts.add(request, told, undo=putting_back.address(noted))
            return redirect("converse:targets")
        forms.append((one, form))
    context = {
        "forms": forms,
        "reckoning": recalculation.is_running(),
        **desk_pages.around(request, "targets"),
    }
    return render(request, "converse/targets.html", context)


urlpatterns = [path("desk/targets/", index, name="targets")]
