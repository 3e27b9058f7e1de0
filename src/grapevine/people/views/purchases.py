"""Doors to purchases: shops and their keys, files; and the door where shops bring what was bought, signed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from grapevine.core import access, clock, installation
from grapevine.people import forms, orders, wording
from grapevine.people.actions import purchase_files as files
from grapevine.people.actions import purchases as actions
from grapevine.people.models import Shop
from grapevine.people.models.purchases import FileState
from grapevine.people.orders import BadOrder
from grapevine.people.selectors import purchases
from grapevine.ui import toasts

LARGEST = 1024 * 1024


def _page(request: HttpRequest, *, status: int = 200, **changed: Any) -> HttpResponse:
    shops = purchases.shops()
    context = {
        "shops": shops,
        "files": purchases.files(),
        "columns": orders.COLUMNS,
        "shop_form": forms.ShopForm(),
        "file_form": forms.PurchaseFileForm(shops=[(str(one.id), one.name) for one in shops]),
        "may_add": access.may(request.user, "people.purchase.add"),
        "may_change": access.may(request.user, "people.shop.change"),
        "key": "",
        **changed,
    }
    return render(request, "people/purchases.html", context, status=status)


@access.needs("people.purchase.see")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Where purchases come from."""
    return _page(request)


@access.needs("people.purchase.add")
@require_POST
def add_shop(request: HttpRequest) -> HttpResponse:
    """Add a shop."""
    form = forms.ShopForm(request.POST)
    if form.is_valid() and Shop.objects.filter(name=form.cleaned_data["name"]).exists():
        form.add_error("name", _("There is a shop of this name already."))
    if not form.is_valid():
        return _page(request, status=422, shop_form=form)
    actions.add_shop(name=form.cleaned_data["name"], by=request.user, at=clock.now())
    toasts.add(request, _("Added %(name)s.") % {"name": form.cleaned_data["name"]})
    return redirect("people:purchases")


@access.needs("people.shop.change")
@require_POST
@never_cache
def make_key(request: HttpRequest, shop_id: int) -> HttpResponse:
    """A new key, shown this once."""
    shop = purchases.shop(shop_id)
    key = actions.make_key(shop=shop, by=request.user, at=clock.now())
    address = request.build_absolute_uri(reverse("people:hook", args=[shop.pk]))
    return _page(request, key=key, key_of=shop.name, address=address)


@access.needs("people.shop.change")
@require_POST
def revoke_key(request: HttpRequest, shop_id: int) -> HttpResponse:
    """Make a shop's key worthless."""
    actions.revoke_key(shop=purchases.shop(shop_id), by=request.user, at=clock.now())
    toasts.add(request, _("The key is worthless from now on."), tone="info")
    return redirect("people:purchases")


@access.needs("people.purchase.add")
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Read a file of purchases."""
    choices = [(str(one.id), one.name) for one in purchases.shops()]
    form = forms.PurchaseFileForm(request.POST, request.FILES, shops=choices)
    if not form.is_valid():
        return _page(request, status=422, file_form=form)
    given = form.cleaned_data["file"]
    place = Path(settings.MEDIA_ROOT) / "purchases" / f"{secrets.token_hex(12)}.csv"
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with place.open("xb") as file:
        for chunk in given.chunks():
            file.write(chunk)
    shop = purchases.shop(int(form.cleaned_data["shop"]))
    name = (given.name or "file")[:255]
    kept = files.add_file(
        shop=shop, path=str(place), file_name=name, by=request.user, at=clock.now(), look_first=True
    )
    return redirect("people:purchases-look", kept.pk)


@access.needs("people.purchase.add")
@require_GET
def look(request: HttpRequest, file_id: int) -> HttpResponse:
    """How a file would be read: its first rows, and what is wrong with them. `?currency=` tries one."""
    file = purchases.file(file_id)
    if file.state != FileState.LOOK:
        return redirect("people:purchases")
    form = forms.CurrencyForm(request.GET if "currency" in request.GET else None)
    currency = form.cleaned_data["currency"] if form.is_bound and form.is_valid() else ""
    return render(
        request,
        "people/look.html",
        {"form": form, **purchases.looked(file, currency=currency, now=clock.now())},
    )


@access.needs("people.purchase.add")
@require_POST
def start(request: HttpRequest, file_id: int) -> HttpResponse:
    """Have a file read that was looked at."""
    file, at = purchases.file(file_id), clock.now()
    form = forms.CurrencyForm(request.POST)
    if not form.is_valid():
        context = {"form": form, **purchases.looked(file, currency="", now=at)}
        return render(request, "people/look.html", context, status=422)
    if files.start(file=file, currency=form.cleaned_data["currency"], by=request.user, at=at):
        toasts.add(request, _("%(name)s is being read.") % {"name": file.file_name})
    return redirect("people:purchases")


@access.needs("people.purchase.add")
@require_POST
def discard(request: HttpRequest, file_id: int) -> HttpResponse:
    """Let a file go that was looked at."""
    file = purchases.file(file_id)
    if files.discard(file=file, by=request.user, at=clock.now()):
        toasts.add(
            request, _("%(name)s is gone. Nothing of it was read.") % {"name": file.file_name}, tone="info"
        )
    return redirect("people:purchases")


@access.needs("people.purchase.see")
@require_GET
def refused(request: HttpRequest, file_id: int) -> HttpResponse:
    """Rows of a file that were left out, and why."""
    file = purchases.file(file_id)
    given = request.GET.get("after", "")
    rows = purchases.refused(file, after=int(given) if given.isdecimal() and len(given) < 15 else 0)
    context = {"file": file, "rows": rows, "after": rows[-1].line if len(rows) == 100 else 0}
    return render(request, "people/refused.html", context)


@csrf_exempt
@access.open_to_all
@require_POST
def hook(request: HttpRequest, shop_id: int) -> HttpResponse:
    """What a shop sends: orders as JSON, signed. Answers in English, for programs and those who write them."""
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is None:
        return JsonResponse({"code": "no_shop", "message": "There is no shop at this address."}, status=404)
    with override("en"):
        try:
            stored = _received(request, shop)
        except BadOrder as error:
            if error.code in ("bad_signature", "old", "no_signature"):
                actions.note_refusal(shop=shop, code=error.code, at=clock.now())
            unsigned = error.code in ("no_key_made", "no_signature", "old", "bad_signature")
            told = {"code": error.code, "message": wording.refusal(error.code), "detail": error.detail}
            return JsonResponse(told, status=401 if unsigned else 422)
    return JsonResponse({"new": stored.new, "changed": stored.changed, "known": stored.known})


def _received(request: HttpRequest, shop: Shop) -> actions.Stored:
    now = clock.now()
    key = purchases.key_of(shop)
    if not key:
        raise BadOrder("no_key_made")
    timestamp = request.headers.get("Grapevine-Timestamp", "")
    signature = request.headers.get("Grapevine-Signature", "")
    if not timestamp or not signature:
        raise BadOrder("no_signature")
    try:
        body = request.body
    except RequestDataTooBig:
        raise BadOrder("too_large") from None
    if len(body) > LARGEST:
        raise BadOrder("too_large")
    # Whether it is ours comes first: who has no key learns nothing of the clock.
    if not orders.is_signed(key, timestamp, body, signature):
        raise BadOrder("bad_signature")
    if not orders.is_fresh(timestamp, now):
        raise BadOrder("old")
    received = [orders.read(one, zone=installation.zone(), now=now) for one in _objects(body)]
    signed = actions.Signed(
        orders.signature(key, timestamp, body), datetime.fromtimestamp(float(timestamp), UTC)
    )
    return actions.receive(shop=shop, received=received, at=now, signed=signed)


def _objects(body: bytes) -> list[Mapping[str, Any]]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise BadOrder("not_json") from None
    found = given["orders"] if isinstance(given, dict) and "orders" in given else [given]
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadOrder("not_json")
    if len(found) > orders.MOST_ORDERS:
        raise BadOrder("too_many")
    return found


urlpatterns = [
    path("people/purchases/", index, name="purchases"),
    path("people/purchases/shops/new/", add_shop, name="shop-new"),
    path("people/purchases/shops/<int:shop_id>/key/", make_key, name="shop-key"),
    path("people/purchases/shops/<int:shop_id>/revoke/", revoke_key, name="shop-revoke"),
    path("people/purchases/file/", upload, name="purchases-file"),
    path("people/purchases/files/<int:file_id>/look/", look, name="purchases-look"),
    path("people/purchases/files/<int:file_id>/start/", start, name="purchases-start"),
    path("people/purchases/files/<int:file_id>/discard/", discard, name="purchases-discard"),
    path("people/purchases/files/<int:file_id>/refused/", refused, name="purchases-refused"),
    path("hooks/purchases/<int:shop_id>/", hook, name="hook"),
]
