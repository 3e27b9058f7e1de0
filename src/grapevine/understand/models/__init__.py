"""The nouns of understand."""

from grapevine.understand.models.adapters import Adapter, LearntVersion, Wish
from grapevine.understand.models.corrections import Correction
from grapevine.understand.models.labels import Draw, Label
from grapevine.understand.models.vectors import TextVector, VectorVersion

__all__ = ["Adapter", "Correction", "Draw", "Label", "LearntVersion", "TextVector", "VectorVersion", "Wish"]
