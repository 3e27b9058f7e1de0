"""Pictures of what mandates, triage and removals count."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from grapevine.converse.selectors.streisand import Check
from grapevine.converse.selectors.triage import Counted
from grapevine.ui import charts


def triage(counted: Sequence[Counted]) -> charts.Chart:
    """How often the triage led where."""
    rows = [(one.outcome.name, one.threads) for one in counted]
    return charts.by_category(
        rows, title=_("Where the triage led"), category=_("Outcome"), what=_("Conversations")
    )


def spreading(check: Check) -> charts.Chart:
    """Copies and answers per hour of the last two days."""
    what = _("Copies and answers")
    return charts.volume(
        check.curve, title=_("Copies and answers per hour"), unit="hour", what=what, unfinished=True
    )
