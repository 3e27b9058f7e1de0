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
        from grapevine.sources.actions import endings, outbox
        from grapevine.sources.privacy import Imports, Outbox, Posts

        deeds.describe()
        access.register(
            {
                "sources.source.see": "reader",
                "sources.source.change": "lead",
                "sources.rejected.see": "member",
                "sources.message.see": "member",
                "sources.outbox.see": "member",
                "sources.outbox.change": "member",
            }
        )
        privacy.register(Posts())
        privacy.register(Imports())
        privacy.register(Outbox())
        jobs.describe(
            {
                "sources.schedule": _("Looking for sources that are due"),
                ours.actions.PULL: _("Reading a source"),
                ours.imports.IMPORT: _("Importing a file"),
                ours.actions.REMOVE: _("Removing a source"),
                outbox.SWEEP: _("Looking for replies that are due"),
                endings.SEND: _("Sending a reply"),
                "sources.retention": _("Removing posts that are too old"),
            }
        )
        slots.compose()
