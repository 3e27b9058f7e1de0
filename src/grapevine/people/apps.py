"""The people room as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "grapevine.people"
    label = "people"

    def ready(self) -> None:
        from grapevine.core import privacy
        from grapevine.people.privacy import Identities

        privacy.register(Identities())
