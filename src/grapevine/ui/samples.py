"""What the component page shows: every component with true-looking contents, none of it from the database."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from grapevine.ui import charts
from grapevine.ui.components.lists import Facet, Tab
from grapevine.ui.components.posts import BrandTag, PostView, QueryPart, segments

BRANDS = (
    "Nordlys Kaffe",
    "Fjellbrent",
    "Kystrost",
    "Skogskopp",
    "Morgenkop",
    "Zeebries",
    "Havrefors",
    "Lykta",
)


class SampleForm(forms.Form):
    """A form with each kind of field; shown empty, and once more with errors."""

    name = forms.CharField(
        label="Name", max_length=60, help_text="As people know it. You can change it later."
    )
    address = forms.URLField(label="Address", required=False, assume_scheme="https")
    about = forms.CharField(label="About", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    country = forms.ChoiceField(
        label="Country", choices=[("se", "Sweden"), ("dk", "Denmark"), ("nl", "Netherlands")]
    )
    kind = forms.ChoiceField(
        label="Kind",
        widget=forms.RadioSelect,
        choices=[("own", "Ours"), ("other", "A competitor's")],
        initial="own",
    )
    daily = forms.BooleanField(label="Send me a summary every morning", required=False)


def _wave(place: int) -> int:
    storm = 190 * math.exp(-((place - 41) ** 2) / 6)
    return round(46 + 18 * math.sin(place / 2.2) + (place % 7 > 4) * -14 + place * 0.4 + storm)


def chart_samples(now: datetime) -> dict[str, charts.Chart]:
    """One chart of each kind."""
    begin = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=59)
    days = [(begin + timedelta(days=place), _wave(place)) for place in range(60)]
    hours_begin = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=47)
    hours = [
        (hours_begin + timedelta(hours=place), max(0, round(9 + 8 * math.sin(place / 3.8 - 2))))
        for place in range(48)
    ]
    numbers = ((4812, 1904), (2950, 1720), (1403, 690), (612, 401))
    parts = [charts.Part(BRANDS[place], place, pair) for place, pair in enumerate(numbers)]
    return {
        "volume": charts.volume(
            days,
            [round(_wave((place + 30) % 60) * 0.8) for place in range(60)],
            title=_("Mentions per day"),
            unfinished=True,
        ),
        "hours": charts.volume(hours, title=_("The last two days"), unit="hour", colour=1),
        "share": charts.share_of_voice(
            parts, [_("mentions"), _("unique authors")], title=_("Share of voice")
        ),
        "sources": charts.by_category(
            [
                ("Kaffebloggen", 1820, 1500),
                ("Mastodon", 1466, 1610),
                ("Feinschmecker forum", 702, 340),
                ("Trustpilot", 333, 335),
            ],
            title=_("By source"),
            category=_("Source"),
        ),
        "languages": charts.by_category(
            [("svenska", 2410), ("dansk", 1204), ("Nederlands", 903), ("English", 295)],
            title=_("By language"),
            category=_("Language"),
            colours=(0, 1, 2, 3),
        ),
        "rising": charts.rising_words(
            [("havremjölk", 212, 21), ("filter", 180, 64), ("paaskekop", 96, 0), ("te duur", 71, 30)],
            title=_("Rising words"),
        ),
        "empty": charts.volume([], title=_("Mentions per day")),
    }


def post_samples(now: datetime) -> list[PostView]:
    """Posts in several languages and writing directions, short and long."""
    text = "Provade nya mörkrosten från Nordlys Kaffe i helgen. Bästa på länge, men påsen går inte att återförsluta ☕"
    long = (
        "Vi har i mange år købt vores bønner hos Kystrost.\n\n"
        + "De plejer at svare samme dag, men nu er der gået en uge. " * 14
    )
    arabic = "قهوة Nordlys Kaffe ممتازة لكن التوصيل بطيء جدا"
    start = text.index("Nordlys")
    return [
        PostView(
            id="1", text=segments(text, [(start, start + 13)], why="“Nordlys Kaffe”"), published_at=now - timedelta(minutes=4),
            href="#post-1", url="https://example.org/1", lang="sv", author_name="Elin Berg",
            author_handle="@elinberg@example.org",
            author_href="#author", source_name="Mastodon", brands=(BrandTag(BRANDS[0], 0),),
            metrics=(("heart", _("Likes"), 12), ("repost", _("Shares"), 3), ("comment", _("Comments"), 1840)), copies=3,
        ),
        PostView(
            id="2", text=long, title="Hvor blev servicen af?", published_at=now - timedelta(hours=7), href="#post-2", lang="da",
            author_name="Kaffefar", source_name="Kaffebloggen", source_icon="comment", kind="comment",
            brands=(BrandTag(BRANDS[2], 2), BrandTag(BRANDS[0], 0)), badges=((_("unsure"), "warn"), (_("deleted there"), "bad")),
        ),
        PostView(
            id="3", text=segments(arabic, [(5, 18)]), published_at=now - timedelta(days=40), lang="ar", author_name="مريم",
            author_handle="@maryam", source_name="Mastodon", brands=(BrandTag(BRANDS[0], 0),),
        ),
    ]  # fmt: skip


def everything(now: datetime) -> dict[str, Any]:
    """The context of the component page."""
    return {
        "now": now,
        "form": SampleForm(),
        "wrong_form": SampleForm({"name": "", "address": "not an address", "country": "xx", "kind": "own"}),
        "charts": chart_samples(now),
        "posts": post_samples(now),
        "brands": [BrandTag(name, place) for place, name in enumerate(BRANDS)],
        "spark": [_wave(place) for place in range(30, 60)],
        "tabs": [Tab(_("All"), "?", True, 12480), Tab(_("Unread"), "?view=unread", False, 31), Tab(_("Saved"), "?view=saved")],
        "facets": [Facet(name, name, 900 // (place + 1), place < 2, place) for place, name in enumerate(BRANDS)],
        "query": [
            QueryPart("{Nordlys}", "word"), QueryPart(" "), QueryPart("NEAR/4", "operator"), QueryPart(" ("),
            QueryPart('"kaffe bryg"', "phrase"), QueryPart(" OR ", "operator"), QueryPart("lang:", "field"), QueryPart("da)"),
            QueryPart(" AND ", "operator"), QueryPart("autor:", "error", _("There is no such field.")), QueryPart("elin"),
        ],
        "rows": [
            {"name": name, "colour": place, "count": 4812 // (place + 1), "share": 0.5 / (place + 1),
             "at": now - timedelta(hours=place**3)}
            for place, name in enumerate(BRANDS[:4])
        ],
        "moments": [now - timedelta(seconds=20), now - timedelta(minutes=5), now - timedelta(hours=3), now - timedelta(days=2)],
        "tones": ["", "accent", "good", "warn", "bad", "info"],
        "numbers": [0, 7, 1234, 9999, 12_480, 999_960, 3_204_000, 1_950_000_000],
    }  # fmt: skip
