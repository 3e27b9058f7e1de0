"""What is felt about each brand of one stored post."""

from __future__ import annotations

from grapevine.listen import matching
from grapevine.listen import several as moods_of
from grapevine.listen.models import Mention
from grapevine.understand.contracts import NameMood


def felt(post_id: int, title: str, text: str) -> dict[int, NameMood]:
    """The mood by brand, where the post names several; empty where it can't be told apart. Two questions."""
    matching.current()
    brands = dict(Mention.objects.filter(post_id=post_id).values_list("watch_id", "brand_id"))
    return moods_of.moods([(title, text)], [brands], brands).get(0, {})
