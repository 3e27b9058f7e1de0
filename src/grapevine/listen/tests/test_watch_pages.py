"""Watches on pages: saved, matched with history, paused, deleted, listed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from grapevine.core import clock, jobs
from grapevine.core.testing import deeds, heard
from grapevine.listen import testing as listen
from grapevine.listen.events import WatchChanged
from grapevine.listen.models import Mention, Watch
from grapevine.listen.tests.watching import heard_before, save

pytestmark = pytest.mark.django_db


def test_a_saved_watch_listens_and_history_is_matched_in_the_background(
    lead, django_capture_on_commit_callbacks
):
    listen.make_brand(slug="elsinore")
    heard_before("elsinore long ago", "kronborg too", "neither")
    with heard(WatchChanged) as told, django_capture_on_commit_callbacks(execute=True):
        response = save(lead)
    watch = Watch.objects.get()
    assert response["Location"] == reverse("listen:watch", args=[watch.pk])
    assert (watch.version.number, watch.version.saved_by, watch.rematch_state) == (1, lead.user, "waiting")
    assert "listen.watch.added" in deeds()
    assert [news.what for news in told] == ["added"]
    page = lead.get(response["Location"]).content.decode()
    assert f'hx-get="{reverse("listen:watch-progress", args=[watch.pk])}"' in page
    jobs.run_due(at=clock.now())
    assert Mention.objects.filter(watch=watch).count() == 2
    piece = lead.get(reverse("listen:watch-progress", args=[watch.pk])).content.decode()
    assert "3 posts were looked at" in piece
    assert "hx-get" not in piece


def test_a_watch_without_a_name_is_called_by_the_beginning_of_its_query(lead):
    listen.make_brand(slug="elsinore")
    save(lead, name="", query="elsinore OR " + " OR ".join(f"castle{n}" for n in range(40)))
    name = Watch.objects.get().name
    assert name.startswith("elsinore OR castle0")
    assert name.endswith("…")
    assert len(name) <= 61


def test_a_wrong_query_is_not_saved_and_says_where_it_is_wrong(lead):
    listen.make_brand(slug="elsinore")
    response = save(lead, query='elsinore "and')
    assert response.status_code == 200
    assert "Character 10" in response.content.decode()
    assert not Watch.objects.exists()


def test_a_changed_query_becomes_a_version_that_says_who_and_what(lead):
    brand = listen.make_brand(slug="elsinore")
    watch = listen.make_watch(brand=brand, query="elsinore coffee")
    save(lead, f"/watches/{watch.pk}/edit/", query="elsinore tea")
    shown = lead.get(f"/watches/{watch.pk}/").context["versions"]
    assert [one["version"].number for one in shown] == [2, 1]
    assert (shown[0]["version"].saved_by, shown[0]["version"].is_current) == (lead.user.name, True)
    assert [(p.kind, p.text) for p in shown[0]["pieces"] if p.kind != "same"] == [
        ("removed", "coffee"),
        ("added", "tea"),
    ]


def test_a_new_name_alone_is_no_new_version_and_matches_nothing_again(lead):
    brand = listen.make_brand(slug="elsinore")
    watch = listen.make_watch(brand=brand, query="elsinore")
    save(lead, f"/watches/{watch.pk}/edit/", name="Another", query="elsinore")
    watch.refresh_from_db()
    assert (watch.name, watch.versions.count(), watch.rematch_state) == ("Another", 1, "")


def test_a_watch_moved_to_another_brand_takes_its_mentions_along(lead):
    here = listen.make_brand(slug="elsinore")
    there = listen.make_brand(slug="kronborg")
    watch = listen.make_watch(brand=here, query="elsinore")
    heard_before("elsinore before")
    save(lead, f"/watches/{watch.pk}/edit/", brand="kronborg", query="elsinore")
    heard_before("elsinore meanwhile")
    jobs.run_due(at=clock.now())
    assert set(Mention.objects.values_list("brand", flat=True)) == {there.pk}
    listen.check()


def test_a_mention_keeps_the_version_that_caught_it_until_history_is_matched(lead):
    brand = listen.make_brand(slug="elsinore")
    watch = listen.make_watch(brand=brand, query="elsinore")
    heard_before("elsinore")
    assert Mention.objects.get().version.number == 1
    save(lead, f"/watches/{watch.pk}/edit/", query="elsinore OR kronborg")
    jobs.run_due(at=clock.now())
    assert Mention.objects.get().version.number == 2


def test_matching_history_can_be_stopped_and_begun_again(lead):
    listen.make_brand(slug="elsinore")
    save(lead)
    watch = Watch.objects.get()
    piece = lead.post(f"/watches/{watch.pk}/cancel/", headers={"HX-Request": "true"}).content.decode()
    assert "was stopped" in piece
    assert deeds()[-1] == "listen.watch.rematch_cancelled"
    lead.post(f"/watches/{watch.pk}/rematch/")
    watch.refresh_from_db()
    assert watch.rematch_state == "waiting"
    assert jobs.run_due(at=clock.now()) == 1
    watch.refresh_from_db()
    assert watch.rematch_state == ""


def test_a_paused_watch_lets_new_posts_pass_and_makes_up_for_them_later(lead):
    watch = listen.make_watch(query="elsinore")
    lead.post(f"/watches/{watch.pk}/pause/", {"from": "list"})
    heard_before("elsinore while it rests")
    assert not Mention.objects.exists()
    assert "Paused" in lead.get("/watches/").content.decode()
    lead.post(f"/watches/{watch.pk}/resume/")
    jobs.run_due(at=clock.now())
    assert Mention.objects.count() == 1
    assert [deed for deed in deeds() if deed.startswith("listen.watch")] == [
        "listen.watch.paused",
        "listen.watch.resumed",
    ]


def test_a_deleted_watch_and_what_it_caught_can_be_brought_back(lead):
    watch = listen.make_watch(query="elsinore")
    heard_before("elsinore")
    lead.post(f"/watches/{watch.pk}/delete/")
    undo = reverse("listen:watch-restore", args=[watch.pk])
    assert undo in lead.get("/watches/").content.decode()
    jobs.run_due(at=clock.now())
    assert not Mention.objects.exists()
    lead.post(undo)
    jobs.run_due(at=clock.now())
    assert Mention.objects.count() == 1


def test_the_list_tells_of_each_watch_what_it_does(lead):
    brand = listen.make_brand(name="Elsinore", slug="elsinore")
    watch = listen.make_watch(brand=brand, query="elsinore OR (coffee NEAR/20 castle)")
    heard_before("elsinore one", "elsinore two")
    (group,) = lead.get("/watches/?brand=elsinore").context["page"].groups
    (row,) = group.rows
    assert (row.id, row.caught.week, row.caught.capped) == (watch.pk, 2, False)
    assert row.caught.last_at is not None
    assert any("NEAR wider" in warning for warning in row.warnings)


def test_a_loud_watchs_week_is_reckoned_from_its_newest_mentions(lead, monkeypatch):
    from grapevine.listen.selectors import watches

    watch = listen.make_watch(query="elsinore")
    listen.make_watch(brand=watch.brand, query="castle")
    heard_before(*(f"castle {n}" for n in range(110)), *(f"elsinore {n}" for n in range(40)))
    monkeypatch.setattr(watches, "COUNTED", 20)
    monkeypatch.setattr(watches, "BUDGET", 20)
    caught = watches.caught_lately([watch.pk], at=clock.now())[watch.pk]
    assert caught.capped
    assert caught.week == 150  # 168 by the pace of its newest, but no more than there are of the brand


@pytest.mark.parametrize("budget", [50, 50_000])
def test_a_heap_of_posts_at_one_moment_is_not_blown_up(lead, monkeypatch, budget):
    from grapevine.listen.selectors import watches

    monkeypatch.setattr(watches, "COUNTED", 50)
    monkeypatch.setattr(watches, "BUDGET", budget)
    watch = listen.make_watch(query="elsinore")
    heard_before(*(f"elsinore {n}" for n in range(120)), minutes_apart=0)
    caught = watches.caught_lately([watch.pk], at=clock.now())[watch.pk]
    assert (caught.week, caught.capped) == (120, budget == 50)
    page = lead.get(f"/watches/{watch.pk}/").content.decode()
    assert ("≈ 120" in page) is (budget == 50)


def test_a_query_that_can_no_longer_be_read_is_shown_as_broken(lead):
    watch = listen.make_watch(query="elsinore")
    Watch.objects.filter(pk=watch.pk).update(query="elsinore (")
    for address in ("/watches/", f"/watches/{watch.pk}/", f"/watches/{watch.pk}/edit/"):
        response = lead.get(address)
        assert response.status_code == 200
    assert "Broken" in lead.get("/watches/").content.decode()


def test_a_list_of_many_watches_is_parted(lead, monkeypatch):
    from grapevine.listen.selectors import watches

    monkeypatch.setattr(watches, "PAGE", 3)
    brand = listen.make_brand()
    for number in range(7):
        listen.make_watch(brand=brand, query=f"castle{number}")
    assert [len(lead.get(f"/watches/?page={n}").context["page"].groups[0].rows) for n in (1, 2, 3)] == [
        3,
        3,
        1,
    ]
    for nonsense in ("0", "99", "x", "9" * 30):
        assert lead.get(f"/watches/?page={nonsense}").status_code == 200


def test_a_watch_of_a_deleted_brand_is_nowhere(lead):
    brand = listen.make_brand(slug="elsinore")
    watch = listen.make_watch(brand=brand)
    lead.post("/brands/elsinore/delete/")
    assert lead.get(f"/watches/{watch.pk}/").status_code == 404
    assert lead.get("/watches/").context["page"].total == 0


def test_the_search_box_finds_brands_and_watches(lead):
    brand = listen.make_brand(name="Elsinore", slug="elsinore")
    listen.make_watch(brand=brand, name="Elsinore by name", query="elsinore")
    page = lead.get("/search", {"q": "elsin"}).content.decode()
    assert "/brands/elsinore/" in page
    assert "Elsinore by name" in page
