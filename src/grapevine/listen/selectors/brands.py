"""Questions about brands: which there are, and all that a brand's page shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import Q
from django.http import Http404

from grapevine.core import access, once
from grapevine.listen.models import Brand
from grapevine.listen.periods import Period
from grapevine.listen.selectors import authors, moods, volume
from grapevine.listen.selectors.authors import Unique
from grapevine.listen.selectors.moods import Moods
from grapevine.listen.selectors.volume import Voice, Volume

SEE = "listen.brand.see"
CHANGE = "listen.brand.change"


@dataclass(frozen=True)
class BrandRow:
    """A brand beside the others."""

    voice: Voice
    authors: int
    curve: tuple[int, ...]
    watches: int

    @property
    def needs_watch(self) -> bool:
        """Whether nothing can be heard of it: no watch listens."""
        return self.watches == 0


@dataclass(frozen=True)
class BrandsPage:
    """All brands side by side. `total` is of those compared."""

    period: Period
    rows: tuple[BrandRow, ...]
    total: int

    @property
    def compared(self) -> tuple[BrandRow, ...]:
        """Those that are compared with each other in a picture: one's own, or the demo's while there are no others."""
        return tuple(row for row in self.rows if not row.voice.is_demo) or self.rows

    @property
    def has_own_words(self) -> bool:
        """Whether any of those compared spoke itself."""
        return any(row.voice.count.by_brand for row in self.compared)

    @property
    def is_mixed(self) -> bool:
        """Whether brands of the demo stand among one's own."""
        return len(self.compared) < len(self.rows)


@dataclass(frozen=True)
class BrandPage:
    """One brand in a period."""

    brand: Brand
    period: Period
    volume: Volume
    authors: dict[int, Unique]
    watches: int
    moods: Moods

    @property
    def own_authors(self) -> Unique:
        return self.authors.get(self.brand.pk, Unique(0, 0))

    @property
    def voice(self) -> Voice | None:
        return next((voice for voice in self.volume.voices if voice.brand_id == self.brand.pk), None)


def reachable_by(by: Any, slug: str, *, permission: str = SEE) -> Brand:
    """A brand that is not deleted, for somebody with `permission`. Raises AccessDenied, Http404."""
    access.require(by, permission)
    brand = Brand.objects.present().filter(slug=slug).first()
    if brand is None:
        raise Http404("no such brand")
    return brand


def deleted_reachable_by(by: Any, brand_id: int) -> Brand:
    """A brand that was deleted, for somebody who may bring it back. Raises AccessDenied, Http404."""
    access.require(by, CHANGE)
    brand = Brand.objects.exclude(deleted_at=None).filter(pk=brand_id).first()
    if brand is None:
        raise Http404("no such deleted brand")
    return brand


@once.a_page
def accounts() -> tuple[str, ...]:
    """The accounts by which the brands there are speak themselves, ours and others'. One small statement."""
    rows = Brand.objects.present().order_by("pk").values_list("accounts", flat=True)
    return tuple(dict.fromkeys(one for names in rows for one in names))


def choices() -> list[Brand]:
    """All brands that are not deleted, ours first."""
    return list(Brand.objects.present())


def any_real() -> bool:
    """Whether there is a brand that is not of the demo, a deleted one too."""
    return Brand.objects.filter(is_demo=False).exists()


def compared(period: Period) -> BrandsPage:
    """All brands side by side, the loudest first. Five statements, however many brands."""
    voices = volume.voices(period)
    ids = [voice.brand_id for voice in voices]
    curves = volume.curves(ids, period)
    unique = authors.unique(ids, period)
    watches = dict(
        Brand.objects.filter(pk__in=ids)
        .order_by()
        .annotate(listening=CountRows("watches", filter=Q(watches__deleted_at=None, watches__state="active")))
        .values_list("pk", "listening")
    )
    rows = tuple(
        BrandRow(
            voice=voice,
            authors=unique[voice.brand_id].now,
            curve=curves[voice.brand_id],
            watches=watches.get(voice.brand_id, 0),
        )
        for voice in voices
    )
    whole = BrandsPage(period, rows, 0)
    return replace(whole, total=sum(row.voice.count.posts for row in whole.compared))


def page(brand: Brand, period: Period) -> BrandPage:
    """What a brand's page shows at once; words, authors and repeats come after it (`selectors.loud`)."""
    found = volume.of_brand(brand.pk, period)
    unique = authors.unique([voice.brand_id for voice in found.voices], period, compared=[brand.pk])
    return BrandPage(
        brand=brand,
        period=period,
        volume=found,
        authors=unique,
        watches=brand.watches.filter(deleted_at=None).count(),
        moods=moods.of_brand(brand.pk, period),
    )
