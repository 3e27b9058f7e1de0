"""The core room as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "grapevine.core"
    label = "core"

    def ready(self) -> None:
        from grapevine.core import access, holders, housekeeping, privacy, words  # noqa: F401

        access.register(
            {
                "core.page.see": "reader",
                "core.own.change": "reader",
                "core.users.see": "administrator",
                "core.users.change": "administrator",
                "core.audit.see": "administrator",
                "core.jobs.see": "member",
                "core.jobs.change": "lead",
                "core.settings.change": "administrator",
                "core.metrics.see": "administrator",
            }
        )
        privacy.register(holders.Users())
        privacy.register(holders.Audit())
