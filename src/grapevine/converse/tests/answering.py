"""Who answers, what they write, and what waits for them, for tests of conversations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from grapevine.converse import testing
from grapevine.converse.actions import replies
from grapevine.converse.models import Message, Thread
from grapevine.core import clock
from grapevine.core import testing as core
from grapevine.core.testing import NOON
from grapevine.people import testing as people
from grapevine.sources import testing as sources

SOON = NOON + timedelta(minutes=10)


def author() -> Any:
    """Somebody whose mandate lets them answer."""
    user = core.make_user(name="Horatio of Wittenberg")
    testing.make_mandate(user)
    return user


def write(thread: Thread, by: Any, text: str = "We mend it", **values: Any) -> Message:
    """An answer, ten minutes after noon, by somebody who has seen all that was said."""
    return replies.write(thread=thread, text=text, by=by, **{"at": SOON, "seen": 0, **values})


def waiting_for(user: Any, said: dict[str, str]) -> list[Thread]:
    """Conversations of `user`'s own, who may answer, with these people; one falls due each hour from now on. Call it within `sources.platform()`."""
    at, source = clock.now(), sources.make_sending_source()
    testing.make_mandate(user, at=at)
    made = []
    for number, (name, text) in enumerate(said.items()):
        thread = testing.make_thread(
            text="", subject="", source=source, assignee=user, identity=people.make_identity(handle=name), external_id=name,
            due_at=at + timedelta(hours=number + 1), last_at=at, last_from_them_at=at,
        )  # fmt: skip
        testing.make_message(thread, text, at=at, external_id=name)
        made.append(thread)
    return made
