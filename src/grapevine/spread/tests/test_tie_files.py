"""Files that tell who listens to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grapevine.core import access, jobs
from grapevine.core.privacy import Subject
from grapevine.core.testing import NOON, deeds, make_user, signed_in
from grapevine.people import testing as people
from grapevine.spread import privacy, snapshots, testing, tie_lines
from grapevine.spread.actions import networks, tie_files
from grapevine.spread.definitions import Definition
from grapevine.spread.models import GivenTie, Network, RefusedTie, TieFile

LATER = NOON + timedelta(days=1)


def lines(*given: str) -> list[tuple[str, str, float, str]]:
    return [(one.listener, one.speaker, one.weight, one.reason) for one in tie_lines.read(given)]


def test_the_first_column_listens_to_the_second() -> None:
    assert lines("# the court", "", "@ophelia, @hamlet", "horatio,hamlet,2.5") == [
        ("@ophelia", "@hamlet", 1.0, ""),
        ("horatio", "hamlet", 2.5, ""),
    ]


def test_a_first_line_says_which_column_is_which() -> None:
    given = ("\ufeffSpeaker;Weight;Listener", "hamlet;2,5;ophelia", '"of Denmark; prince";;horatio')
    assert lines(*given) == [("ophelia", "hamlet", 2.5, ""), ("horatio", "of Denmark; prince", 1.0, "")]


def test_what_is_no_tie_says_why() -> None:
    assert [one[3] for one in lines("alone", "a,b,much", "a,b,0", "a,b,nan", "a,,3", "a,b")] == [
        "columns", "weight", "weight", "weight", "columns", "",
    ]  # fmt: skip


@pytest.mark.django_db
def test_one_of_several_who_are_called_so_is_told_by_a_number() -> None:
    twins = [people.make_identity(handle="guildenstern") for _twin in range(2)]
    hamlet = people.make_identity(handle="hamlet")
    file = testing.make_tie_file(
        "listens,to", f"guildenstern #{twins[1].pk},hamlet", f"hamlet,@guildenstern #{twins[0].pk}", "guildenstern,hamlet", "hamlet #0,hamlet",
    )  # fmt: skip
    ties = GivenTie.objects.order_by("pk").values_list("listener_id", "speaker_id")
    assert list(ties) == [(twins[1].pk, hamlet.pk), (hamlet.pk, twins[0].pk)]
    assert list(file.refused_rows.order_by("line").values_list("reason", flat=True)) == [
        "several",
        "listener_unknown",
    ]


@pytest.mark.django_db
def test_a_file_is_read_and_its_refused_lines_are_kept() -> None:
    hamlet, ophelia = people.make_identity(handle="@hamlet"), people.make_identity(handle="ophelia")
    horatio = people.make_identity(handle="h")
    people.make_holding(identity=horatio, value="horatio@elsinore.example")
    for _twin in range(2):
        people.make_identity(handle="guildenstern")
    file = testing.make_tie_file(
        "ophelia,hamlet,2", "Horatio@elsinore.example,hamlet", "@ophelia,@hamlet", "guildenstern,hamlet", "yorick,hamlet",
        "hamlet,hamlet", "hamlet,yorick",
    )  # fmt: skip
    ties = GivenTie.objects.order_by("pk").values_list("listener_id", "speaker_id", "weight")
    assert list(ties) == [(ophelia.pk, hamlet.pk, 2.0), (horatio.pk, hamlet.pk, 1.0)]
    assert (file.read, file.kept, file.refused) == (7, 2, 5)
    reasons = RefusedTie.objects.order_by("line").values_list("line", "reason")
    assert list(reasons) == [
        (3, "twice"),
        (4, "several"),
        (5, "listener_unknown"),
        (6, "self"),
        (7, "speaker_unknown"),
    ]
    assert deeds()[-1] == "spread.ties.added"


@pytest.mark.django_db
def test_its_ties_stand_in_networks_until_the_file_is_removed() -> None:
    people.make_identity(handle="hamlet")
    people.make_identity(handle="ophelia")
    file = testing.make_tie_file("ophelia,hamlet,2")
    made = networks.ask(name="x", definition=Definition(days=1), by=access.SYSTEM, at=LATER)
    jobs.run_due(at=LATER + timedelta(days=400))
    made.refresh_from_db()
    snapshot = snapshots.read(made)
    assert snapshot.ties["kinds"].tolist() == [16]
    assert snapshot.graph.out_weight.tolist() == [2.0]
    tie_files.remove(file=file, by=access.SYSTEM, at=LATER)
    networks.ask(name="x", definition=Definition(), by=access.SYSTEM, at=LATER)
    jobs.run_due(at=LATER + timedelta(days=400))
    assert Network.objects.latest("pk").fault == "network_no_ties"
    tie_files.restore(file=file, by=access.SYSTEM, at=LATER)
    assert tie_files.drop_removed(at=LATER + timedelta(days=30)) == 0
    assert deeds()[-1] == "spread.ties.restored"


@pytest.mark.django_db
def test_who_is_forgotten_is_in_no_file_any_longer() -> None:
    hamlet = people.make_identity(handle="hamlet")
    people.make_identity(handle="ophelia")
    testing.make_tie_file("ophelia,hamlet", "hamlet,nobody")
    subject = Subject(identity_ids=(hamlet.pk,))
    assert len(privacy.Given().hand_over(subject)) == 2
    assert privacy.Given().forget(subject) == 2
    assert privacy.Given().hand_over(subject) == []


@pytest.mark.django_db
def test_a_lead_adds_a_file_and_sees_what_was_left_out() -> None:
    people.make_identity(handle="hamlet")
    people.make_identity(handle="ophelia")
    lead = signed_in("lead")
    given = SimpleUploadedFile("court.csv", b"ophelia,hamlet\nyorick,<b>hamlet\n")
    answer = lead.post("/spread/ties/", {"file": given})
    file = TieFile.objects.get()
    assert answer.headers["Location"] == f"/spread/ties/{file.pk}/"
    page = lead.get(answer.headers["Location"]).content.decode()
    assert "Of who listens, no watch ever caught a post." in page
    assert "&lt;b&gt;hamlet" in page
    lead.post(f"/spread/ties/{file.pk}/remove/")
    assert b"court.csv" not in lead.get("/spread/ties/").content.split(b"<main")[1].split(b"toast")[0]
    lead.post(f"/spread/ties/{file.pk}/restore/")
    assert lead.get(f"/spread/ties/{file.pk}/").status_code == 200


@pytest.mark.django_db
def test_whoever_may_not_make_networks_adds_no_files() -> None:
    with pytest.raises(access.AccessDenied):
        tie_files.add(name="x", lines=(), by=make_user(role="member"), at=NOON)
