"""The addresses of the understand room."""

from __future__ import annotations

app_name = "understand"
urlpatterns: list[object] = []
