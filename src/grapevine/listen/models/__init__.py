"""The nouns of listen: brands, watches, mentions and what is counted of them."""

from grapevine.listen.models.brands import Brand
from grapevine.listen.models.counts import AuthorDay, Deepening, HourlyRollup
from grapevine.listen.models.filters import SavedFilter
from grapevine.listen.models.folds import FoldBlock
from grapevine.listen.models.mentions import Mention
from grapevine.listen.models.topics import KeptTopic
from grapevine.listen.models.watches import RematchState, Watch, WatchSetVersion, WatchState, WatchVersion

__all__ = [
    "AuthorDay",
    "Brand",
    "Deepening",
    "FoldBlock",
    "HourlyRollup",
    "KeptTopic",
    "Mention",
    "RematchState",
    "SavedFilter",
    "Watch",
    "WatchSetVersion",
    "WatchState",
    "WatchVersion",
]
