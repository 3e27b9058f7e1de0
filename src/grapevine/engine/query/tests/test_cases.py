"""Queries with documents that must and must not match."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grapevine.engine import query

CASES = Path(__file__).resolve().parents[6] / "shared" / "query" / "cases.json"


@pytest.mark.shared
def test_the_shared_cases_hold() -> None:
    if not CASES.exists():
        pytest.skip("skipped: no ../shared")
    cases = json.loads(CASES.read_text())
    wrong = []
    for case in cases["cases"]:
        node = query.parse(case["query"])
        wrong += [
            (case["query"], d, "missed")
            for d in case["match"]
            if not query.matches(node, query.document_of(d))
        ]
        wrong += [
            (case["query"], d, "caught")
            for d in case["no_match"]
            if query.matches(node, query.document_of(d))
        ]
    assert wrong == []
    for malformed in cases["malformed"]:
        with pytest.raises(query.QueryError) as caught:
            query.parse(malformed)
        assert 0 <= caught.value.position <= len(malformed)
