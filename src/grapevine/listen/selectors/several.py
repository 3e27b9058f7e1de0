"""What is felt about each brand of one stored post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grapevine.listen import matching
from grapevine.listen import several as moods_of
from grapevine.listen.models import Mention
from grapevine.listen.reads import scope_of
from grapevine.understand.actions import readings
from grapevine.understand.contracts import NameMood, Reading


def felt(post_id: int, title: str, text: str) -> dict[int, NameMood]:
    """The mood by brand, where the post names several; empty where it can't be told apart. Two questions."""
    matching.current()
    brands = dict(Mention.objects.filter(post_id=post_id).values_list("watch_id", "brand_id"))
    return moods_of.moods([(title, text)], [brands], brands).get(0, {})


def read_for(
    post_id: int, title: str, text: str, brands: Sequence[int], *, among: int = 0
) -> dict[int, Reading]:
    """How a stored post reads for these brands, by the reader of each: with what is felt about it where the post names several.

    `among` is how many brands the post mentions, where these are not all of them.
    """
    whole = readings.whole(title, text)
    read = {brand: readings.read_for(scope_of(brand), [whole]).readings()[0] for brand in brands}
    told = felt(post_id, title, text) if max(among, len(brands)) > 1 else {}
    return {
        brand: replace(one, sentiment=told[brand].sentiment, sentiment_p=told[brand].p, sure=told[brand].sure)
        if brand in told
        else one
        for brand, one in read.items()
    }
