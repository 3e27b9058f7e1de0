"""The public page of a contact form: open to all, without cookies, also inside a frame of sites that may embed it."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from grapevine.connectors.form import mapping
from grapevine.core import access, clock
from grapevine.core.requests import address_of
from grapevine.sources.actions import submissions
from grapevine.sources.contact_forms import ContactForm
from grapevine.sources.selectors import contact

OPEN_FOR = submissions.OPEN_FOR
_SIGNER = signing.TimestampSigner(salt="grapevine.sources.form")


# No session acts here, so there is nothing to forge; the signed token in the page says that it is ours, and makes sending twice sending once.
@csrf_exempt
@access.open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form and take what is sent."""
    found = contact.found(slug)
    if found is None:
        raise Http404
    wish = (request.POST if request.method == "POST" else request.GET).get("lang", "")
    with translation.override(wish if wish in dict(settings.LANGUAGES) else translation.get_language()):
        response = _answer(request, found, wish)
        response.headers["Content-Language"] = translation.get_language()
    return _framed(response, found.sites)


def _answer(request: HttpRequest, found: contact.Form, wish: str) -> HttpResponse:
    if not found.is_open:
        return _page(request, found, status=410)
    agreed = found.consent or _("My message may be read, answered and kept for that.")
    if request.method != "POST":
        fresh = ContactForm(agreed=agreed, initial={"token": _token(found), "lang": wish})
        return _page(request, found, form=fresh, sent=request.GET.get("sent") == "1")
    sent = ContactForm(request.POST, agreed=agreed)
    status = 422
    if sent.is_valid():
        token = _read(found, sent.cleaned_data["token"])
        if not token:
            sent = _renewed(request, found, agreed)
            sent.add_error(None, _("This page has been open for long. Send your message once more."))
        else:
            try:
                status = _received(request, found, sent, token, agreed)
            except submissions.Spent:
                sent = _renewed(request, found, agreed)
                sent.add_error(None, _("A message was sent with this page already. Send this one once more."))
            if status == 302:
                return redirect(_back(request, found, wish))
    return _page(request, found, form=sent, status=status)


def _received(request: HttpRequest, found: contact.Form, sent: ContactForm, token: str, agreed: str) -> int:
    """Hand it in; the status to answer with, and what is wrong in the form."""
    given = sent.cleaned_data
    at = clock.now()
    entry = mapping.Entry(
        token=token,
        name=given["name"],
        email=given["email"],
        text=given["message"],
        at=at,
        heading=found.heading or found.source.name,
        consent=agreed,
        lang=translation.get_language() or "",
    )
    try:
        submissions.receive(source=found.source, entry=entry, address=address_of(request), at=at)
    except submissions.TooMany as error:
        minutes = max(1, round(error.wait.total_seconds() / 60))
        told = ngettext(
            "Too many messages came from here. Wait a minute, then send it again.",
            "Too many messages came from here. Wait %(minutes)s minutes, then send it again.",
            minutes,
        )
        sent.add_error(None, told % {"minutes": minutes})
        return 429
    except submissions.Closed:
        sent.add_error(None, _("This form is closed at the moment."))
        return 410
    return 302


def _token(found: contact.Form) -> str:
    return _SIGNER.sign(f"{found.source.pk}.{secrets.token_urlsafe(12)}")


def _read(found: contact.Form, token: str) -> str:
    """The token, when we made it for this form and not too long ago."""
    try:
        value: str = _SIGNER.unsign(token, max_age=OPEN_FOR)
    except signing.BadSignature:
        return ""
    return value if value.startswith(f"{found.source.pk}.") else ""


def _renewed(request: HttpRequest, found: contact.Form, agreed: str) -> ContactForm:
    """The form as it was sent, with a token that counts."""
    data = request.POST.copy()
    data["token"] = _token(found)
    again = ContactForm(data, agreed=agreed)
    again.is_valid()
    return again


def _back(request: HttpRequest, found: contact.Form, wish: str) -> str:
    kept = {"sent": "1", "lang": wish, "frame": request.GET.get("frame", "")}
    query = "&".join(
        f"{key}={value}" for key, value in kept.items() if value in ("1", *dict(settings.LANGUAGES))
    )
    return f"{reverse('sources:form', args=[found.slug])}?{query}"


def _page(
    request: HttpRequest,
    found: contact.Form,
    *,
    form: ContactForm | None = None,
    sent: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "contact": found,
        "form": form,
        "sent": sent,
        "framed": request.GET.get("frame") == "1",
        "again": request.path,
        "language": translation.get_language(),
    }
    return render(request, "sources/contact.html", context, status=status)


def _framed(response: HttpResponse, sites: tuple[str, ...]) -> HttpResponse:
    """Let these sites, and no others, show the page in a frame."""
    ancestors = " ".join(sites) or "'none'"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors {ancestors}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response
