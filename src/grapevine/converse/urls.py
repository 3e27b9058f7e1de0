"""The addresses of the converse room; each module of views keeps its own."""

from __future__ import annotations

from grapevine.converse.views import (
    answering,
    changing,
    desk,
    desk_hours,
    follow_ups,
    inbox,
    reports,
    routing,
    saved,
    scheduled,
    survey,
    targets,
)

app_name = "converse"
urlpatterns = [
    *changing.urlpatterns,
    *answering.urlpatterns,
    *saved.urlpatterns,
    *inbox.urlpatterns,
    *desk.urlpatterns,
    *desk_hours.urlpatterns,
    *routing.urlpatterns,
    *targets.urlpatterns,
    *scheduled.urlpatterns,
    *follow_ups.urlpatterns,
    *reports.urlpatterns,
    *survey.urlpatterns,
]
