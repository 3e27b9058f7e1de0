"""Messages in their laid-out form, and the files that came with them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from grapevine.core import access
from grapevine.sources.selectors import letters

# No script runs beside what strangers wrote; pictures from elsewhere only once the reader asked for them.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:{elsewhere}; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@access.needs("sources.message.see")
@require_safe
def letter(request: HttpRequest, post_id: int) -> HttpResponse:
    """A message as its sender laid it out, cleaned. With `?pictures=1` those from elsewhere are loaded."""
    pictures = request.GET.get("pictures") == "1"
    found = letters.letter(post_id, by=request.user, pictures=pictures)
    if found is None:
        raise Http404
    response = render(request, "sources/letter.html", {"letter": found, "pictures": pictures})
    response.headers["Content-Security-Policy"] = _POLICY.format(elsewhere=" https:" if pictures else "")
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@access.needs("sources.message.see")
@require_safe
def attachment(request: HttpRequest, post_id: int, number: int) -> HttpResponse:
    """A file that came with a message: to be saved, never to be run here."""
    found = letters.attachment(post_id, number, by=request.user)
    if found is None:
        raise Http404
    kind = found.media_type if found.media_type in letters.SHOWN_INLINE else "application/octet-stream"
    response = HttpResponse(found.content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
