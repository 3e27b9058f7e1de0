"""The addresses of the converse room; each module of views keeps its own."""

from __future__ import annotations

from grapevine.converse.views import (
    desk,
    desk_hours,
    follow_ups,
    reports,
    routing,
    scheduled,
    survey,
    targets,
)

app_name = "converse"
urlpatterns = [
    *desk.urlpatterns,
    *desk_hours.urlpatterns,
    *routing.urlpatterns,
    *targets.urlpatterns,
    *scheduled.urlpatterns,
    *follow_ups.urlpatterns,
    *reports.urlpatterns,
    *survey.urlpatterns,
]
