"""The pictures of a brand's page, made from what its selectors found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from grapevine.listen.selectors.authors import Unique
from grapevine.listen.selectors.brands import BrandPage, BrandsPage
from grapevine.listen.selectors.topics import Topics
from grapevine.listen.selectors.volume import Part, Voice
from grapevine.listen.selectors.words import Words
from grapevine.ui import charts
from grapevine.ui.charts import Chart
from grapevine.understand.contracts import MOOD_NAMES, MOOD_TONES, MOODS

NAMED_BRANDS = 7  # the palette has eight colours; who comes after is drawn together


def volume(page: BrandPage) -> Chart:
    """Posts over time, beside the time before."""
    points = page.volume.points
    return charts.volume(
        [(point.at, point.posts) for point in points],
        [point.before for point in points] if page.volume.total.before else (),
        title=_("Mentions over time"),
        unit=page.period.bucket,
        # The day (or week) we are in is drawn pale: it is not over.
        unfinished=page.period.end_at < page.period.whole_end_at,
        colour=page.brand.position,
    )


def voices(page: BrandPage) -> Chart:
    """Whose part of the talk is how large, by mentions and by people."""
    return share_of_voice(page.volume.voices, page.authors)


def voices_of_all(page: BrandsPage) -> Chart:
    """The same for the page of all brands."""
    unique = {row.voice.brand_id: Unique(row.authors, 0) for row in page.compared}
    return share_of_voice([row.voice for row in page.compared], unique)


def share_of_voice(found: Sequence[Voice], authors: dict[int, Unique]) -> Chart:
    """One bar for mentions by others and one for unique authors; the quietest brands are drawn together."""
    nobody = Unique(0, 0)
    parts = [
        charts.Part(
            voice.name, voice.colour, (voice.count.by_others, authors.get(voice.brand_id, nobody).now)
        )
        for voice in found
    ]
    if len(parts) > NAMED_BRANDS + 1:
        rest = parts[NAMED_BRANDS:]
        together = tuple(sum(part.numbers[place] for part in rest) for place in range(2))
        parts = [*parts[:NAMED_BRANDS], charts.Part(_("Other brands"), 7, together)]
    return charts.share_of_voice(parts, (_("Mentions"), _("Unique authors")), title=_("Share of voice"))


def sources(page: BrandPage) -> Chart:
    return _by(page.volume.sources, _("By source"), _("Source"))


def languages(page: BrandPage) -> Chart:
    return _by(page.volume.languages, _("By language"), _("Language"))


def moods(page: BrandPage) -> Chart:
    """How posts feel, over time; those nobody is sure of stand pale on top."""
    kinds = [(MOOD_NAMES[mood], MOOD_TONES[mood]) for mood in MOODS]
    return charts.stacked(
        page.moods.points,
        [*kinds, (_("Not sure"), "pale")],
        title=_("Mood over time"),
        unit=page.period.bucket,
        unfinished=page.period.end_at < page.period.whole_end_at,
    )


def _by(parts: Sequence[Part], title: str, category: str) -> Chart:
    rows: list[tuple[str, int] | tuple[str, int, int]]
    if any(part.count.before for part in parts):
        rows = [(part.name, part.count.posts, part.count.before) for part in parts]
    else:
        rows = [(part.name, part.count.posts) for part in parts]
    return charts.by_category(rows, title=title, category=category)


def words(found: Words) -> Chart:
    """Words that rose."""
    return charts.rising_words(
        [(word.word, word.now, word.before) for word in found.found], title=_("Rising words")
    )


def topics(found: Topics) -> Chart:
    """The numbers of topics; they are drawn by the page itself."""
    columns = (
        _("Topic"),
        _("Language"),
        _("Mentions"),
        _("Period before"),
        *map(str, MOOD_NAMES.values()),
        _("Not sure"),
        _("Search"),
    )
    raw = tuple(
        (", ".join(one.label), one.lang, one.posts, one.before, *one.moods.values(), one.query)
        for one in found.found
    )
    return Chart(_("Topics"), "", columns, (), raw)


# What can be had as a file, by its name in the address.
OF_PAGE: dict[str, Callable[[BrandPage], Chart]] = {
    "volume": volume,
    "voices": voices,
    "sources": sources,
    "languages": languages,
    "moods": moods,
}
