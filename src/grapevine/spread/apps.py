"""The spread room as a Django app."""

from django.apps import AppConfig


class SpreadConfig(AppConfig):
    name = "grapevine.spread"
    label = "spread"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from grapevine.core import access, jobs, privacy
        from grapevine.people import contracts
        from grapevine.sources.contracts import intake as way
        from grapevine.spread import channels, deeds, giving, intake, slots, works_here  # noqa: F401 (channels register themselves)
        from grapevine.spread import jobs as ours  # noqa: F401 (jobs register themselves)
        from grapevine.spread.privacy import Audiences, Cascades, Given, Networks, Seeds

        deeds.describe()
        access.register(
            {
                "spread.network.see": "member",
                "spread.network.make": "lead",
                "spread.cascade.make": "member",
                "spread.simulation.make": "member",
                "spread.audience.make": "lead",  # who is to be contacted, with their names
                "spread.others.change": "lead",  # stopping, removing and bringing back what somebody else asked for
            }
        )
        works_here.register()
        for holder in (Networks, Given, Cascades, Seeds, Audiences):
            privacy.register(holder())
        jobs.describe(
            {
                "spread.work": _("Working out how talk spreads"),
                "spread.draw": _("Drawing how something spread"),
                "spread.renew": _("Making networks anew for the night"),
                "spread.tidy": _("Letting go networks and answers that nobody needs"),
            }
        )
        way.register(intake.Parting())
        contracts.give_ties(giving.Files())
        slots.compose()
