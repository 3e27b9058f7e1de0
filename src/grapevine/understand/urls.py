"""The addresses of the understand room; each module of views keeps its own."""

from __future__ import annotations

from grapevine.understand.views import labelling, readings

app_name = "understand"
urlpatterns = [*readings.urlpatterns, *labelling.urlpatterns]
