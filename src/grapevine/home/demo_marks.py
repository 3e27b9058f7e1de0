"""What the demo is known by in the store: the job that goes on with it, and the note that it is there."""

GOES_ON = "home.demo.goes-on"
LOADED = "demo.loaded"
"""{"until": when the story was told to, "sources": {key: id}, "told": posts told since, "shop": the id of its shop}"""
