"""The interface's own addresses."""

from __future__ import annotations

from django.urls import path

from grapevine.ui import views

app_name = "ui"
urlpatterns = [
    path("components", views.components, name="components"),
    path("language", views.language, name="language"),
    path("appearance", views.appearance, name="appearance"),
]
