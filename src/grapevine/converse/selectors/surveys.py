"""Questions about our one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from grapevine.converse import tokens
from grapevine.converse.models import Score, Survey, Thread
from grapevine.sources.selectors import outbox


@dataclass(frozen=True)
class Told:
    """What somebody said when we asked whether it helped; None while they haven't."""

    asked_at: datetime
    answered_at: datetime | None
    score: Score | None


def of_token(token: str) -> Survey:
    """The survey of a link. Raises Http404."""
    found = Survey.objects.filter(digest=tokens.digest_of(token)).select_related("message", "thread").first()
    if found is None:
        raise Http404("no such survey")
    return found


def latest(thread: Thread) -> Told | None:
    """The latest question in a thread and what came of it, for the thread's page."""
    row = Survey.objects.filter(thread=thread).order_by("-pk").first()
    if row is None:
        return None
    return Told(row.created_at, row.answered_at, Score(row.score) if row.score else None)


def may_be_asked(thread: Thread) -> bool:
    """Whether a link may stand in a reply there."""
    way = outbox.way(thread.source_id)
    return way is not None and way.carries_links


def spoken(lang: str) -> str:
    """The language of ours that comes nearest to a thread's: its own, or English."""
    return lang if lang in dict(settings.LANGUAGES) else "en"


def line(address: str, lang: str) -> str:
    """What stands in the reply, in the language of the thread where we have it."""
    with translation.override(spoken(lang)):
        return _("Did this help? One click tells us: %(address)s") % {"address": address}
