"""A text with a number of things in it has a form for one and a form for several."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
import messages

COUNT = re.compile(r"%\((n|number|count|posts|rows|days|copies|total|times)\)[sd]|\{(n|number|count)\}")
# Where the number counts nothing, or what it counts is not named, or is told elsewhere.
FREE = {
    "%(number)s in the period before",
    "%(number)s of %(caught)s bear the same moment, as posts without a date do",  # most of many
    "The newest %(shown)s of %(number)s.",  # shown only when there are more than fit
    "%(number)s per second",
    "%(number)s active",  # the doctor names what it counts before it
    "%(number)s labelled, %(others)s with other labels left out",
    "%(number)s running",
    "%(number)s to apply: run `grapevine migrate` or `grapevine up`",
    "%(number)s, the latest %(file)s",
    "%(sources)s; posts: %(posts)s",
    "%(engine)s; posts that can be searched by meaning: %(number)s",
    "%(times)s times the usual",
    "1 new",
    "Answer %(number)s",  # which one, as the next five
    "Question %(number)s needs a right answer and a wrong one.",
    "Question %(number)s needs two to six answers, each with a text.",
    "Saved as version %(number)s.",
    "Version %(number)s",
    "question %(number)s",
    "Character %(n)s: %(text)s",
    "From %(number)s labels on we say how often the mood is right, and between which bounds that lies (95 percent certain).",  # always 20
    "Most: %(number)s, %(when)s.",
    "Post %(number)s of %(all)s",  # which one, not how many
    "Saved “%(name)s”, version %(n)s.",
    "The watch asks something else by now (version %(n)s).",
    "Version %(n)s",
    "You have %(n)s saved filters. Delete one first.",  # the limit, a fixed number
    "Promised, and overdue by %(days)s: %(about)s",  # the days are told with their own words
    "When it was decided, copies: %(copies)s, answers: %(answers)s, passed on: %(shares)s.",
    "turns %(n)s today",  # how old
    "about %(n)s a week",
    "about %(number)s a day",
    "about %(number)s a month",
    "about %(number)s a week",
    "about %(rows)s rows",  # an estimate of a long file
    "and %(number)d more",
    "told from %(posts)s in %(days)s",  # both are told with their own words
    "usual: %(number)s",
    "version %(n)s",
    "{n} new",  # the browser has another text for one
    "{n} colleagues",
    "{n} new mentions",
    "{n} left",  # of characters, as the next one
    "{n} too many",
    "{n} ticked",
    "Something changed here: {n}. Show it",
}


@pytest.mark.parametrize("room", messages.rooms(), ids=lambda room: room.name)
def test_a_text_with_a_count_has_a_plural(room: Path) -> None:
    singular = [message.id for message in messages.collected(room) if isinstance(message.id, str)]
    assert [text for text in singular if COUNT.search(text) and text not in FREE] == []
