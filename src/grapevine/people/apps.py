"""The people room as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "grapevine.people"
    label = "people"

    def ready(self) -> None:
        from grapevine.core import access, privacy
        from grapevine.people import deeds
        from grapevine.people.privacy import Identities, Memory, Purchases, Workers

        deeds.describe()
        access.register(
            {
                "people.identity.see": "reader",
                "people.person.see": "member",
                "people.person.see-all": "lead",
                "people.person.change": "member",
                "people.purchase.see": "lead",
                "people.purchase.add": "lead",
                "people.shop.change": "administrator",
            }
        )
        for holder in (Identities(), Memory(), Purchases(), Workers()):
            privacy.register(holder)
