"""The addresses of the converse room; each module of views keeps its own."""

from __future__ import annotations

from grapevine.converse.views import (
    answering,
    approvals,
    changing,
    check,
    desk,
    desk_hours,
    follow_ups,
    guidelines,
    inbox,
    mandates,
    putting_back,
    rearranging,
    remembering,
    removals,
    reports,
    routing,
    saved,
    scheduled,
    snippets,
    survey,
    targets,
    triage,
)

app_name = "converse"
urlpatterns = [
    *changing.urlpatterns,
    *rearranging.urlpatterns,
    *answering.urlpatterns,
    *putting_back.urlpatterns,
    *saved.urlpatterns,
    *inbox.urlpatterns,
    *mandates.urlpatterns,
    *approvals.urlpatterns,
    *check.urlpatterns,
    *guidelines.urlpatterns,
    *triage.urlpatterns,
    *snippets.urlpatterns,
    *removals.urlpatterns,
    *remembering.urlpatterns,
    *desk.urlpatterns,
    *desk_hours.urlpatterns,
    *routing.urlpatterns,
    *targets.urlpatterns,
    *scheduled.urlpatterns,
    *follow_ups.urlpatterns,
    *reports.urlpatterns,
    *survey.urlpatterns,
]
