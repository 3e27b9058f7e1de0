"""Charts drawn before anybody looks at them: the pictures are kept as files (`ui.pictures`), so that the page finds them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation

from grapevine.spread import bench, cascade_charts
from grapevine.spread.actions import works
from grapevine.spread.models import Cascade, Simulation
from grapevine.spread.outcomes import Background, Outcome
from grapevine.spread.selectors import cascades


def of_simulation(
    row: Simulation, outcomes: Sequence[tuple[str, Outcome]], background: Background, model: str
) -> None:
    """Draw what came out of a simulation, in the language of who asked for it."""
    with translation.override(works.language_of(row)):
        bench.drawn(outcomes, background, model)


def of_cascade(number: int) -> None:
    """Draw the charts of a cascade that is done, in the language of who asked for it."""
    row = Cascade.objects.done().select_related("made_by").filter(pk=number).first()
    if row is None:
        return
    with translation.override(works.language_of(row)):
        page = cascades.page(row)
        cascade_charts.curve(page)
        cascade_charts.generations(page.seen)
        if page.seen.estimated is not None:
            cascade_charts.exposures(page.seen.estimated)
