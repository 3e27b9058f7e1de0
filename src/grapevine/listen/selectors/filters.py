"""What a wish in an address means: the filter, the words for it, and what else could be chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from grapevine.engine import query
from grapevine.listen import periods, query_words, reads, spans
from grapevine.listen.contracts.filters import MEANING, UNSURE, Filter, Wish
from grapevine.listen.models import Brand, Watch
from grapevine.listen.selectors import vocabulary
from grapevine.listen.selectors.vocabulary import Text
from grapevine.people.selectors import names
from grapevine.sources.selectors import shown
from grapevine.understand.contracts import INTENT_NAMES


@dataclass(frozen=True)
class Brands:
    """What a page needs to name brands and watches: brands and present watches by id."""

    brands: dict[int, Brand]
    watches: dict[int, Watch]


@dataclass(frozen=True)
class Chip:
    """An active filter in words. `names` are the wish's fields it stands for."""

    label: Text
    text: Text
    names: tuple[str, ...]
    colour: int | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A wish, understood. `problems` say what of it could not be; then the stream shows nothing rather than too much."""

    wish: Wish
    filter: Filter
    chips: tuple[Chip, ...]
    problems: tuple[Text, ...]
    named: Brands
    sources: dict[int, shown.SourceName]
    zone: tzinfo
    fault: query.QueryError | None = None
    lints: tuple[query.Lint, ...] = ()
    by_meaning: bool = False  # whether it could be searched by meaning

    def options(self) -> dict[str, list[vocabulary.Option]]:
        """What can be chosen, by the wish's fields."""
        wish = self.wish
        return {
            "brand": [
                vocabulary.Option(one.slug, one.name, one.slug == wish.brand)
                for one in self.named.brands.values()
            ],
            "watch": [
                vocabulary.Option(
                    str(one.pk), one.name, str(one.pk) == wish.watch, self.named.brands[one.brand_id].name
                )
                for one in self.named.watches.values()
                if not wish.brand or self.named.brands[one.brand_id].slug == wish.brand
            ],
            "source": [
                vocabulary.Option(str(one.id), one.name, str(one.id) == wish.source)
                for one in self.sources.values()
            ],
            "lang": [
                vocabulary.Option(code, name, code == wish.lang)
                for code, name in vocabulary.languages().items()
            ],
            "mood": [
                vocabulary.Option(key, name, key == wish.mood) for key, name in vocabulary.MOODS.items()
            ],
            "want": [vocabulary.Option(key, name, key == wish.want) for key, name in INTENT_NAMES.items()],
            "spam": [vocabulary.Option(key, name, key == wish.spam) for key, name in vocabulary.SPAM.items()],
            "period": [
                vocabulary.Option(key, name, key == wish.period) for key, name in vocabulary.PERIODS.items()
            ],
        }


def named() -> Brands:
    """All brands and watches there are, for their names."""
    brands = {one.pk: one for one in Brand.objects.present()}
    watches = {
        one.pk: one for one in Watch.objects.present().order_by("name", "pk") if one.brand_id in brands
    }
    return Brands(brands, watches)


def understood(wish: Wish, *, now: datetime, zone: tzinfo, by_meaning: bool = False) -> Choice:
    """What `wish` means at `now` for a reader in `zone`. Four questions to the database, five with an author.

    `by_meaning` says that who asks can search by meaning; where not, a wish for that is a problem.
    """
    reading = _Reading(wish, named(), shown.source_names(), now, zone, by_meaning)
    return reading.choice()


def without_spam(chosen: Filter) -> Filter:
    """The same filter for what people say: without spam."""
    return replace(chosen, spam=False)


def again(choice: Choice, wish: Wish, *, now: datetime) -> Choice:
    """The same choice with another wish, without asking for names anew."""
    return _Reading(wish, choice.named, choice.sources, now, choice.zone, choice.by_meaning).choice()


class _Reading:
    """Reads one wish, field by field."""

    def __init__(
        self,
        wish: Wish,
        named: Brands,
        sources: dict[int, shown.SourceName],
        now: datetime,
        zone: tzinfo,
        by_meaning: bool,
    ) -> None:
        self.by_meaning = by_meaning
        self.wish, self.named, self.sources, self.now, self.zone = wish, named, sources, now, zone
        self.found: dict[str, Any] = {}
        self.chips: list[Chip] = []
        self.problems: list[Text] = []

    def choice(self) -> Choice:
        is_meant = bool(self.wish.q) and self.wish.by == MEANING
        checked = query.check(self.wish.q) if self.wish.q and not is_meant else None
        if checked:
            self.found["q"] = self.wish.q
            self.chips.append(Chip(gettext("Search"), self.wish.q, ("q",)))
            if checked.error:
                self.problems.append(query_words.error(checked.error))
        if is_meant:
            self._meaning()
        self._brand()
        self._watch()
        self._source()
        self._language()
        self._read()
        self._author()
        self._times()
        self.found["folded"] = self.wish.copies != "all"
        return Choice(
            wish=self.wish,
            filter=Filter(**self.found),
            chips=tuple(self.chips),
            problems=tuple(self.problems),
            named=self.named,
            sources=self.sources,
            zone=self.zone,
            fault=checked.error if checked else None,
            lints=checked.lints if checked else (),
            by_meaning=self.by_meaning,
        )

    def _meaning(self) -> None:
        self.chips.append(Chip(gettext("Meaning"), self.wish.q, ("q", "by")))
        if self.by_meaning:
            self.found["meaning"] = self.wish.q
        else:
            self.problems.append(gettext("Searching by meaning is not possible here."))

    def _brand(self) -> None:
        if not self.wish.brand:
            return
        for one in self.named.brands.values():
            if one.slug == self.wish.brand:
                self.found["brand_id"] = one.pk
                self.chips.append(Chip(gettext("Brand"), one.name, ("brand",), one.position))
                return
        self.problems.append(gettext("There is no brand “%(name)s” any longer.") % {"name": self.wish.brand})

    def _watch(self) -> None:
        if not self.wish.watch:
            return
        one = self.named.watches.get(_number(self.wish.watch))
        if one is None:
            self.problems.append(gettext("The watch you chose is not there any longer."))
            return
        self.found["watch_id"] = one.pk
        brand = self.named.brands[one.brand_id]
        self.chips.append(Chip(gettext("Watch"), one.name, ("watch",), brand.position))
        if self.found.get("brand_id") == one.brand_id:
            del self.found["brand_id"]  # the watch says it already
        elif "brand_id" in self.found:
            self.problems.append(
                gettext("The watch “%(watch)s” belongs to another brand.") % {"watch": one.name}
            )

    def _source(self) -> None:
        if not self.wish.source:
            return
        one = self.sources.get(_number(self.wish.source))
        if one is None:
            self.problems.append(gettext("The source you chose is not there any longer."))
            return
        self.found["source_id"] = one.id
        self.chips.append(Chip(gettext("Source"), one.name, ("source",)))

    def _language(self) -> None:
        code = self.wish.lang
        if not code:
            return
        name = vocabulary.languages().get(code)
        if name is None:
            self.problems.append(gettext("We don't read the language “%(code)s”.") % {"code": code})
            return
        self.found["lang"] = "" if code == UNSURE else code
        self.chips.append(Chip(gettext("Language"), name, ("lang",)))

    def _read(self) -> None:
        """Mood, wish and spam."""
        wish = self.wish
        if wish.mood in vocabulary.MOODS:
            self.found["mood"] = reads.MOOD_NUMBERS.get(wish.mood, reads.UNSURE)
            self.chips.append(Chip(gettext("Mood"), vocabulary.MOODS[wish.mood], ("mood",)))
        elif wish.mood:
            self.problems.append(gettext("There is no mood “%(key)s”.") % {"key": wish.mood})
        if wish.want in INTENT_NAMES:
            self.found["want"] = reads.WANT_BITS[wish.want]
            self.chips.append(Chip(gettext("What it wants"), INTENT_NAMES[wish.want], ("want",)))
        elif wish.want:
            self.problems.append(gettext("There is no wish “%(key)s”.") % {"key": wish.want})
        if wish.spam in vocabulary.SPAM:
            self.found["spam"] = wish.spam == "only"
            self.chips.append(Chip(gettext("Spam"), vocabulary.SPAM[wish.spam], ("spam",)))
        elif wish.spam:
            self.problems.append(
                gettext("Spam can be hidden or shown alone; “%(key)s” is neither.") % {"key": wish.spam}
            )

    def _author(self) -> None:
        if not self.wish.author:
            return
        name = names.identity(_number(self.wish.author))
        if name is None:
            self.problems.append(gettext("The author you chose is not known any longer."))
            return
        self.found["identity_id"] = _number(self.wish.author)
        self.chips.append(Chip(gettext("Author"), name or gettext("Unknown author"), ("author",)))

    def _times(self) -> None:
        wish = self.wish
        if wish.period and not (wish.since or wish.until):
            if wish.period not in vocabulary.PERIODS:
                self.problems.append(gettext("There is no period “%(key)s”.") % {"key": wish.period})
                return
            self.found["start"] = (
                self.now - timedelta(hours=24)
                if wish.period == "24h"
                else periods.chosen({"period": wish.period}, now=self.now, zone=self.zone).start_at
            )
            self.chips.append(Chip(gettext("Time"), vocabulary.PERIODS[wish.period], ("period",)))
            return
        start, end = self._moment(wish.since, last=False), self._moment(wish.until, last=True)
        if start and end and start >= end:
            self.problems.append(gettext("The time ends before it begins."))
        self.found["start"], self.found["end"] = start, end
        if start or end:
            self.chips.append(
                Chip(gettext("Time"), spans.told(start, end, self.zone), ("since", "until", "period"))
            )

    def _moment(self, text: str, *, last: bool) -> datetime | None:
        if not text:
            return None
        try:
            if len(text) == 10:
                day = date.fromisoformat(text) + timedelta(days=1 if last else 0)
                return datetime.combine(day, time(), self.zone)
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        except (ValueError, OverflowError):
            self.problems.append(gettext("“%(text)s” is no date.") % {"text": text})
            return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def reader_zone() -> tzinfo:
    """The time zone of whoever reads the page."""
    return timezone.get_current_timezone()
