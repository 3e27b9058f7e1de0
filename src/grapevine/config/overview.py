"""What the roof knows of the rooms' figures and health: for /metrics and `grapevine doctor`."""

from __future__ import annotations

from collections.abc import Iterator

from grapevine.config.findings import Finding, look
from grapevine.config.language import gettext as _
from grapevine.config.language import num
from grapevine.core import access, figures
from grapevine.listen.selectors import totals
from grapevine.sources.selectors import sources
from grapevine.understand.actions import readings
from grapevine.understand.selectors import vectors


@look
def sources_in_trouble() -> Iterator[Finding]:
    """Sources that need a person, or fail at the moment."""
    rows = sources.rows(by=access.SYSTEM)
    ill = [row for row in rows if row.health.tone in ("bad", "warn")]
    values = {"sources": num(len(rows)), "posts": num(sum(row.posts for row in rows))}
    yield Finding("sources", "ok", _("%(sources)s; posts: %(posts)s") % values)
    for row in ill:
        yield Finding("sources", "warning", f"{row.name}: {row.health.label}. {row.health.error}".strip())


@look
def deep_tier() -> Iterator[Finding]:
    """Whether there is one, and how far search by meaning has come."""
    if not readings.is_deep_installed():
        told = _("not installed: no search by meaning; %(command)s brings it")
        yield Finding("deep tier", "ok", told % {"command": "pip install 'grapevine[deep]'"})
    elif not readings.wake_deep():
        told = _("installed, but its engine does not load on this machine; see the log")
        yield Finding("deep tier", "warning", told)
    else:
        told = _("%(engine)s; posts that can be searched by meaning: %(number)s")
        values = {"engine": readings.deep_engine(), "number": num(vectors.count("post"))}
        yield Finding("deep tier", "ok", told % values)


def _posts() -> figures.Values:
    return [((row.connector, str(row.id)), row.posts) for row in sources.rows(by=access.SYSTEM)]


def _rejected() -> figures.Values:
    return [((row.connector, str(row.id)), row.rejected) for row in sources.rows(by=access.SYSTEM)]


def _mentions() -> figures.Values:
    return [((brand,), count) for brand, count in totals.mentions_by_brand()]


figures.register("grapevine_posts", "Posts stored, by source.", _posts, labels=("connector", "source"))
figures.register(
    "grapevine_rejected", "Rows kept aside, by source.", _rejected, labels=("connector", "source")
)
figures.register(
    "grapevine_mentions", "Mentions (pairs of post and watch), by brand.", _mentions, labels=("brand",)
)
