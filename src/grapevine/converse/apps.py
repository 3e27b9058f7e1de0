"""The converse room as a Django app."""

from django.apps import AppConfig


class ConverseConfig(AppConfig):
    name = "grapevine.converse"
    label = "converse"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from grapevine.converse import addresses, deeds, desk, house_rules, intake, outgoing, slots
        from grapevine.converse import jobs as ours  # noqa: F401 (jobs register themselves)
        from grapevine.converse import reminders as ours_too  # noqa: F401 (its job registers itself)
        from grapevine.converse.actions import approvals, replies
        from grapevine.converse.privacy import Colleagues, Threads
        from grapevine.core import access, jobs, privacy
        from grapevine.people import contracts
        from grapevine.sources.contracts import intake as way
        from grapevine.sources.contracts import outbox

        deeds.describe()
        slots.compose()

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
        desk.compose()
        way.register(intake.Answering())
        outbox.register(replies.OF, outgoing.Answers(), address=addresses.message)
        contracts.origin(replies.OF, addresses.message)
        approvals.sends_by(replies.dispatch)
        jobs.describe(
            {
                "converse.wake": _("Opening what was snoozed"),
                "converse.tidy": _("Tidying what is searched in conversations"),
            }
        )
