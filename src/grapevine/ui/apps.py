"""The ui room as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "grapevine.ui"
    label = "ui"

    def ready(self) -> None:
        from grapevine.core import access

        access.register({"ui.components.see": "administrator"})
