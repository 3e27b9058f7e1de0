"""The page that shows how to use the engine from Python holds what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import grapevine.engine.cascade
import grapevine.engine.graph

PAGE = Path(__file__).parents[5] / "docs" / "python.md"


def test_what_the_page_shows_runs() -> None:
    [shown] = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    exec(compile(shown, str(PAGE), "exec"), {})


@pytest.mark.parametrize("module", [grapevine.engine.graph, grapevine.engine.cascade])
def test_promised_names_are_shown_before_they_are_loaded(module: Any) -> None:
    assert set(module.__all__) <= set(dir(module))
    assert all(getattr(module, name) is not None for name in module.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'gossip'"):
        module.gossip  # noqa: B018
