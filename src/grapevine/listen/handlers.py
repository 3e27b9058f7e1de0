"""What listen does when another room tells something."""

from __future__ import annotations

from grapevine.core import clock, news
from grapevine.listen import reads
from grapevine.listen.actions import rereading
from grapevine.understand.events import ReaderChanged, ReadingCorrected


@news.on(ReadingCorrected)
def corrected(told: ReadingCorrected) -> None:
    """What a person said of a post holds at once, in the stream and in the counts."""
    if told.subject == reads.SUBJECT:
        rereading.posts(post_ids=[told.subject_id], at=clock.now())


@news.on(ReaderChanged)
def changed(told: ReaderChanged) -> None:
    """Another wish of what is sure, or a reset, is wanted now and not within the hour: the brand's mentions are read again."""
    brand_id = reads.brand_of(told.scope)
    if brand_id is not None:
        rereading.ask(brand_id=brand_id)
