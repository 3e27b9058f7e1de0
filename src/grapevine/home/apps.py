"""The home room as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "grapevine.home"
    label = "home"

    def ready(self) -> None:
        from grapevine.home import demo_door, navigation

        navigation.compose()
        demo_door.offer()
