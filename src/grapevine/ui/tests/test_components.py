"""Components escape what they are given, say what they are, and keep the address true."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from grapevine.core import testing
from grapevine.ui.components import basics, lists, posts
from grapevine.ui.components import forms as fields

EVIL = "<script>alert('x')</script>"


def render(source: str, *, query: str = "", **context: Any) -> str:
    request = RequestFactory().get(f"/list?{query}")
    return Template(source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    "source",
    [
        "{% button evil data_key=evil %}", "{% link_button evil evil %}", "{% badge evil tone=evil %}",
        "{% chip evil href=evil %}", "{% chip evil remove=evil %}",
        "{% card title=evil more=evil %}x{% endcard %}", "{% empty evil text=evil %}{% endempty %}",
        "{% notice title=evil %}x{% endnotice %}", "{% dialog evil evil %}x{% enddialog %}",
        "{% dialog_button evil evil %}", "{% menu evil %}x{% endmenu %}", "{% loading evil id=evil %}",
        "{% icon 'x' label=evil %}", "{% stat evil evil note=evil %}",
        "{% table caption=evil %}x{% endtable %}", "{% th evil sort=evil %}",
        "{% pager newer=evil older=evil summary=evil %}",
        "{% progress evil 1 total=2 note=evil unit=evil poll=evil %}", "{% marked evil %}",
        "{% query evil label=evil %}", "{% sparkline numbers evil %}",
        "{% filter_bar label=evil target=evil %}x{% endfilter_bar %}",
    ],
)  # fmt: skip
def test_nothing_given_becomes_markup(source: str) -> None:
    assert "<script" not in render(source, evil=EVIL, numbers=[1, 2, 3])


def test_attributes_are_named_as_in_html_and_dropped_when_false() -> None:
    shown = basics.button("Save", hx_post="/x", class_="mine", disabled=True, autofocus=False, title=None)
    assert (
        shown == '<button class="button mine" hx-post="/x" disabled type="submit"><span>Save</span></button>'
    )


def test_a_button_without_a_shown_label_is_still_read_out() -> None:
    assert '<span class="visually-hidden">Refresh</span>' in basics.button(
        "Refresh", icon="refresh", hide_label=True
    )


def test_the_colours_of_brands_come_round() -> None:
    assert basics.hue(3) == 3
    assert basics.hue(11) == 3
    assert basics.hue(None) == 0


def test_spans_may_overlap_touch_and_reach_outside() -> None:
    pieces = posts.segments("kaffe och te", [(10, 99), (-4, 3), (2, 5), (5, 5), (20, 30)])
    assert [(piece.text, piece.marked) for piece in pieces] == [
        ("kaffe", True),
        (" och ", False),
        ("te", True),
    ]
    assert posts.segments("", [(0, 4)]) == (posts.Segment(""),)


def test_marked_words_are_marked_and_escaped() -> None:
    pieces = posts.segments("a <b> c", [(2, 5)], why='it\'s "b"')
    assert posts.marked(pieces) == 'a <mark title="it&#x27;s &quot;b&quot;">&lt;b&gt;</mark> c'


def test_a_post_is_isolated_from_the_direction_of_the_page() -> None:
    view = posts.PostView(
        id="1", text=EVIL, published_at=testing.NOON, lang="ar", author_name="مريم", url="https://a.example/"
    )
    shown = render("{% post view %}{% button 'Save' type='button' %}{% endpost %}", view=view)
    assert "<script" not in shown
    assert '<div class="post-text folded" dir="auto" lang="ar">' in shown
    assert "<bdi>مريم</bdi>" in shown
    assert 'rel="noopener noreferrer nofollow ugc"' in shown
    assert ">Save<" in shown


class Brand(forms.Form):
    name = forms.CharField(help_text="As people know it.")
    kind = forms.ChoiceField(choices=[("own", "Ours"), ("other", "Theirs")], widget=forms.RadioSelect)
    daily = forms.BooleanField(required=False)
    note = forms.CharField(required=False)

    def clean(self) -> None:
        raise forms.ValidationError("All of it is wrong.")


def test_help_and_error_are_tied_to_their_field() -> None:
    shown = fields.field(Brand({})["name"])
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_name_helptext">As people know it.' in shown
    assert shown.count('id="id_name_error"') == 1
    assert 'for="id_name"' in shown


def test_a_group_of_choices_is_a_fieldset_with_its_error() -> None:
    shown = fields.field(Brand({})["kind"])
    assert shown.startswith("<fieldset")
    assert 'aria-describedby="id_kind_error"' in shown
    assert "<legend>Kind" in shown


def test_an_optional_field_says_so_and_a_box_has_its_label_around_it() -> None:
    assert "(optional)" in fields.field(Brand()["note"])
    assert '<label class="choice"><input' in fields.field(Brand()["daily"])


def test_what_is_wrong_with_the_whole_form_is_read_out_at_once() -> None:
    shown = fields.form_fields(Brand({"name": "x", "kind": "own"}))
    assert 'role="alert"' in shown
    assert "All of it is wrong." in shown


def test_an_address_forgets_the_place_in_the_list_when_the_list_changes() -> None:
    query = QueryDict("brand=3&brand=4&before=99&sort=name")
    assert lists.address(query, sort="-name") == "?brand=3&brand=4&sort=-name"
    assert lists.address(query, sort=None) == "?brand=3&brand=4"


def test_a_column_says_how_it_is_sorted_and_turns_round() -> None:
    assert 'aria-sort="ascending"' in render("{% th 'Name' sort='name' %}", query="sort=name")
    assert "?sort=-name" in render("{% th 'Name' sort='name' %}", query="sort=name")
    assert "?sort=-count" in render("{% th 'Count' sort='count' number=True %}")  # numbers: the largest first
    assert "aria-sort" not in render("{% th 'Name' sort='name' %}")


def test_chosen_facets_are_seen_even_far_down() -> None:
    values = [lists.Facet(str(place), f"Brand {place}", chosen=place == 9) for place in range(12)]
    given = lists.facets("brand", "Brand", values, shown=3)
    assert [one.value for one in given["first"]] == ["0", "1", "2", "9"]
    assert len(given["rest"]) == 8


def test_progress_tells_rate_and_time_left_and_asks_again() -> None:
    shown = lists.progress(
        "Import", 50, total=250, rate=10, poll="/jobs/1", channel="core.jobs", only="job=1"
    )
    assert "20%" in shown
    assert "20\xa0s left" in shown
    assert 'hx-trigger="live, every 10s"' in shown
    assert 'data-live-only="job=1"' in shown
    assert "hx-get" not in lists.progress("Import", 250, total=250)
