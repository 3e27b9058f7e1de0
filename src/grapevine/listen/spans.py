"""A stretch of time in words, as a filter is called."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

from django.utils import formats
from django.utils.translation import gettext


def told(start: datetime | None, end: datetime | None, zone: tzinfo) -> str:
    """Such as “1 – 7 November”, “since 1 November”; the end is not included."""
    first = _written(start, zone) if start else ""
    # A day's end is midnight; people call it by the day before.
    until = end - timedelta(microseconds=1) if end and _is_midnight(end, zone) else end
    last = _written(until, zone) if until else ""
    if first and last:
        return first if first == last else f"{first} – {last}"
    return gettext("since %(day)s") % {"day": first} if first else gettext("until %(day)s") % {"day": last}


def _is_midnight(moment: datetime, zone: tzinfo) -> bool:
    return moment.astimezone(zone).time() == time()


def _written(moment: datetime, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    midnight = local.time() in (time(), time(23, 59, 59, 999999))
    return formats.date_format(local, "DATE_FORMAT" if midnight else "DATETIME_FORMAT", use_l10n=True)
