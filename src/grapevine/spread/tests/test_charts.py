"""The workbench's pictures: marks where there are values, and nothing pressed flat."""

from __future__ import annotations

from grapevine.spread import charts
from grapevine.spread.outcomes import Course, Outcome


def outcome(*counts: int, sure: bool = False) -> Outcome:
    return Outcome(
        people=661, wanted=1, seeds=1, runs=sum(counts), sure=sure, mean=540, stderr=1, global_share=1.0,
        hundredths=tuple(float(one) for one in range(500, 601)), counts=counts, course=Course((), (), ()),
    )  # fmt: skip


def test_an_axis_that_begins_far_from_nought_has_marks_all_along() -> None:
    assert [word for _at, word in charts.between(500, 584)] == ["500", "520", "540", "560", "580"]
    assert [word for _at, word in charts.between(3, 9)] == [str(one) for one in range(3, 10)]
    assert len(charts.between(0, 1)) == 2


def test_who_always_ends_in_one_place_does_not_press_the_others_flat() -> None:
    edges = (500.0, 520.0, 540.0, 560.0, 580.0)
    rows = [("One hub", outcome(20, 30, 30, 20)), ("Nobody", outcome(0, 100, 0, 0, sure=True))]
    chart = charts.sizes(rows, edges, title="How often")
    assert chart.description.startswith("“Nobody” goes up to 100% and is cut off above")
    assert "Share of the runs" in chart.wide
    alike = charts.sizes([rows[0], ("Other", outcome(10, 40, 40, 10))], edges, title="How often")
    assert "cut off" not in alike.description
