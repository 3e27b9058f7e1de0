"""What the rooms above may know of a source."""

from __future__ import annotations

from grapevine.sources.contracts import intake, platforms
from grapevine.sources.models import Source


def of(source: Source) -> intake.SourceFacts:
    """The facts that go with its posts."""
    return intake.SourceFacts(
        id=source.pk,
        name=source.name,
        connector=source.connector,
        platform=platforms.of(source.connector, source.pk),
        is_demo=source.is_demo,
    )
