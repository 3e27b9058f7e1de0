"""The listen room as a Django app."""

from django.apps import AppConfig


class ListenConfig(AppConfig):
    name = "grapevine.listen"
    label = "listen"
