"""The demo: three months of talk about an invented coffee roaster, made from hand-written material.

`story(until)` tells it, `live.live(story, now)` goes on with it. Pure Python: whoever loads it writes it through the
rooms' actions.
"""

from grapevine.home.demo.tale import SEED, story

__all__ = ["SEED", "story"]
