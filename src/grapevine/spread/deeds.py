"""What people do in this room, in words for the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.core import audit


def describe() -> None:
    """Give the deeds their words. Called when Django starts."""
    audit.describe(
        {
            "spread.network.asked": _("asked for a network"),
            "spread.network.asked-again": _("asked for a network again"),
            "spread.network.cancelled": _("stopped a network in the making"),
            "spread.cascade.asked": _("asked how something spread"),
            "spread.cascade.asked-again": _("asked again how something spread"),
            "spread.cascade.cancelled": _("stopped reading how something spread"),
            "spread.simulation.asked": _("asked for a simulation"),
            "spread.simulation.asked-again": _("asked for a simulation again"),
            "spread.simulation.cancelled": _("stopped a simulation"),
            "spread.audience.asked": _("asked whom to brief"),
            "spread.audience.asked-again": _("asked again whom to brief"),
            "spread.audience.cancelled": _("stopped looking for whom to brief"),
            "spread.experiment.asked": _("asked who matters"),
            "spread.experiment.asked-again": _("asked again who matters"),
            "spread.experiment.cancelled": _("stopped asking who matters"),
            "spread.network.removed": _("removed a network"),
            "spread.network.restored": _("restored a network"),
            "spread.network.dropped": _("let a network go for good"),
            "spread.ties.added": _("added a file of who listens to whom"),
            "spread.ties.removed": _("removed a file of who listens to whom"),
            "spread.ties.restored": _("restored a file of who listens to whom"),
            "spread.network.kept-fresh": _("changed whether a network is made anew every night"),
            "spread.network.exported": _("took a network out as a file"),
            "spread.cascade.removed": _("removed a cascade"),
            "spread.cascade.restored": _("restored a cascade"),
            "spread.cascade.dropped": _("let a cascade go for good"),
            "spread.simulation.removed": _("removed a simulation"),
            "spread.simulation.restored": _("restored a simulation"),
            "spread.simulation.dropped": _("let a simulation go for good"),
            "spread.audience.removed": _("removed an audience"),
            "spread.audience.restored": _("restored an audience"),
            "spread.audience.dropped": _("let an audience go for good"),
            "spread.experiment.removed": _("removed an answer to who matters"),
            "spread.experiment.restored": _("restored an answer to who matters"),
            "spread.experiment.dropped": _("let an answer to who matters go for good"),
            "spread.audience.kept": _("kept an audience under a name"),
            "spread.audience.taken-out": _("took somebody out of an audience"),
            "spread.audience.put-back": _("put somebody back into an audience"),
            "spread.audience.exported": _("took an audience out as a file"),
            "spread.forecast.kept": _("kept a forecast"),
            "spread.forecast.compared": _("held a forecast against what happened"),
            "spread.forecast.removed": _("removed a forecast"),
            "spread.forecast.restored": _("restored a forecast"),
        }
    )
