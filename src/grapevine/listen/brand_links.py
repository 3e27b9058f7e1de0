"""Where a brand's page leads, and the small notes beside its figures."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grapevine.listen import charts
from grapevine.listen.contracts.filters import UNSURE, Wish
from grapevine.listen.models import Brand
from grapevine.listen.periods import Period
from grapevine.listen.selectors.brands import BrandPage
from grapevine.ui.components.figures import num, percent
from grapevine.understand.contracts import MOODS

PERIOD_KEYS = (
    ("7", gettext_lazy("7 days")),
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("12m", gettext_lazy("12 months")),
)


def query(period: Period) -> str:
    """The period as the query string of an address."""
    return "?" + urlencode(period.params)


def share_csv(period: Period) -> str:
    return reverse("listen:brands-csv") + query(period)


def stream(brand: Brand, period: Period, **others: str) -> str:
    """The stream with what this page is about, narrowed by `others` (fields of a Wish)."""
    times = (
        {"since": period.first.isoformat(), "until": period.last.isoformat()}
        if period.key == "own"
        else {"period": period.key}
    )
    return reverse("listen:stream") + Wish(brand=brand.slug, **times, **others).address()


def of_page(page: BrandPage) -> dict[str, str]:
    """All addresses a brand's page needs, by name."""
    slug, asked = page.brand.slug, query(page.period)
    files = {name: reverse(f"listen:brand-csv-{name}", args=[slug]) + asked for name in charts.OF_PAGE}
    return {
        **files,
        "stream": stream(page.brand, page.period),
        "talk": reverse("listen:brand-talk", args=[slug]) + asked,
        "wishes": reverse("listen:brand-wishes", args=[slug]) + asked,
        **{mood: stream(page.brand, page.period, mood=mood) for mood in (*MOODS, UNSURE)},
        "spam": stream(page.brand, page.period, spam="only"),
        "watches": f"{reverse('listen:watches')}?brand={slug}",
    }


def of_talk(brand: Brand, period: Period) -> dict[str, str]:
    return {
        "stream": stream(brand, period),
        "brand": reverse("listen:brand", args=[brand.slug]) + query(period),
        "words": reverse("listen:brand-csv-words", args=[brand.slug]) + query(period),
        "topics": reverse("listen:brand-csv-topics", args=[brand.slug]) + query(period),
    }


def notes(page: BrandPage) -> dict[str, Any]:
    """What is said in small letters under the figures."""
    total, voice = page.volume.total, page.voice
    copies = total.posts - total.leads
    busiest = page.volume.busiest
    return {
        "posts_before": total.before or None,
        "authors_before": page.own_authors.before or None,
        "share_note": _("%(share)s in the period before") % {"share": percent(voice.share_before)}
        if voice and total.before
        else "",
        "balance": signed(page.moods.balance),
        "balance_note": _told_from(page),
        "copies_note": ngettext("and %(n)s copy", "and %(n)s copies", copies) % {"n": num(copies)}
        if copies
        else "",
        "loudest": num(busiest.posts) if busiest and busiest.posts else "–",
        "loudest_note": _loudest(page) if busiest and busiest.posts else "",
    }


def _told_from(page: BrandPage) -> str:
    """On how many posts the balance of moods stands, and what it was before."""
    if page.moods.balance is None:
        return ""
    told = _("from %(sure)s of %(all)s posts") % {
        "sure": num(page.moods.sure),
        "all": num(page.volume.total.posts),
    }
    if page.moods.balance_before is None:
        return told
    return f"{told} · " + _("%(balance)s in the period before") % {
        "balance": signed(page.moods.balance_before)
    }


def signed(balance: float | None) -> str:
    """A balance of moods from -1 to 1 as a number from -100 to +100; a dash where there is none."""
    return "–" if balance is None else f"{round(balance * 100):+d}".replace("-", "−").replace("+0", "0")


def _loudest(page: BrandPage) -> str:
    busiest = page.volume.busiest
    if busiest is None:
        return ""
    if page.period.bucket == "hour":
        return formats.date_format(busiest.at, "DATETIME_FORMAT")
    day = formats.date_format(busiest.at, "MONTH_DAY_FORMAT")
    return (
        _("in the week from %(day)s") % {"day": day}
        if page.period.bucket == "week"
        else _("on %(day)s") % {"day": day}
    )
