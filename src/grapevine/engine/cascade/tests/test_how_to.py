"""The how-to is followed to the letter: what stands there is a model that obeys every check."""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grapevine.engine.cascade import checks
from grapevine.engine.cascade.models.watts import WattsThreshold
from grapevine.engine.graph import from_arrays

PAGE = Path(__file__).parents[5] / "docs" / "how-to" / "add-a-spread-model.md"


@pytest.fixture(scope="module")
def stubborn(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The page's model, from a file of its own as the page says."""
    found = re.search(r"```python\n(.*?)\n   ```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    folder = tmp_path_factory.mktemp("how_to")
    (folder / "stubborn_of_the_page.py").write_text(textwrap.dedent("   " + found[1].lstrip()), "utf-8")
    sys.path.insert(0, str(folder))
    try:
        import stubborn_of_the_page as page  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(folder))
    return page.Stubborn


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_the_model_of_the_page_is_held_to_every_check(stubborn: Any, check: checks.Check) -> None:
    check(stubborn())


def test_with_nobody_stubborn_it_is_watts_model_and_with_all_nobody_joins(
    stubborn: Any,
) -> None:
    dice = np.random.default_rng(3)
    graph = from_arrays(*dice.integers(0, 200, (2, 700)), people=200)
    plain = WattsThreshold(threshold=0.3).simulate(graph, [1, 2, 3], runs=1)
    assert stubborn(threshold=0.3, stubborn=0).simulate(graph, [1, 2, 3], runs=1).mean == plain.mean
    assert stubborn(threshold=0.3, stubborn=1).simulate(graph, [1, 2, 3], runs=1).mean == 3
