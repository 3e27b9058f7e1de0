"""The doors of sources."""
