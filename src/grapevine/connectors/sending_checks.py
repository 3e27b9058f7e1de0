"""The part of the shelf's battery about sending: what every connector that answers, or takes away, obeys. `checks.ALL` holds these too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import msgspec

from grapevine.connectors.base import (
    CannotTell,
    Connector,
    ConnectorError,
    CredentialError,
    Gone,
    Reply,
    SentProof,
)
from grapevine.connectors.testing import Rehearsal, Stage

Check = Callable[[Connector, Rehearsal], None]
TEXT = "Thank you, Emilia – we “hear” you; 2 < 3 & so on."


def what_may_be_said_is_stated(connector: Connector, rehearsal: Rehearsal) -> None:
    """The manifest says what can be sent and taken away, within which limits, and what settings that takes."""
    manifest = connector.manifest
    keys = {field.key for field in manifest.fields}
    assert set(manifest.send_needs) <= keys, "`send_needs` are keys of fields"
    assert manifest.longest_reply is None or manifest.longest_reply > 0, "a reply may have some characters"
    assert manifest.reply_within_seconds is None or manifest.reply_within_seconds > 0, "there is some time"
    assert manifest.attachment_bytes >= 0, "bytes are counted from nought"
    assert len(set(manifest.removes)) == len(manifest.removes), "each way to take away is named once"
    assert bool(manifest.removes) == hasattr(connector, "remove"), "`removes` and `remove` go together"
    if manifest.sends or manifest.removes:
        assert rehearsal.stage is not None, "the rehearsal has no stage to send to (connectors.testing.Stage)"
    else:
        assert not manifest.send_needs, "it needs nothing to send, since it doesn't"


def a_reply_is_proved(connector: Connector, rehearsal: Rehearsal) -> None:
    """What was sent is there once, as it was written, and the proof names it."""
    stage = _stage(connector, rehearsal)
    if stage is None:
        return
    proof = connector.send(stage.settings, _reply(stage), http=stage.http)
    _is_proof(proof)
    assert not proof.found, "nothing was there before"
    assert stage.said() == [TEXT], "the reply isn't there, or not as it was written"


def a_reply_that_may_have_arrived_is_looked_for(connector: Connector, rehearsal: Rehearsal) -> None:
    """Sent again with `resend`, a reply that is there is found, and not said twice."""
    stage = _stage(connector, rehearsal)
    if stage is None:
        return
    first = connector.send(stage.settings, _reply(stage), http=stage.http)
    again = connector.send(stage.settings, _reply(stage, resend=True), http=stage.http)
    assert again.found, "the proof doesn't say that it was there"
    assert again.external_id == first.external_id, "another one was found"
    assert stage.said() == [TEXT], "it was said twice"


def a_swallowed_reply_is_said_once(connector: Connector, rehearsal: Rehearsal) -> None:
    """Taken by the platform and not confirmed, a reply is in doubt; the next attempt finds it."""
    stage = _stage(connector, rehearsal)
    if stage is None:
        return
    stage.swallow()
    try:
        connector.send(stage.settings, _reply(stage), http=stage.http)
    except ConnectorError as error:
        assert error.in_doubt, f"{error.code} says that nothing arrived, but it has"
    else:
        raise AssertionError("it claims to have a proof")
    proof = connector.send(stage.settings, _reply(stage, resend=True), http=stage.http)
    assert proof.found, "the proof doesn't say that it was there"
    assert stage.said() == [TEXT], "it was said twice, or not at all"


def a_reply_that_never_arrived_is_sent(connector: Connector, rehearsal: Rehearsal) -> None:
    """Looked for and not there, a reply is sent; where that doesn't show that it never arrived, a person is asked, and nothing is sent."""
    stage = _stage(connector, rehearsal)
    if stage is None:
        return
    try:
        proof = connector.send(stage.settings, _reply(stage, resend=True), http=stage.http)
    except CannotTell:
        assert stage.said() == [], "it asks a person, and sent it all the same"
        return
    assert not proof.found, "it was nowhere to be found"
    assert stage.said() == [TEXT]


def two_answers_are_two(connector: Connector, rehearsal: Rehearsal) -> None:
    """Looking for one reply does not find another."""
    stage = _stage(connector, rehearsal)
    if stage is None:
        return
    first = connector.send(stage.settings, _reply(stage), http=stage.http)
    other = msgspec.structs.replace(_reply(stage, resend=True), text="And one thing more.", key="another")
    try:
        second = connector.send(stage.settings, other, http=stage.http)
    except CannotTell:
        assert stage.said() == [TEXT], "it asks a person, and sent it all the same"
        second = connector.send(stage.settings, msgspec.structs.replace(other, resend=False), http=stage.http)
    assert second.external_id != first.external_id, "one proof for two answers"
    assert stage.said() == [TEXT, "And one thing more."]


def without_credentials_nothing_is_sent(connector: Connector, rehearsal: Rehearsal) -> None:
    """Without what it needs to send, or with a key that is refused, it asks for credentials and sends nothing."""
    stage = _stage(connector, rehearsal)
    if stage is None:
        return
    for key in connector.manifest.send_needs:
        without = {name: value for name, value in stage.settings.items() if name != key}
        _asks_for_credentials(connector, stage, without, f"without {key}")
    if connector.manifest.secrets():
        stage.refuse()
        _asks_for_credentials(connector, stage, stage.settings, "with a refused key")


def a_post_is_taken_away_and_stays_away(connector: Connector, rehearsal: Rehearsal) -> None:
    """What is to be hidden or deleted is; asked again, as after a lost answer, it is no fault."""
    for how in connector.manifest.removes:
        stage = _stage(connector, rehearsal)
        assert stage is not None
        stage.swallow()
        for attempt in range(2):
            try:
                connector.remove(stage.settings, stage.to, how, http=stage.http)  # type: ignore[attr-defined]
            except Gone:
                assert attempt, f"{how}: it was there"
            except ConnectorError as error:
                assert not attempt, f"{how}: {error}"
                assert error.retry, f"{how}: a lost answer is worth another try ({error.code})"
        assert stage.taken_away() == how, f"{how}: it isn't"


ALL: tuple[Check, ...] = (
    what_may_be_said_is_stated,
    a_reply_is_proved,
    a_reply_that_may_have_arrived_is_looked_for,
    a_swallowed_reply_is_said_once,
    a_reply_that_never_arrived_is_sent,
    two_answers_are_two,
    without_credentials_nothing_is_sent,
    a_post_is_taken_away_and_stays_away,
)


def _stage(connector: Connector, rehearsal: Rehearsal) -> Stage | None:
    """The platform to send to; None when there is nothing to check."""
    if not (connector.manifest.sends or connector.manifest.removes):
        return None
    assert rehearsal.stage is not None, "the rehearsal has no stage to send to (connectors.testing.Stage)"
    return rehearsal.stage()


def _reply(stage: Stage, *, resend: bool = False) -> Reply:
    return Reply(
        to=stage.to,
        text=TEXT,
        thread_id=stage.thread_id,
        resend=resend,
        key="a-key",
        subject="Re: the handkerchief",
        recipient=stage.recipient,
        signed="Maria",
    )


def _is_proof(proof: SentProof) -> None:
    assert proof.external_id, "a proof names what was sent"
    assert proof.state in ("published", "held"), f"{proof.state} is no state of a proof"
    assert proof.sent_at.utcoffset() == timedelta(0), f"{proof.sent_at} is not in UTC"


def _asks_for_credentials(connector: Connector, stage: Stage, settings: object, when: str) -> None:
    try:
        connector.send(settings, _reply(stage), http=stage.http)  # type: ignore[arg-type]
    except CredentialError as error:
        assert not error.in_doubt
        assert str(error), "an error without words"
    except ConnectorError as error:
        raise AssertionError(f"{when} it says {error.code}, which holds nothing back") from None
    else:
        raise AssertionError(f"{when} it sent")
    assert stage.said() == [], f"{when} it sent"
