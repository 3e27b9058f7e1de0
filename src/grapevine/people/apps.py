"""The people room as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "grapevine.people"
    label = "people"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from grapevine.core import access, jobs, privacy
        from grapevine.people import deeds, slots
        from grapevine.people import jobs as ours
        from grapevine.people.privacy import Identities, Memory, Purchases, Workers

        deeds.describe()
        access.register(
            {
                "people.identity.see": "reader",
                "people.person.see": "member",
                "people.person.see-all": "lead",
                "people.person.change": "member",
                "people.person.hand-over": "lead",
                "people.person.forget": "lead",
                "people.purchase.see": "lead",
                "people.purchase.add": "lead",
                "people.shop.change": "administrator",
            }
        )
        for holder in (Identities(), Memory(), Purchases(), Workers()):
            privacy.register(holder)
        jobs.describe(
            {
                "people.tidy": _("Letting go what is remembered no longer"),
                ours.purchase_files.READ: _("Reading a file of purchases"),
                ours.whole.FORGET: _("Forgetting a person"),
            }
        )
        slots.compose()
