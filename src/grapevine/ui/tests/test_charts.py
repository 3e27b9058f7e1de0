"""Charts say in words and numbers what they draw, and pass our Content-Security-Policy."""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from grapevine.ui import charts, drawings, pictures

BEGIN = datetime(2026, 2, 1, tzinfo=UTC)
DAYS = [(BEGIN + timedelta(days=place), 10 + place) for place in range(28)]
EVIL = '"><script>alert(1)</script>'


def of_each_kind() -> list[charts.Chart]:
    part = charts.Part
    return [
        charts.volume(DAYS, [5] * 28, title="Per day"),
        charts.share_of_voice(
            [part(EVIL, 0, (3, 2)), part("B", 9, (1, 1))], ["mentions", "authors"], title="Share"
        ),
        charts.by_category([(EVIL, 4, 2), ("B", 2, 3)], title="By source", category="Source"),
        charts.rising_words([(EVIL, 20, 3), ("te", 5, 0)], title="Rising words"),
    ]


def test_a_chart_holds_nothing_the_policy_refuses() -> None:
    for chart in of_each_kind():
        for picture in (chart.wide, chart.narrow):
            assert not re.search(r"style|<script|javascript:|href|\son\w+=", picture)
            root = ElementTree.fromstring(picture)
            assert root.get("viewBox")
            assert root.get("width") is None


def test_a_description_is_what_altair_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    from altair import LayerChart

    seen = []
    write = LayerChart.to_dict
    monkeypatch.setattr(
        LayerChart, "to_dict", lambda self, **_given: seen.append(1) or write(self, validate=True)
    )
    pictures.draw.cache_clear()
    shutil.rmtree(pictures.folder(), ignore_errors=True)
    of_each_kind()
    assert len(seen) == 8


def test_the_colours_are_tokens_so_that_one_picture_serves_light_and_dark() -> None:
    for chart in of_each_kind():
        colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', chart.wide)) - {"none", "transparent"}
        assert all(colour.startswith("var(--") for colour in colours), colours
        assert "#0a0" not in chart.wide


def test_volume_tells_what_it_shows_against_the_period_before() -> None:
    chart = charts.volume(DAYS, [5] * 28, title="Per day")
    assert chart.description == "658 mentions, 140 in the period before (+370%). Most: 37, 28 February 2026."
    assert chart.columns == ("Time", "Mentions", "Period before")
    assert chart.rows[0] == ("1 February 2026", "10", "5")
    assert chart.raw[0][1:] == (10, 5)
    assert len(chart.rows) == 28


def test_a_chart_speaks_the_language_of_the_reader() -> None:
    with translation.override("da"):
        danish = charts.volume([(at, count * 1000) for at, count in DAYS], title="Pr. dag")
    assert ">40\u202ft<" in danish.wide
    assert ". feb" in danish.wide or " feb" in danish.wide
    english = charts.volume([(at, count * 1000) for at, count in DAYS], title="Per day")
    assert ">40K<" in english.wide
    assert " Feb<" in english.wide


def test_days_are_those_of_the_readers_clock() -> None:
    with timezone.override(timezone.get_fixed_timezone(180)):
        chart = charts.volume([(datetime(2026, 2, 1, 22, tzinfo=UTC), 3)], title="Per day")
    assert chart.rows[0][0] == "2 February 2026"


def test_the_same_figures_are_drawn_once() -> None:
    charts.by_category([("A", 4)], title="One", category="Source")
    before = pictures.draw.cache_info()
    charts.by_category([("A", 4)], title="Another title", category="Source")
    after = pictures.draw.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 2)


def test_ids_of_two_pictures_on_a_page_do_not_meet() -> None:
    pictures_of_all = "".join(chart.wide + chart.narrow for chart in of_each_kind())
    ids = re.findall(r' id="([^"]+)"', pictures_of_all)
    assert len(ids) == len(set(ids))


def test_hovering_a_bar_tells_its_number() -> None:
    assert "<title>1 February 2026: 10</title>" in charts.volume(DAYS, title="Per day").wide


@pytest.mark.parametrize(
    ("largest", "expected"),
    [
        (0, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (7, [0, 2, 4, 6, 8]), (235, [0, 100, 200, 300]),
        (4_000_000, [0, 1e6, 2e6, 3e6, 4e6]),
    ],
)  # fmt: skip
def test_an_axis_has_round_whole_numbers_up_to_the_largest(largest: float, expected: list[float]) -> None:
    assert drawings.ticks(largest) == expected


def test_nothing_to_draw_says_so() -> None:
    for chart in (
        charts.volume([], title="x"),
        charts.volume([(BEGIN, 0)], title="x"),
        charts.share_of_voice([], ["mentions"], title="x"),
        charts.by_category([], title="x", category="Source"),
        charts.rising_words([], title="x"),
    ):
        assert chart.is_empty
        assert "Nothing to draw yet" in Template("{% chart c %}").render(Context({"c": chart}))


def test_the_numbers_are_one_click_away() -> None:
    shown = Template("{% chart c csv='/x.csv' %}").render(
        Context({"c": charts.volume(DAYS, title="Per day")})
    )
    assert 'role="img" aria-label="Per day. 658 mentions' in shown
    assert '<th scope="row"><bdi>1 February 2026</bdi></th>' in shown
    assert 'href="/x.csv"' in shown


def test_many_kinds_are_drawn_in_part_and_listed_in_full() -> None:
    chart = charts.by_category([(f"Source {n}", 50 - n) for n in range(40)], title="x", category="Source")
    assert len(chart.rows) == 40
    assert chart.wide.count("<title>") == charts.MOST_ROWS


def test_a_brand_too_quiet_to_be_seen_in_the_bar_is_told_in_the_legend() -> None:
    parts = [
        charts.Part("Elsinore", 0, (97, 40)),
        charts.Part("Wittenberg", 1, (3, 2)),
        charts.Part("Paris", 2, (0, 0)),
    ]
    chart = charts.share_of_voice(parts, ("Mentions", "Unique authors"), title="Share of voice")
    assert [key.label for key in chart.legend] == ["Elsinore", "Wittenberg (3% · 5%)", "Paris (0% · 0%)"]


def test_a_source_with_nothing_is_a_row_with_nought() -> None:
    chart = charts.by_category([("Forum", 5), ("Blog", 0)], title="By source", category="Source")
    assert chart.rows[1] == ("Blog", "0", "0.0%")
    assert "0 · 0%" in chart.wide


def test_what_one_process_drew_another_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = charts.volume(DAYS, [5] * 28, title="Per day")
    pictures.draw.cache_clear()
    monkeypatch.setattr(pictures, "_drawn", lambda *_given: pytest.fail("drawn again"))
    assert charts.volume(DAYS, [5] * 28, title="Per day").wide == drawn.wide


def test_pictures_of_a_month_ago_are_let_go_and_a_full_disk_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, young = tmp_path / "old.svg", tmp_path / "young.svg"
    for one in (old, young):
        one.write_text("<svg/>")
    os.utime(old, (0, 0))
    pictures._keep(tmp_path / "00.svg", "<svg/>")
    assert {one.name for one in tmp_path.iterdir()} == {"00.svg", "young.svg"}
    pictures._keep(young / "below" / "a.svg", "<svg/>")  # no folder
