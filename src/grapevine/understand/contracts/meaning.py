"""What rooms above know of searching by meaning."""

from __future__ import annotations

MOST = 20_000
"""So many texts of a subject, the newest, have a vector: the encoder takes a tenth of a second for each."""
