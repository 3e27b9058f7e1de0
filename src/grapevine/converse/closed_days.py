"""Which days are holidays where, by a well-kept table of them; see docs/decisions/desk.md. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

# Where our users are, and their neighbours. The table knows many more: a line here is all that another takes.
COUNTRIES = {
    "SE": _("Sweden"),
    "DK": _("Denmark"),
    "NL": _("Netherlands"),
    "BE": _("Belgium"),
    "NO": _("Norway"),
    "FI": _("Finland"),
    "IS": _("Iceland"),
    "DE": _("Germany"),
    "AT": _("Austria"),
    "CH": _("Switzerland"),
    "LU": _("Luxembourg"),
    "FR": _("France"),
    "ES": _("Spain"),
    "IT": _("Italy"),
    "PL": _("Poland"),
    "IE": _("Ireland"),
    "GB-ENG": _("England"),
    "GB-WLS": _("Wales"),
    "GB-SCT": _("Scotland"),
    "GB-NIR": _("Northern Ireland"),
    "US": _("United States"),
    "CA": _("Canada"),
    "AU": _("Australia"),
    "NZ": _("New Zealand"),
}
_KINDS = ("public", "de_facto")  # Midsummer Eve is no public holiday in Sweden, and nobody is there


@lru_cache(maxsize=512)
def holidays_of(country: str, year: int) -> tuple[tuple[date, str], ...]:
    """The holidays of a country in a year, in order, by the names they have there. Sundays are none; an unknown country has none."""
    if country not in COUNTRIES:
        return ()
    import holidays  # late: a fifth of a second that most processes never need

    land, _dash, region = country.partition("-")
    known = holidays.country_holidays(land, subdiv=region or None, years=year)
    kinds = tuple(kind for kind in _KINDS if kind in known.supported_categories)
    found = holidays.country_holidays(
        land,
        subdiv=region or None,
        years=year,
        categories=kinds or None,
        language=known.default_language,  # as they are called there, whatever the machine speaks
    )
    return tuple(sorted((day, name) for day, name in found.items() if day.year == year))


def of_country(country: str, years: Iterable[int]) -> dict[date, str]:
    """The holidays of several years."""
    return {day: name for year in years for day, name in holidays_of(country, year)} if country else {}
