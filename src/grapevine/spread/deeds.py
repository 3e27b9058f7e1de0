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
            "spread.network.removed": _("removed a network"),
            "spread.network.restored": _("brought a network back"),
            "spread.network.cancelled": _("stopped a network in the making"),
            "spread.cascade.asked": _("asked how something spread"),
            "spread.cascade.asked-again": _("asked again how something spread"),
            "spread.cascade.removed": _("removed a cascade"),
            "spread.cascade.restored": _("brought a cascade back"),
            "spread.cascade.cancelled": _("stopped reading how something spread"),
            "spread.simulation.asked": _("asked for a simulation"),
            "spread.simulation.asked-again": _("asked for a simulation again"),
            "spread.simulation.removed": _("removed a simulation"),
            "spread.simulation.restored": _("brought a simulation back"),
            "spread.simulation.cancelled": _("stopped a simulation"),
            "spread.audience.asked": _("asked whom to brief"),
            "spread.audience.asked-again": _("asked again whom to brief"),
            "spread.audience.removed": _("removed an audience"),
            "spread.audience.restored": _("brought an audience back"),
            "spread.audience.cancelled": _("stopped looking for whom to brief"),
            "spread.experiment.asked": _("asked who matters"),
            "spread.experiment.asked-again": _("asked again who matters"),
            "spread.experiment.removed": _("removed an experiment"),
            "spread.experiment.restored": _("brought an experiment back"),
            "spread.experiment.cancelled": _("stopped asking who matters"),
        }
    )
