"""What a watch caught of late, as its page shows it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from grapevine.listen.contracts.filters import Filter, Wish
from grapevine.listen.models import Watch
from grapevine.listen.selectors import filters, stream, walks
from grapevine.listen.views import posts
from grapevine.ui.components.posts import PostView

SHOWN = 3
CHARACTERS = 500


def latest(watch: Watch, *, now: datetime) -> list[PostView]:
    """Its newest mentions as cards."""
    choice = filters.understood(Wish(watch=str(watch.pk)), now=now, zone=timezone.get_current_timezone())
    found = walks.older(Filter(watch_id=watch.pk), limit=SHOWN).rows
    rows = stream.rows(found, choice.named, choice.sources, characters=CHARACTERS)
    return [item.view for item in posts.items(rows, choice)]
