"""What people do with brands."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from grapevine.core import access, audit, news
from grapevine.listen import accounts as own_accounts
from grapevine.listen.actions import rereading, watch_set
from grapevine.listen.events import BrandChanged
from grapevine.listen.models import Brand
from grapevine.understand.actions import readings

_ADDRESS_LONGEST = 120
# Words that have an address of their own beside the brands'.
_TAKEN_ADDRESSES = frozenset({"new", "deleted"})


@transaction.atomic
def add(
    *,
    name: str,
    by: Any,
    at: datetime,
    ours: bool = False,
    description: str = "",
    accounts: Sequence[str] = (),
    position: int | None = None,
    is_demo: bool = False,
) -> Brand:
    """Add a brand. Its address is made of its name and stays when the name changes. Tells BrandChanged.

    `accounts` are those it speaks by itself. Without `position` (its place in the palette) it gets the first that no other brand has.
    """
    access.require(by, "listen.brand.change")
    names = own_accounts.tidy(accounts)
    brand = _create(
        name=name,
        ours=ours,
        description=description,
        accounts=names,
        position=_free_position() if position is None else position,
        created_at=at,
        is_demo=is_demo,
        # Nothing mentions it yet, so nothing was read by an older reader.
        read_by=readings.mark("") + own_accounts.mark(ours=ours, handles=names),
    )
    if ours or names:
        watch_set.raise_version()  # what it says itself is recognised where posts are matched
    audit.record("listen.brand.added", subject=brand, by=by, at=at, ours=ours)
    news.tell(BrandChanged(brand.pk, "added", at))
    return brand


@transaction.atomic
def change(
    *,
    brand: Brand,
    name: str,
    ours: bool,
    by: Any,
    at: datetime,
    description: str = "",
    accounts: Sequence[str] | None = None,
    position: int | None = None,
) -> Brand:
    """Change what a brand is called, how it is shown and by which accounts it speaks itself (None: as before). Tells BrandChanged, when
    something did change.

    When other posts are its own, its mentions are read and counted again by the worker.
    """
    access.require(by, "listen.brand.change")
    wanted: dict[str, Any] = {"name": name, "ours": ours, "description": description}
    if accounts is not None:
        wanted["accounts"] = own_accounts.tidy(accounts)
    if position is not None:
        wanted["position"] = position
    before = {
        field: getattr(brand, field) for field, value in wanted.items() if getattr(brand, field) != value
    }
    if not before:
        return brand
    for field in before:
        setattr(brand, field, wanted[field])
    brand.save(update_fields=list(before))
    if before.keys() & {"ours", "accounts"}:
        watch_set.raise_version()
        rereading.ask(brand_id=brand.pk)
    audit.record("listen.brand.changed", subject=brand, by=by, at=at, before=before)
    news.tell(BrandChanged(brand.pk, "changed", at))
    return brand


@transaction.atomic
def delete(*, brand: Brand, by: Any, at: datetime) -> None:
    """Delete a brand: its watches listen no longer, its mentions are shown no longer. It can be restored. Tells BrandChanged."""
    access.require(by, "listen.brand.change")
    brand.deleted_at = at
    brand.save(update_fields=["deleted_at"])
    watch_set.raise_version()
    audit.record("listen.brand.deleted", subject=brand, by=by, at=at)
    news.tell(BrandChanged(brand.pk, "deleted", at))


@transaction.atomic
def restore(*, brand: Brand, by: Any, at: datetime) -> None:
    """Bring a deleted brand back, with the watches it had. Tells BrandChanged."""
    access.require(by, "listen.brand.change")
    brand.deleted_at = None
    brand.save(update_fields=["deleted_at"])
    watch_set.raise_version()
    audit.record("listen.brand.restored", subject=brand, by=by, at=at)
    news.tell(BrandChanged(brand.pk, "restored", at))


def _create(**values: Any) -> Brand:
    """A row with a free address. Two people adding the same name at once get two addresses."""
    stem = slugify(values["name"])[:_ADDRESS_LONGEST] or "brand"
    for number in range(1, 20):
        slug = stem if number == 1 and stem not in _TAKEN_ADDRESSES else f"{stem}-{number}"
        try:
            with transaction.atomic():
                return Brand.objects.create(slug=slug, **values)
        except IntegrityError:
            continue
    return Brand.objects.create(slug=f"{stem}-{secrets.token_hex(4)}", **values)


def _free_position() -> int:
    taken = set(Brand.objects.present().values_list("position", flat=True))
    return next(place for place in range(len(taken) + 1) if place not in taken)
