"""The nouns of spread: networks, cascades, simulations and audiences."""

from grapevine.spread.models.audiences import Audience, AudienceCost, AudienceMember
from grapevine.spread.models.cascades import Cascade, How, Joining
from grapevine.spread.models.networks import Network, NetworkPart
from grapevine.spread.models.simulations import Experiment, Forecast, Rule, Scenario, Seed, Simulation
from grapevine.spread.models.work import Work, WorkState

__all__ = [
    "Audience",
    "AudienceCost",
    "AudienceMember",
    "Cascade",
    "Experiment",
    "Forecast",
    "How",
    "Joining",
    "Network",
    "NetworkPart",
    "Rule",
    "Scenario",
    "Seed",
    "Simulation",
    "Work",
    "WorkState",
]
