"""Topics are kept from day to day, so that one keeps its name and has a past."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from grapevine.engine.text import topics as engine
from grapevine.listen import periods, stopwords
from grapevine.listen.models import Brand, KeptTopic
from grapevine.listen.selectors import talk
from grapevine.listen.selectors import topics as found_topics

MOST = 24
DAYS = 90
"""So many days of a topic are remembered; one that was not found for as long is let go."""


def due(*, at: datetime) -> list[Brand]:
    """Brands whose topics were not kept today."""
    today = _today(at)
    done = set(KeptTopic.objects.filter(last_on=today).values_list("brand_id", flat=True))
    return [one for one in Brand.objects.present() if one.pk not in done]


def keep(*, brand: Brand, at: datetime) -> int:
    """Find the topics of the last thirty days, know those again that were kept, keep what is new. Returns how many there are today.

    Nothing is said to the audit: these are counts, made by the worker and made again tomorrow.
    """
    zone = timezone.get_default_timezone()
    period = periods.chosen({}, now=at, zone=zone)
    said = talk.of_brand(brand, period)
    posts = found_topics.posts(said.now)
    found = engine.find(posts, stop=stopwords.of_all(), left_out=said.own_words, most=MOST)
    today = period.last
    with transaction.atomic():
        # Two workers that keep at once would each make its own.
        Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
        kept = {one.pk: one for one in KeptTopic.objects.filter(brand=brand)}
        same = engine.matched(found, {pk: found_topics.as_topic(one) for pk, one in kept.items()})
        for place, topic in enumerate(found):
            counted = found_topics.by_day(engine.posts_of(topic, posts), zone)
            row = kept.get(same.get(place, 0)) or KeptTopic(
                brand=brand, lang=topic.lang, label=list(topic.label), first_on=min(counted)
            )
            _bring_to(row, topic, counted, period.first, today)
        KeptTopic.objects.filter(brand=brand, last_on__lt=today - timedelta(days=DAYS)).delete()
    return len(found)


def _bring_to(
    row: KeptTopic, topic: engine.Topic, counted: dict[date, float], first: date, today: date
) -> None:
    """Give a kept topic what was found today."""
    row.terms, row.label, row.last_on = list(topic.terms), list(topic.named(row.label)), today
    # Yesterday is over, but posts of it may still come; what lies further back stays as it was counted.
    yesterday = today - timedelta(days=1)
    days = {
        day: posts for day, posts in row.days.items() if day >= (today - timedelta(days=DAYS)).isoformat()
    }
    day = first
    while day <= yesterday:
        if day.isoformat() not in days or day == yesterday:
            days[day.isoformat()] = round(counted.get(day, 0.0))
        day += timedelta(days=1)
    row.days = days
    row.save()


def _today(at: datetime) -> date:
    return at.astimezone(timezone.get_default_timezone()).date()
