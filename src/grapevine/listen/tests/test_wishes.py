"""Filters in addresses."""

from __future__ import annotations

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from grapevine.listen.contracts.filters import PARAMETERS, Filter, Wish


def test_a_wish_reads_what_it_wrote():
    wish = Wish(
        q='"fjord kaffe" OR té', brand="fjordkaffe", since="2026-01-01", until="2026-02-01", copies="all"
    )
    assert Wish.read(QueryDict(wish.address()[1:])) == wish


def test_times_are_called_from_and_to_in_addresses():
    assert Wish(since="2026-01-01", until="2026-02-01").address() == "?from=2026-01-01&to=2026-02-01"


def test_empty_filters_are_not_in_the_address():
    assert Wish(brand="x").address() == "?brand=x"
    assert not Wish()
    assert Wish(brand="x").without("brand") == Wish()


@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=3000)))
def test_whatever_stands_in_an_address_is_read(params):
    wish = Wish.read(params)
    assert len(wish.q) <= 2000
    assert Wish.read(wish.params()) == wish


def test_the_audit_keeps_what_was_asked_for_only():
    assert Filter(brand_id=3, lang="").facts() == {"brand_id": 3, "lang": ""}
