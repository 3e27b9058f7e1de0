"""Doors to routing rules: the list, the editor with its preview, order, rest, deletion."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grapevine.converse import desk_pages
from grapevine.converse.actions import reverting
from grapevine.converse.actions import rules as actions
from grapevine.converse.models import Rule
from grapevine.converse.routing_forms import RuleForm
from grapevine.converse.selectors import previews, rules
from grapevine.converse.views import putting_back
from grapevine.core import access, clock
from grapevine.ui import toasts


@access.needs("converse.desk.see")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All rules in their order."""
    context = {"rows": rules.in_order(), "usual": rules.usual(), **desk_pages.around(request, "routing")}
    return render(request, "converse/routing.html", context)


def _edit(request: HttpRequest, rule: Rule | None) -> HttpResponse:
    """The editor. "Try" shows what it would have done; "save" saves it."""
    form = RuleForm(request.POST or None, initial=RuleForm.of(rule) if rule else _begun(request))
    preview = None
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        if "save" in request.POST:
            return _save(request, rule, form, at)
        preview = _try(rule, form, at)
    context = {"form": form, "rule": rule, "preview": preview}
    htmx = request.htmx and request.method == "POST"  # type: ignore[attr-defined]
    return render(request, "converse/_rule_preview.html" if htmx else "converse/rule_form.html", context)


def _begun(request: HttpRequest) -> dict[str, object]:
    """What the address says that a new rule begins with: as the usual one, to be changed."""
    return {"wants": request.GET.getlist("wants")[:20], "priority": request.GET.get("priority", "")[:2]}


def _save(request: HttpRequest, rule: Rule | None, form: RuleForm, at: datetime) -> HttpResponse:
    if rule is None:
        rule = actions.add(by=request.user, at=at, **form.values())
        undo = reverse("converse:rule-delete", args=[rule.pk])
    else:
        with reverting.noted("rule", rule.pk, by=request.user, at=at) as noted:
            actions.change(rule=rule, by=request.user, at=at, **form.values())
        undo = putting_back.address(noted)
    told = _("Saved “%(name)s”. It holds for threads that open from now on.") % {"name": rule.name}
    toasts.add(request, told, undo=undo)
    return redirect("converse:routing")


def _try(rule: Rule | None, form: RuleForm, at: datetime) -> previews.Preview:
    present = rules.present()
    if rule is None:
        proposed = Rule(**form.values())
        return previews.of_rules([*present, proposed], at=at, about=proposed)
    proposed = next(one for one in present if one.pk == rule.pk)
    for name, value in form.values().items():
        setattr(proposed, name, value)
    return previews.of_rules(present, at=at, about=proposed)


@access.needs("converse.desk.change")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a rule."""
    return _edit(request, None)


@access.needs("converse.desk.change")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Change a rule."""
    return _edit(request, rules.reachable_by(request.user, rule_id))


@access.needs("converse.desk.change")
@require_POST
def move(request: HttpRequest, rule_id: int, way: str) -> HttpResponse:
    """Ask a rule earlier or later."""
    rule = rules.reachable_by(request.user, rule_id)
    if actions.move(rule=rule, up=way == "up", by=request.user, at=clock.now()):
        undo = reverse("converse:rule-move", args=[rule.pk, "down" if way == "up" else "up"])
        told = _("“%(name)s” is asked earlier.") if way == "up" else _("“%(name)s” is asked later.")
        toasts.add(request, told % {"name": rule.name}, undo=undo)
    return redirect("converse:routing")


@access.needs("converse.desk.change")
@require_POST
def switch(request: HttpRequest, rule_id: int, way: str) -> HttpResponse:
    """Let a rule rest, or work again."""
    rule = rules.reachable_by(request.user, rule_id)
    actions.switch(rule=rule, active=way == "on", by=request.user, at=clock.now())
    undo = reverse("converse:rule-switch", args=[rule.pk, "off" if way == "on" else "on"])
    told = _("“%(name)s” works again.") if way == "on" else _("“%(name)s” rests.")
    toasts.add(request, told % {"name": rule.name}, undo=undo)
    return redirect("converse:routing")


@access.needs("converse.desk.change")
@require_POST
def delete(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Delete a rule; the notice offers to bring it back."""
    rule = rules.reachable_by(request.user, rule_id)
    actions.delete(rule=rule, by=request.user, at=clock.now())
    undo = reverse("converse:rule-restore", args=[rule.pk])
    toasts.add(request, _("Deleted “%(name)s”.") % {"name": rule.name}, tone="info", undo=undo)
    return redirect("converse:routing")


@access.needs("converse.desk.change")
@require_POST
def restore(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Bring a rule back."""
    rule = rules.deleted_reachable_by(request.user, rule_id)
    actions.restore(rule=rule, by=request.user, at=clock.now())
    toasts.add(request, _("“%(name)s” is back.") % {"name": rule.name})
    return redirect("converse:routing")


urlpatterns = [
    path("desk/routing/", index, name="routing"),
    path("desk/routing/new/", new, name="rule-new"),
    path("desk/routing/<int:rule_id>/", edit, name="rule"),
    path("desk/routing/<int:rule_id>/move/<slug:way>/", move, name="rule-move"),
    path("desk/routing/<int:rule_id>/switch/<slug:way>/", switch, name="rule-switch"),
    path("desk/routing/<int:rule_id>/delete/", delete, name="rule-delete"),
    path("desk/routing/<int:rule_id>/restore/", restore, name="rule-restore"),
]
