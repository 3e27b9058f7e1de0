"""The pages of sources: what people do there, and what it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grapevine import connectors
from grapevine.connectors import errors
from grapevine.connectors.base import CheckReport
from grapevine.core.testing import deeds, signed_in
from grapevine.sources import uploads
from grapevine.sources.actions import imports
from grapevine.sources.models import Import, Post, Rejected, Source, SourceState
from grapevine.sources.testing import heard, make_import, make_source, store

pytestmark = pytest.mark.django_db
TABLE = "id,text,date,author\n1,Så gott kaffe!,2026-11-01 10:00,elin\n2,Nej tack,2026-11-02 11:00,per\n"


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def upload(client: Any, text: str | bytes = TABLE, name: str = "posts.csv") -> str:
    """Upload a file; returns the address of the page that shows how it would be read."""
    data = text if isinstance(text, bytes) else text.encode()
    answer = client.post(reverse("sources:import"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def test_without_sources_the_page_leads_on() -> None:
    page = signed_in("lead").get(reverse("sources:sources")).content.decode()
    assert reverse("sources:new") in page
    assert reverse("sources:import") in page


def test_a_reader_sees_sources_but_no_way_to_change_them() -> None:
    source = make_source()
    page = signed_in("reader").get(reverse("sources:source", args=[source.pk])).content.decode()
    assert source.name in page
    assert reverse("sources:edit", args=[source.pk]) not in page


def test_a_source_in_trouble_stands_first_and_says_what_to_do() -> None:
    make_source(name="Aardvark")
    error = errors.Unreachable("unknown_host", host="nowhere.example")
    make_source(name="Zebra", last_error_code=error.code, last_error_params=error.params, failures=3)
    page = signed_in().get(reverse("sources:sources")).content.decode()
    assert page.index("Zebra") < page.index("Aardvark")
    assert "There is no host called nowhere.example" in page


def test_a_feed_is_added_with_the_settings_its_connector_names() -> None:
    client = signed_in("lead")
    given = {"name": "Our blog", "url": "https://blog.example/feed", "retention_days": 30}
    answer = client.post(reverse("sources:add", args=["feed"]), given)
    source = Source.objects.get()
    assert answer["Location"] == reverse("sources:source", args=[source.pk])
    assert (source.settings["url"], source.retention_days) == ("https://blog.example/feed", 30)
    assert "sources.source.added" in deeds()


def test_a_secret_is_kept_sealed_and_never_shown() -> None:
    client = signed_in("lead")
    given = {
        "name": "Blog",
        "url": "https://blog.example",
        "user": "maria",
        "password": "s3cret pass",
        "retention_days": 30,
    }
    fields = client.get(reverse("sources:add", args=["wordpress"])).context["form"].fields
    given = {key: given.get(key, "x") for key in fields} | {"url": "https://blog.example"}
    secret = next(key for key, field in fields.items() if field.widget.input_type == "password")
    given[secret] = "s3cret pass"
    assert (
        client.post(reverse("sources:add", args=["wordpress"]), {**given, "retention_days": 1}).status_code
        == 302
    )
    source = Source.objects.get()
    assert "s3cret" not in str(source.settings)
    for name in ("sources:source", "sources:edit"):
        assert "s3cret" not in client.get(reverse(name, args=[source.pk])).content.decode()
    before = bytes(source.credential.sealed)
    client.post(reverse("sources:edit", args=[source.pk]), {**given, secret: "", "retention_days": 1})
    source.credential.refresh_from_db()
    assert bytes(source.credential.sealed) == before


def test_a_wrong_form_says_so_and_adds_nothing() -> None:
    answer = signed_in("lead").post(reverse("sources:add", args=["feed"]), {"name": "", "url": ""})
    assert answer.status_code == 422
    assert not Source.objects.exists()


def test_trying_an_address_inside_the_network_is_refused_in_words() -> None:
    given = {"name": "Metadata", "url": "http://169.254.169.254/feed", "retention_days": 1, "check": "1"}
    page = signed_in("lead").post(reverse("sources:add", args=["feed"]), given).content.decode()
    assert "169.254.169.254" in page
    assert "GRAPEVINE_ALLOWED_NETWORKS" in page
    assert not Source.objects.exists()


def test_pausing_can_be_undone() -> None:
    source, client = make_source(connector="feed"), signed_in("lead")
    client.post(reverse("sources:pause", args=[source.pk]))
    source.refresh_from_db()
    assert source.state == SourceState.PAUSED
    client.post(reverse("sources:resume", args=[source.pk]))
    source.refresh_from_db()
    assert source.state == SourceState.ACTIVE


def test_removing_says_first_how_much_goes() -> None:
    source, client = make_source(), signed_in("lead")
    store(source, heard(), heard())
    assert "2 posts" in client.get(reverse("sources:remove", args=[source.pk])).content.decode()
    client.post(reverse("sources:remove", args=[source.pk]))
    source.refresh_from_db()
    assert source.state == SourceState.LEAVING


def test_an_uploaded_file_is_shown_as_it_would_be_read_before_anything_is_imported() -> None:
    client = signed_in("lead")
    page = client.get(upload(client)).content.decode()
    assert "Så gott kaffe!" in page
    assert not Import.objects.exists()
    assert not Post.objects.exists()


def test_a_file_without_authors_is_shown_too() -> None:
    client = signed_in("lead")
    page = client.get(upload(client, '{"id":"1","text":"Så gott kaffe!"}\n', "posts.jsonl")).content.decode()
    assert "Så gott kaffe!" in page


def test_a_confirmed_file_is_imported() -> None:
    client = signed_in("lead")
    address = upload(client)
    answer = client.post(address, {"start": "1", "name": "Old tool"})
    assert answer.status_code == 302, answer.content.decode()
    one = Import.objects.get()
    imports.run(one.pk, at=one.created_at)
    one.refresh_from_db()
    assert (one.read, one.new, one.rejected) == (2, 2, 0)
    page = client.get(answer["Location"]).content.decode()
    assert "posts.csv" in page


def test_a_column_can_be_given_another_meaning() -> None:
    client = signed_in("lead")
    address = upload(client, "who,what,when\nelin,Så gott kaffe,2026-11-01\nper,Nej tack,2026-11-02\n")
    given = {
        "column_0": "author_name",
        "column_1": "text",
        "column_2": "published_at",
        "name": "Odd",
        "start": "1",
    }
    assert client.post(address, given).status_code == 302
    imports.run(Import.objects.get().pk, at=Import.objects.get().created_at)
    assert set(Post.objects.values_list("author_name", "text")) == {
        ("elin", "Så gott kaffe"),
        ("per", "Nej tack"),
    }


def test_a_new_source_for_a_file_needs_a_name() -> None:
    client = signed_in("lead")
    answer = client.post(upload(client), {"start": "1", "name": ""})
    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_a_file_that_is_no_table_is_refused_in_words() -> None:
    client = signed_in("lead")
    address = upload(client, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 40, "picture.png")
    assert client.get(address).status_code in (200, 422)
    client.post(address, {"start": "1", "name": "Picture"})
    assert not Import.objects.exists()


def test_the_name_of_an_upload_cannot_leave_its_folder() -> None:
    kept = uploads.keep("../../../etc/passwd", [b"x"])
    assert kept.path.is_relative_to(uploads.folder())
    with pytest.raises(uploads.NoSuchUpload):
        uploads.waiting("../" * 8)


def test_rows_left_out_are_shown_with_line_and_reason_and_cannot_be_formulas() -> None:
    one = make_import()
    client = signed_in("lead")
    Rejected.objects.create(
        source=one.source,
        of_import=one,
        file_name="a.csv",
        line=7,
        reason="bad_date",
        detail="",
        raw=b"=cmd|'/c'!A1",
        at=one.created_at,
    )
    page = client.get(reverse("sources:rejected", args=[one.source_id])).content.decode()
    assert "The date cannot be read." in page
    assert ">7<" in page
    lines = b"".join(
        client.get(reverse("sources:rejected-csv", args=[one.source_id])).streaming_content
    ).decode()
    assert "'=cmd" in lines


def test_hostile_names_are_only_text() -> None:
    source = make_source(name="<script>alert(1)</script>")
    page = signed_in().get(reverse("sources:source", args=[source.pk])).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_as_little_for_many_sources_as_for_one(
    size: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(size):
        make_source(name=f"Source {number}")
    client = signed_in()
    client.get(reverse("sources:sources"))
    with django_assert_max_num_queries(8):
        client.get(reverse("sources:sources"))


OPEN_DATES = "id;text;datum\n1;Så gott kaffe!;01/02/2026\n2;Nej tack;03/04/2026\n"


def test_dates_that_nothing_decides_are_read_day_first_and_the_page_says_so() -> None:
    client = signed_in("lead")
    address = upload(client, OPEN_DATES)
    page = client.get(address).content.decode()
    assert "01/02/2026 was read as Feb. 1, 2026" in page or "01/02/2026 was read as 1 February 2026" in page
    page = client.post(address, {"day_first": "no", "look": "1", "name": "x"}).content.decode()
    assert "was read as" not in page
    assert client.post(address, {"day_first": "no", "start": "1", "name": "x"}).status_code == 302
    one = Import.objects.get()
    imports.run(one.pk, at=one.created_at)
    months = {post.published_at.month for post in Post.objects.all()}
    assert months <= {1, 2, 3}, "at most an evening before, in another zone"


def _swedish_lead() -> Any:
    client = signed_in("lead")
    client.user.language = "sv"
    client.user.save(update_fields=["language"])
    return client


def test_a_picture_is_refused_in_the_readers_language() -> None:
    client = _swedish_lead()
    page = client.get(upload(client, b"\x89PNG\r\n\x1a\n" + bytes(60)))
    assert page.status_code == 422
    assert "ingen tabell utan en bild" in page.content.decode()


def test_a_connection_test_speaks_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = connectors.get("feed")
    found = CheckReport(ok=True, lines=(feed.manifest.finding("feed_found", title="Bladet", count=2),))
    monkeypatch.setattr(type(feed), "check", lambda self, settings, *, http: found)
    client = _swedish_lead()
    given = {"name": "Bladet", "url": "https://bladet.example/", "retention_days": "30", "check": "1"}
    page = client.post(reverse("sources:add", args=["feed"]), given).content.decode()
    assert "Det här är flödet ”Bladet” med 2 inlägg." in page
