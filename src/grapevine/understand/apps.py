"""The understand room as a Django app."""

from django.apps import AppConfig


class UnderstandConfig(AppConfig):
    name = "grapevine.understand"
    label = "understand"
