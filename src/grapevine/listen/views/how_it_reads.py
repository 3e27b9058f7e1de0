"""The card "How it reads" of a post's page: what the machine read for a brand, and what people say instead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from grapevine.core import access, clock
from grapevine.listen import reads, samples, warmth
from grapevine.listen.models import Brand, Mention
from grapevine.listen.selectors import several
from grapevine.sources.selectors import shown
from grapevine.sources.selectors.shown import ShownPost
from grapevine.ui import toasts
from grapevine.understand import contracts
from grapevine.understand.actions import corrections, readings
from grapevine.understand.contracts import Corrected, Reading
from grapevine.understand.selectors import corrections as said

CORRECT = corrections.CORRECT
_COLOURS = {"positive": "var(--good)", "negative": "var(--bad)", "neutral": "var(--series)"}
CHARACTERS = 50_000


MOST_SURE = 0.99
"""A guess is never shown as certain."""


@dataclass(frozen=True)
class Mood:
    """One mood: how likely it is; where its part of the bar begins; whether a person said it."""

    key: str
    name: Any
    share: float
    begin: float
    width: float
    colour: str
    number: int
    is_said: bool


@dataclass(frozen=True)
class Toggle:
    """Something a text may want: whether it does, as a person said or as it was read."""

    key: str
    name: Any
    is_on: bool


@dataclass(frozen=True)
class OfBrand:
    """A brand that the post mentions; each reads for itself."""

    id: int
    name: str
    colour: int
    is_shown: bool


@dataclass(frozen=True)
class Card:
    """How a post reads for one of its brands, and whether that brand wrote it. `undo` is the correction that can be taken back, 0 for none."""

    post_id: int
    brand_id: int
    brands: tuple[OfBrand, ...]
    mood: Any
    tone: str
    share: float
    sure: bool
    is_mood_said: bool
    moods: tuple[Mood, ...]
    wants: tuple[Toggle, ...]
    spam: bool
    tier: Any
    learnt: bool
    by: str
    is_mine: bool
    undo: int
    may_correct: bool
    by_brand: bool

    @property
    def wanted(self) -> list[Toggle]:
        return [one for one in self.wants if one.is_on]

    @property
    def unwanted(self) -> list[Toggle]:
        return [one for one in self.wants if not one.is_on]


def card(
    request: HttpRequest, post: ShownPost, brands: dict[int, Brand], own: Collection[int], brand_id: int = 0
) -> Card | None:
    """The card for one of the brands (the first, unless `brand_id` is another); None while the reader is being made ready. One question,
    or two.

    `own` are the brands that wrote the post themselves.
    """
    if not warmth.is_ready() or not brands:
        return None  # the page must not wait for a compiler
    chosen = brand_id if brand_id in brands else next(iter(brands))
    scope = reads.scope_of(chosen)
    read = several.read_for(post.id, post.title, post.text, [chosen], among=len(brands))[chosen]
    correction, people = said.by_scope(reads.SUBJECT, post.id).get(scope, (0, None))
    mood = (people.mood if people else None) or read.sentiment
    return Card(
        post_id=post.id,
        brand_id=chosen,
        brands=tuple(OfBrand(pk, one.name, one.position, pk == chosen) for pk, one in brands.items()),
        mood=contracts.MOOD_NAMES[mood],
        tone=contracts.MOOD_TONES[mood],
        share=min(MOST_SURE, max(read.sentiment_p)),
        sure=read.sure,
        is_mood_said=bool(people and people.mood),
        moods=_moods(read, people),
        wants=tuple(
            Toggle(key, name, key in _wanted(read, people)) for key, name in contracts.INTENT_NAMES.items()
        ),
        spam=_is_spam(read, people),
        tier=contracts.TIER_NAMES[read.tier],
        learnt=readings.has_learnt(scope),
        by=people.by if people else "",
        is_mine=bool(people and people.by_id and people.by_id == request.user.pk),
        undo=correction,
        may_correct=access.may(request.user, CORRECT),
        by_brand=chosen in own,
    )


def _moods(read: Reading, people: Corrected | None) -> tuple[Mood, ...]:
    made, begin = [], 0.0
    for number, (key, share) in enumerate(zip(contracts.MOODS, read.sentiment_p, strict=True), start=1):
        made.append(
            Mood(
                key=key,
                name=contracts.MOOD_NAMES[key],
                share=share,
                begin=round(begin, 1),
                width=round(share * 100, 1),
                colour=_COLOURS[key],
                number=number,
                is_said=bool(people and people.mood == key),
            )
        )
        begin += share * 100
    return tuple(made)


def _wanted(read: Reading, people: Corrected | None) -> tuple[str, ...]:
    return people.intents if people and people.intents is not None else read.intents


def _is_spam(read: Reading, people: Corrected | None) -> bool:
    return people.spam if people and people.spam is not None else read.spam


def _brands_of(post_id: int) -> tuple[dict[int, Brand], frozenset[int]]:
    """The brands whose watches caught a post, those that are there, the first one first; and which of them wrote it themselves."""
    rows = Mention.objects.filter(post_id=post_id).order_by("nth", "watch_id")
    found = dict(rows.values_list("brand_id", "by_brand"))
    there = Brand.objects.present().in_bulk(list(found))
    return {pk: there[pk] for pk in found if pk in there}, frozenset(pk for pk in found if found[pk])


@dataclass(frozen=True)
class _Asked:
    post: ShownPost
    brands: dict[int, Brand]
    own: frozenset[int]
    brand_id: int


def _asked(post_id: int, brand: str) -> _Asked:
    post = shown.posts([post_id], characters=CHARACTERS).get(post_id)
    brands, own = _brands_of(post_id)
    if post is None or post.deleted_at or not brands:
        raise Http404
    if brand and not (brand.isdecimal() and len(brand) < 19 and int(brand) in brands):
        raise Http404
    return _Asked(post, brands, own, int(brand) if brand else next(iter(brands)))


@access.needs("listen.mention.see")
@require_GET
def show(request: HttpRequest, post_id: int) -> HttpResponse:
    """The card for another brand of the post."""
    asked = _asked(post_id, request.GET.get("of", ""))
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(_address(asked))
    return _answer(request, asked)


@access.needs(CORRECT)
@require_POST
def correct(request: HttpRequest, post_id: int) -> HttpResponse:
    """Somebody says how the post reads: a mood, something it wants or does not want, or whether it is spam."""
    asked = _asked(post_id, request.POST.get("of", ""))
    found = card(request, asked.post, asked.brands, asked.own, asked.brand_id)
    what = _said(request, found) if found else {}
    if what:
        source = shown.source_names().get(asked.post.source_id)
        (lang,) = readings.languages([readings.whole(asked.post.title, asked.post.text)])
        try:
            corrections.correct(
                subject=reads.SUBJECT,
                scope=reads.scope_of(asked.brand_id),
                of=samples.candidate(asked.post, lang, source.name if source else ""),
                by=request.user,
                at=clock.now(),
                **what,
            )
        except corrections.Gone as error:
            raise Http404 from error
    return _after(request, asked)


def _said(request: HttpRequest, found: Card) -> dict[str, Any]:
    mood, want, spam = (request.POST.get(name, "") for name in ("mood", "want", "spam"))
    if mood in contracts.MOODS:
        return {"mood": mood}
    if want in contracts.INTENTS:
        return {"intents": [one.key for one in found.wants if one.is_on != (one.key == want)]}
    if spam in ("yes", "no"):
        return {"spam": spam == "yes"}
    return {}


@access.needs(CORRECT)
@require_POST
def undo(request: HttpRequest, post_id: int) -> HttpResponse:
    """Take back what was said last of a post for a brand."""
    asked = _asked(post_id, request.POST.get("of", ""))
    number, _people = said.by_scope(reads.SUBJECT, post_id).get(reads.scope_of(asked.brand_id)) or (0, None)
    # Undone twice is undone once; what somebody else said meanwhile stays.
    if number and str(number) == request.POST.get("correction", ""):
        corrections.take_back(
            correction=said.reachable_by(request.user, number), by=request.user, at=clock.now()
        )
    return _after(request, asked)


def _after(request: HttpRequest, asked: _Asked) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return _answer(request, asked)
    if not warmth.is_ready():
        toasts.add(request, _("The reader is being made ready. Try again in a minute."), tone="warn")
    return redirect(_address(asked))


def _answer(request: HttpRequest, asked: _Asked) -> HttpResponse:
    found = card(request, asked.post, asked.brands, asked.own, asked.brand_id)
    return render(request, "listen/_reads.html", {"read": found, "post_id": asked.post.id})


def _address(asked: _Asked) -> str:
    return f"{reverse('listen:mention', args=[asked.post.id])}?of={asked.brand_id}#reads"


urlpatterns = [
    path("mentions/<int:post_id>/reading/", show, name="mention-reading"),
    path("mentions/<int:post_id>/reading/correct/", correct, name="mention-correct"),
    path("mentions/<int:post_id>/reading/undo/", undo, name="mention-undo"),
]
