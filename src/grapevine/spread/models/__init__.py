"""The nouns of spread: networks, cascades, simulations and audiences."""

from grapevine.spread.models.audiences import Audience, AudienceCost, AudienceMember
from grapevine.spread.models.cascades import Cascade, How, Joining
from grapevine.spread.models.given import GivenTie, RefusedTie, TieFile
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
    "GivenTie",
    "How",
    "Joining",
    "Network",
    "NetworkPart",
    "RefusedTie",
    "Rule",
    "Scenario",
    "Seed",
    "Simulation",
    "TieFile",
    "Work",
    "WorkState",
]
