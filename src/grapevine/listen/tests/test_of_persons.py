"""What somebody said in public, on the pages of people."""

from __future__ import annotations

import pytest

from grapevine.core import clock
from grapevine.core.testing import signed_in
from grapevine.listen import testing
from grapevine.listen.contracts.filters import Wish
from grapevine.listen.models import Mention
from grapevine.listen.reads import WANT_BITS
from grapevine.listen.selectors import filters, of_authors
from grapevine.people import testing as people
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db


def test_what_they_said_in_public_stands_on_their_page() -> None:
    testing.make_watch(query="elsinore")
    sources.store(sources.make_source(), sources.heard("Elsinore has <b>good</b> coffee"))
    author = Mention.objects.values_list("identity_id", flat=True).get()
    page = signed_in("reader").get(f"/people/{author}/").content.decode()
    assert "Elsinore has &lt;b&gt;good&lt;/b&gt; coffee" in page


def test_a_person_who_said_nothing_has_no_such_panel() -> None:
    page = signed_in("reader").get(f"/people/{people.make_identity().pk}/").content.decode()
    assert "What they said in public" not in page


def test_only_what_they_recommended_is_shown_as_recommended() -> None:
    testing.make_watch(query="elsinore")
    sources.store(
        sources.make_source(),
        sources.heard("Go to Elsinore, all of you"),
        sources.heard("Elsinore was closed today"),
    )
    first = Mention.objects.order_by("post_id").first()
    assert first is not None
    Mention.objects.filter(pk=first.pk).update(wants=WANT_BITS["recommends"])
    Mention.objects.exclude(pk=first.pk).update(wants=0)
    choice = filters.understood(Wish(), now=clock.now(), zone=filters.reader_zone())
    assert first.identity_id is not None
    found = of_authors.latest([first.identity_id], choice, limit=5, wanting="recommends")
    assert [row.post.id for row in found] == [first.post_id]
