"""What listen does when another room tells something."""

from __future__ import annotations

from grapevine.core import clock, news
from grapevine.listen import reads
from grapevine.listen.actions import rereading
from grapevine.understand.events import ReadingCorrected


@news.on(ReadingCorrected)
def corrected(told: ReadingCorrected) -> None:
    """What a person said of a post holds at once, in the stream and in the counts."""
    if told.subject == reads.SUBJECT:
        rereading.posts(post_ids=[told.subject_id], at=clock.now())
