"""What stands beside a conversation: may it go out at once, the triage, the guideline's lines, openers and facts."""

from __future__ import annotations

import pytest

from grapevine.converse import testing
from grapevine.core import clock
from grapevine.core.testing import signed_in

pytestmark = pytest.mark.django_db


def test_the_page_of_a_conversation_says_what_one_may_say_and_what_the_guideline_says() -> None:
    member = signed_in("member")
    thread = testing.make_thread(lang="en", wants=1 << 3, mood=1)
    address = f"/inbox/{thread.pk}/"
    page = member.get(address).content.decode()
    assert "There is no mandate yet." in page
    assert "When somebody is unhappy" in page
    assert "Is it kind, or fair even though it is critical?" in page
    testing.make_snippet(by=member.user, lang="en")  # type: ignore[attr-defined]
    testing.make_mandate(member.user, at=clock.now(), amount=500, currency="SEK")  # type: ignore[attr-defined]
    page = member.get(f"{address}?begin=openly").content.decode()
    assert "You may promise up to 500 SEK." in page
    assert 'data-insert="We are open from ten to six."' in page
    assert "We read this, and I’d like to answer it openly." in page


def test_openers_and_facts_are_found_by_words() -> None:
    member = signed_in("member")
    testing.make_snippet(by=member.user)  # type: ignore[attr-defined]
    thread = testing.make_thread()
    found = member.get(f"/threads/{thread.pk}/words/?words=ten", HTTP_HX_REQUEST="true").content.decode()
    assert "Hours" in found
    assert "Nothing found" in member.get(f"/threads/{thread.pk}/words/?words=lute").content.decode()
