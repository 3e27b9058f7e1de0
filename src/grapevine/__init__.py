"""Grapevine: word of mouth, made visible and workable."""

__version__ = "0.1.0"
