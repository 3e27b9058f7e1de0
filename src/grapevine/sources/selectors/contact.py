"""Contact forms: what their page shows, and how to link to or embed them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import slugify

from grapevine.connectors.base import BadData
from grapevine.connectors.form import connector
from grapevine.core import installation
from grapevine.sources import words
from grapevine.sources.models import Source, SourceState

NAME = connector.FormConnector.manifest.name
_SLUG = re.compile(r"(\d{1,18})(?:-[\w-]*)?", re.ASCII)


@dataclass(frozen=True)
class Form:
    """A form as visitors see it. `sites` are those that may embed it; closed, it takes nothing."""

    source: Source
    slug: str
    heading: str
    intro: str
    consent: str
    organisation: str
    data: str
    turn_to: str
    kept_days: int
    sites: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True)
class Embedding:
    """How a form gets onto a site. `fault` says what is wrong with the sites named."""

    href: str
    snippet: str
    sites: tuple[str, ...]
    fault: str
    answers: bool


def found(slug: str) -> Form | None:
    """The form that an address means: its number decides, what follows is for people."""
    read = _SLUG.fullmatch(slug)
    source = Source.objects.filter(pk=read[1], connector=NAME).first() if read is not None else None
    if source is None or source.state == SourceState.LEAVING:
        return None
    try:
        sites = connector.sites(source.settings)
    except BadData:
        sites = ()
    told = ("heading", "intro", "consent", "organisation", "data", "turn_to")
    given = {key: str(source.settings.get(key) or "").strip() for key in told}
    given["organisation"] = given["organisation"] or installation.current().organisation
    return Form(
        source=source,
        slug=slug_of(source),
        sites=sites,
        is_open=source.state == SourceState.ACTIVE,
        kept_days=source.retention_days,
        **given,
    )


def slug_of(source: Source) -> str:
    """The last part of a form's address."""
    spoken = slugify(source.name)[:40].strip("-")
    return f"{source.pk}-{spoken}" if spoken else f"{source.pk}"


def of(source: Source, *, root: str) -> Embedding | None:
    """How to link to and embed the form of a source; None when it is none. `root` is the address we are reached at."""
    if source.connector != NAME:
        return None
    sites: tuple[str, ...] = ()
    fault = ""
    try:
        sites = connector.sites(source.settings)
    except BadData as error:
        fault = words.error(error.code, error.params)
    href = root.rstrip("/") + reverse("sources:form", args=[slug_of(source)])
    title = str(source.settings.get("heading") or source.name)
    # Plain text with tags in it, to be shown as text: not one of Django's safe strings.
    snippet = (
        f'<iframe src="{html.escape(href)}?frame=1" title="{html.escape(title)}" width="100%" height="720" style="border:0" '
        'loading="lazy"></iframe>'
    )
    return Embedding(href, snippet if sites else "", sites, fault, bool(source.settings.get("mail")))
