"""The start page and the search box."""

from __future__ import annotations

from django.urls import path

from grapevine.home import demo_door, views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("search", views.search, name="search"),
    path("demo", demo_door.ask, name="demo"),
    path("demo/remove", demo_door.ask_to_remove, name="demo-remove"),
]
