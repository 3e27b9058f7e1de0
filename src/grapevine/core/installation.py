"""What an administrator sets for the whole installation on a page: typed, with a default for each."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from grapevine.core import access, audit
from grapevine.core.models import Setting

_PREFIX = "installation."


@dataclass(frozen=True, kw_only=True)
class Installation:
    """The installation's settings. `retention_days` is for sources whose terms name none; 0 keeps posts without end."""

    organisation: str = ""
    language: str = "en"
    time_zone: str = ""
    retention_days: int = 730
    jobs_kept_days: int = 14

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that days and hours are counted in, where no user's own is asked."""
        return ZoneInfo(self.time_zone or settings.TIME_ZONE)


def current() -> Installation:
    """The settings as they are now."""
    known = {field.name for field in fields(Installation)}
    rows = Setting.objects.filter(name__startswith=_PREFIX).values_list("name", "value")
    stored = {name.removeprefix(_PREFIX): value for name, value in rows}
    return Installation(**{name: value for name, value in stored.items() if name in known})


_zone: tuple[float, ZoneInfo] | None = None


def zone() -> ZoneInfo:
    """The installation's time zone, for every request: asked of the database at most every five seconds."""
    global _zone
    now = time.monotonic()
    if _zone is None or now - _zone[0] > 5:
        _zone = now, current().zone
    return _zone[1]


def forget_cached() -> None:
    """Ask the database again at the next request."""
    global _zone
    _zone = None


@transaction.atomic
def change(*, by: Any, at: datetime, **values: Any) -> Installation:
    """Change some settings. Raises AccessDenied, TypeError on an unknown name."""
    access.require(by, "core.settings.change")
    before = asdict(current())
    changed = {name: value for name, value in values.items() if before[name] != value}
    after = Installation(**{**before, **changed})
    for name, value in changed.items():
        put(_PREFIX + name, value)
    if changed:
        forget_cached()
        audit.record("core.installation.changed", by=by, at=at, names=sorted(changed))
    return after


def get(name: str, default: Any = None) -> Any:
    """A single stored value that has no place on the settings page, such as when the demo was loaded."""
    return Setting.objects.filter(pk=name).values_list("value", flat=True).first() or default


def put(name: str, value: Any) -> None:
    """Store a single value; None removes it. For actions, which do the asking and the audit."""
    if value is None:
        Setting.objects.filter(pk=name).delete()
    else:
        Setting.objects.update_or_create(pk=name, defaults={"value": value})
