"""Files of ties that are none, and lines that name one of several."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grapevine.core import access
from grapevine.core.testing import NOON, deeds, signed_in
from grapevine.people import testing as people
from grapevine.spread import testing, tie_lines
from grapevine.spread.actions import tie_files
from grapevine.spread.models import GivenTie, RefusedTie, TieFile

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01"


def ends(*given: str) -> list[tuple[str, str, float]]:
    return [(one.listener, one.speaker, one.weight) for one in tie_lines.read(given)]


@pytest.mark.parametrize(
    "heading",
    ["Lyssnare;Talare;Vikt", "lytter;taler;vægt", "luisteraar;spreker;gewicht", "listens_to;weight;listener", "följare;till;styrka"],
)  # fmt: skip
def test_columns_are_named_in_the_languages_of_the_pages(heading: str) -> None:
    row = {"listener": "ophelia", "speaker": "hamlet", "weight": "2,5"}
    kinds = {word: kind for kind, words in tie_lines.NAMES.items() for word in words}
    line = ";".join(row[kinds[one.lower()]] for one in heading.split(";"))
    assert ends(heading, line) == [("ophelia", "hamlet", 2.5)]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "empty"),
        (["# the court", ""], "empty"),
        (["listener,speaker"], "empty"),
        (["listener,age", "ophelia,19"], "heading"),
        (["\x89PNG", "\x1a", "\x00\x00\x00IHDR"], "no_text"),
    ],
)
def test_a_file_that_tells_of_no_ties_is_refused(lines: list[str], code: str) -> None:
    with pytest.raises(tie_lines.NoTies) as told:
        list(tie_lines.read(lines))
    assert told.value.code == code
    assert told.value.said()


def test_more_columns_than_are_named_are_not_guessed_at() -> None:
    assert [one.reason for one in tie_lines.read(["a,b,c,d", "a,b,2,"])] == ["columns", ""]


def test_platforms_are_told_for_both_or_for_each() -> None:
    def told(*given: str) -> list[tuple[str, str]]:
        return [(one.listener_platform, one.speaker_platform) for one in tie_lines.read(given)]

    assert told("listener,speaker,platform", "ophelia,hamlet,mastodon") == [("mastodon", "mastodon")]
    assert told("listener,speaker,speaker platform,platform", "ophelia,hamlet,bluesky,reddit") == [
        ("reddit", "bluesky")
    ]
    assert told("lyssnare,talare,kanal", "ophelia,hamlet,reddit") == [("reddit", "reddit")]


@pytest.mark.django_db
def test_one_of_several_is_told_by_the_platform() -> None:
    here = people.make_identity(handle="hamlet", platform="mastodon/1")
    there = people.make_identity(handle="hamlet", platform="bluesky/2")
    ophelia = people.make_identity(handle="ophelia", platform="mastodon/1")
    testing.make_tie_file("ophelia,mastodon/@hamlet", "Bluesky/hamlet,ophelia")
    testing.make_tie_file(
        "listener,speaker,speaker platform", "ophelia,hamlet,BlueSky", "ophelia,hamlet,reddit"
    )
    ties = GivenTie.objects.order_by("pk").values_list("listener_id", "speaker_id")
    assert list(ties) == [(ophelia.pk, here.pk), (there.pk, ophelia.pk), (ophelia.pk, there.pk)]
    assert RefusedTie.objects.get().reason == "speaker_unknown"


@pytest.mark.django_db
def test_the_page_names_those_who_may_be_meant_and_shows_what_became_ties() -> None:
    twins = [
        people.make_identity(handle="guildenstern", platform=f"{one}/1") for one in ("mastodon", "bluesky")
    ]
    people.make_identity(handle="hamlet")
    people.make_identity(handle="<b>ophelia")
    file = testing.make_tie_file("guildenstern,hamlet", "<b>ophelia,hamlet,3")
    page = signed_in("lead").get(f"/spread/ties/{file.pk}/").content.decode()
    assert "2 lines read, 1 became a tie, 1 was left out" in page
    assert "“guildenstern” may be:" in page
    for twin in twins:
        assert f"guildenstern #{twin.pk}</bdi>" in page
    assert "bluesky" in page
    assert "&lt;b&gt;ophelia" in page
    assert "<b>ophelia" not in page
    ties, further = tie_files_of(file)
    assert [(one.listener, one.speaker, one.weight) for one in ties] == [("<b>ophelia", "hamlet", 3.0)]
    assert further is None


def tie_files_of(file: TieFile) -> Any:
    from grapevine.spread.selectors import tie_files as selector

    return selector.ties(file)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PNG, "This is no text."),
        (b"listener,speaker\n", "There is no tie in this file"),
        (b"name,age\nclaudius,54\n", "they aren’t understood: listener, speaker, weight and platform are."),
        (
            b"yorick,gravedigger\n@alas,poor\n",
            "Line 2, “@alas,poor”: Of who listens, no watch ever caught a post.",
        ),
    ],
)
def test_what_is_no_file_of_ties_is_told_and_not_kept(data: bytes, said: str) -> None:
    answer = signed_in("lead").post("/spread/ties/", {"file": SimpleUploadedFile("ties.csv", data)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not TieFile.objects.exists()
    assert not RefusedTie.objects.exists()
    assert "spread.ties.added" not in deeds()


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_however_a_spreadsheet_wrote_it(encoding: str) -> None:
    people.make_identity(handle="Åsa")
    people.make_identity(handle="hamlet")
    data = "lyssnare;talare\r\nÅsa;hamlet\r\n".encode(encoding)
    lead = signed_in("lead")
    answer = lead.post("/spread/ties/", {"file": SimpleUploadedFile("ties.csv", data)})
    assert answer.status_code == 302
    assert GivenTie.objects.get().listener.handle == "Åsa"
    assert "1 tie was kept." in lead.get(answer.headers["Location"]).content.decode()


@pytest.mark.django_db
def test_a_file_of_which_only_the_name_is_unclear_is_kept_to_be_looked_at() -> None:
    for _twin in range(2):
        people.make_identity(handle="guildenstern")
    people.make_identity(handle="hamlet")
    file = tie_files.add(name="x", lines=["guildenstern,hamlet"], by=access.SYSTEM, at=NOON)
    assert (file.kept, file.refused) == (0, 1)
