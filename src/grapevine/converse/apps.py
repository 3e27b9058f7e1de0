"""The converse room as a Django app."""

from django.apps import AppConfig


class ConverseConfig(AppConfig):
    name = "grapevine.converse"
    label = "converse"

    def ready(self) -> None:
        from grapevine.converse import house_rules
        from grapevine.converse.privacy import Colleagues, Threads
        from grapevine.core import access, privacy

        access.register(
            {
                "converse.thread.see": "member",
                "converse.thread.work": "member",  # answer, note, assign, snooze, resolve
                "converse.view.share": "lead",
                "converse.desk.see": "member",
                "converse.desk.change": "lead",  # teams, hours, targets, routing
                "converse.report.see": "member",
            }
        )
        privacy.register(Threads())
        privacy.register(Colleagues())
        house_rules.compose()
