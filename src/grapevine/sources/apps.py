"""The sources room as a Django app."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "grapevine.sources"
    label = "sources"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from grapevine.core import access, jobs, privacy
        from grapevine.sources import deeds, slots
        from grapevine.sources import jobs as ours
        from grapevine.sources.privacy import Imports, Posts

        deeds.describe()
        access.register(
            {
                "sources.source.see": "reader",
                "sources.source.change": "lead",
                "sources.rejected.see": "member",
            }
        )
        privacy.register(Posts())
        privacy.register(Imports())
        jobs.describe(
            {
                "sources.schedule": _("Looking for sources that are due"),
                ours.actions.PULL: _("Reading a source"),
                ours.imports.IMPORT: _("Importing a file"),
                ours.actions.REMOVE: _("Removing a source"),
                "sources.retention": _("Removing posts that are too old"),
            }
        )
        slots.compose()
