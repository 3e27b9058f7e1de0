"""The home room as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "grapevine.home"
    label = "home"

    def ready(self) -> None:
        from grapevine.home import demo_door, navigation
        from grapevine.home import guests_check as _guests_check  # noqa: F401 - registers its objection
        from grapevine.home import jobs as _jobs  # noqa: F401 - registers what the worker does

        navigation.compose()
        demo_door.offer()
