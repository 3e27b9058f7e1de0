"""The shelf's one battery of checks. Each says in a sentence what every connector obeys; none needs a
network.

    for check in checks.ALL:
        check(connector, rehearsal)

A check raises `AssertionError` with what is wrong. Connectors of third parties run the same battery in their
tests.
"""

from __future__ import annotations

import random
import re
import socket
from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import msgspec

from grapevine.connectors import garbage, sending_checks
from grapevine.connectors.base import BadData, Batch, Connector, ConnectorError, Manifest, Post, Reply
from grapevine.connectors.reasons import MAX_NAME, MAX_RAW, MAX_TAGS, MAX_TEXT, REASONS
from grapevine.connectors.testing import Rehearsal, fetched

Check = Callable[[Connector, Rehearsal], None]
HEADINGS = ("What it reads", "What it needs", "Terms", "Limits")


def the_manifest_is_complete(connector: Connector, rehearsal: Rehearsal) -> None:
    """The manifest says what the connector does, and its settings describe themselves."""
    manifest = connector.manifest
    assert isinstance(manifest, Manifest)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", manifest.name), "a name is a lower-case word"
    assert manifest.label, "a label is what people call it"
    assert manifest.summary, "a summary says what it brings"
    assert manifest.fetches or manifest.streams, "it brings something"
    assert bool(manifest.streams) == hasattr(connector, "stream"), "`streams` and `stream` go together"
    keys = [field.key for field in manifest.fields]
    assert len(keys) == len(set(keys)), "each setting has a key of its own"
    for field in manifest.fields:
        assert field.label, f"{field.key} has no label"
        assert field.help.endswith("."), f"{field.key} does not say what it is for"
        assert (field.kind == "secret") == (field.key in manifest.secrets()), f"{field.key} is secret or not"


def the_terms_are_stated(connector: Connector, rehearsal: Rehearsal) -> None:
    """Terms, retention and rate limit are stated."""
    manifest = connector.manifest
    assert len(manifest.terms) > 20, "say on what terms"
    assert manifest.terms.endswith("."), "terms are a sentence"
    assert 0 <= manifest.retention_days <= 3_650, "say for how long (0: as long as the source stands)"
    assert manifest.rate_limit.requests > 0, "say how many requests"
    assert manifest.rate_limit.seconds > 0, "say in how many seconds"


def the_readme_is_there(connector: Connector, rehearsal: Rehearsal) -> None:
    """A README beside the connector tells users what it reads, what it needs, its terms and its limits."""
    path = rehearsal.folder / "README.md"
    assert path.is_file(), f"{path} is missing"
    text = path.read_text(encoding="utf-8")
    for heading in HEADINGS:
        assert f"## {heading}" in text, f"the README has no part “{heading}”"


def the_raw_form_is_kept(connector: Connector, rehearsal: Rehearsal) -> None:
    """Every post comes with its raw form, and mapping that again gives the very same post."""
    pairs = [pair for batch in _whole(connector, rehearsal) for pair in batch.posts]
    assert pairs, "the rehearsal brings no posts"
    for post, raw in pairs:
        assert isinstance(raw, bytes)
        assert raw, f"{post.external_id} has no raw form"
        assert connector.map(raw, rehearsal.settings) == post, f"{post.external_id} maps to something else"


def the_cursor_is_plain(connector: Connector, rehearsal: Rehearsal) -> None:
    """Cursors are JSON and come back the same; a batch's cursor does not change when the fetch goes on."""
    fetching = connector.fetch(rehearsal.settings, {}, http=rehearsal.web(), now=rehearsal.now)
    for batch, written in [(batch, msgspec.json.encode(batch.cursor)) for batch in fetching]:
        assert msgspec.json.decode(written) == batch.cursor, "a cursor changed afterwards or is no JSON"


def the_end_is_told(connector: Connector, rehearsal: Rehearsal) -> None:
    """The last batch, and only the last, is done."""
    batches = _whole(connector, rehearsal)
    assert batches, "not even an empty batch"
    assert batches[-1].done, "the last batch is not done"
    assert not any(batch.done for batch in batches[:-1]), "a batch is done before the last"


def it_resumes_anywhere(connector: Connector, rehearsal: Rehearsal) -> None:
    """Cut off after any batch and resumed from its cursor, a fetch gives the same posts."""
    whole = fetched(connector, rehearsal.settings, rehearsal.web(), now=rehearsal.now)
    for cut in range(len(whole)):
        http = rehearsal.web()
        first: list[Batch] = []
        for batch in connector.fetch(rehearsal.settings, {}, http=http, now=rehearsal.now):
            first.append(batch)
            if len(first) > cut:
                break
        cursor = msgspec.json.decode(msgspec.json.encode(first[-1].cursor))
        rest = fetched(connector, rehearsal.settings, http, cursor=cursor, now=rehearsal.now)
        assert _posts([*first, *rest]) == _posts(whole), f"cut after batch {cut + 1}, it gives other posts"
        assert _rejected([*first, *rest]) == _rejected(whole), f"cut after batch {cut + 1}, it rejects others"


def a_second_fetch_brings_nothing(connector: Connector, rehearsal: Rehearsal) -> None:
    """Fetched again with nothing new, there is nothing."""
    http = rehearsal.web()
    last = fetched(connector, rehearsal.settings, http, now=rehearsal.now)[-1]
    later = rehearsal.now + timedelta(minutes=5)
    for batch in fetched(connector, rehearsal.settings, http, cursor=last.cursor, now=later):
        assert not batch.posts, f"{batch.posts[0][0].external_id} came twice"
        assert not batch.deletions, f"{batch.deletions[0]} although nothing went"


def ids_are_stable(connector: Connector, rehearsal: Rehearsal) -> None:
    """Two fetches from the beginning give the same ids, none empty, none twice."""
    first = [post.external_id for batch in _whole(connector, rehearsal) for post, _ in batch.posts]
    second = [post.external_id for batch in _whole(connector, rehearsal) for post, _ in batch.posts]
    assert first == second, "ids differ between two fetches"
    assert all(first), "an id is empty"
    assert len(first) == len(set(first)), "an id comes twice"


def times_are_utc(connector: Connector, rehearsal: Rehearsal) -> None:
    """All times are aware and in UTC."""
    for batch in _whole(connector, rehearsal):
        for post, _ in batch.posts:
            for at in (post.published_at, post.edited_at):
                assert at is None or at.utcoffset() == timedelta(0), f"{post.external_id}: {at} is not in UTC"
        for deletion in batch.deletions:
            assert deletion.at.utcoffset() == timedelta(0), f"{deletion} is not in UTC"


def posts_fit_the_store(connector: Connector, rehearsal: Rehearsal) -> None:
    """Texts, names and lists stay within the limits and hold no zero byte; every reject has a known
    reason."""
    for batch in _whole(connector, rehearsal):
        for post, raw in batch.posts:
            _fits(post)
            assert raw
        for one in batch.rejected:
            assert one.reason in REASONS, f"{one.reason} is no known reason"
            assert len(one.raw) <= MAX_RAW, "a rejected item is kept whole"


def follows_are_whole(connector: Connector, rehearsal: Rehearsal) -> None:
    """Follows name two different authors by ids that fit the store, each pair once in a batch, and since when in UTC."""
    for batch in _whole(connector, rehearsal):
        for follows in (batch.follows, batch.unfollows):
            pairs = [(one.follower, one.followed) for one in follows]
            assert len(pairs) == len(set(pairs)), "a follow is told twice"
            for one in follows:
                assert one.follower, "a follow has no follower"
                assert one.followed, "a follow has nobody who is followed"
                assert one.follower != one.followed, f"{one.follower} follows themselves"
                assert max(len(one.follower), len(one.followed)) <= MAX_NAME, "a follow has an endless id"
                assert "\0" not in one.follower + one.followed, "a follow holds a zero byte"
                assert one.since is None or one.since.utcoffset() == timedelta(0), (
                    f"{one.since} is not in UTC"
                )


def mapping_is_pure_and_total(connector: Connector, rehearsal: Rehearsal) -> None:
    """Mapping gives the same post every time, and of garbage either a post or `BadData`, never anything
    else."""
    raws = [raw for batch in _whole(connector, rehearsal) for _, raw in batch.posts][:20]
    for raw in raws:
        assert connector.map(raw, rehearsal.settings) == connector.map(raw, rehearsal.settings)
    rng = random.Random(7)  # noqa: S311 - for repeatable garbage, not for secrets
    for raw in (*rehearsal.spoilt, *garbage.of(raws, rng)):
        try:
            post = connector.map(raw, rehearsal.settings)
        except BadData as error:
            assert str(error), "an error without words"
        else:
            assert isinstance(post, Post)
            assert post.published_at.utcoffset() == timedelta(0)


def a_missing_setting_is_named(connector: Connector, rehearsal: Rehearsal) -> None:
    """Without a required setting, the error names it."""
    for field in connector.manifest.fields:
        if not field.required:
            continue
        without = {key: value for key, value in rehearsal.settings.items() if key != field.key}
        try:
            fetched(connector, without, rehearsal.web(), now=rehearsal.now)
        except BadData as error:
            assert error.params.get("key") == field.key, f"{error} does not name {field.key}"
        else:
            raise AssertionError(f"it fetched without {field.key}")


def it_says_when_it_cannot_send(connector: Connector, rehearsal: Rehearsal) -> None:
    """A connector that sends nothing says so instead of pretending."""
    if connector.manifest.sends:
        return
    try:
        connector.send(rehearsal.settings, Reply(to="x", text="x"), http=rehearsal.web())
    except ConnectorError as error:
        assert error.code == "cannot_send"
    else:
        raise AssertionError("it claims to have sent")


def the_check_speaks(connector: Connector, rehearsal: Rehearsal) -> None:
    """The connection test succeeds in the rehearsal and says in words what it found."""
    report = connector.check(rehearsal.settings, http=rehearsal.web())
    assert report.ok, report.lines
    assert report.lines, "it says nothing"
    for line in report.lines:
        assert re.fullmatch(r"[a-z_]+", line.code), f"{line.code} is no code"
        assert line.code in connector.manifest.says, f"the manifest does not say what {line.code} is in words"
        assert str(line).endswith((".", "?", "!")), f"“{line}” is no sentence"


ALL: tuple[Check, ...] = (
    the_manifest_is_complete,
    the_terms_are_stated,
    the_readme_is_there,
    the_raw_form_is_kept,
    the_cursor_is_plain,
    the_end_is_told,
    it_resumes_anywhere,
    a_second_fetch_brings_nothing,
    ids_are_stable,
    times_are_utc,
    posts_fit_the_store,
    follows_are_whole,
    mapping_is_pure_and_total,
    a_missing_setting_is_named,
    it_says_when_it_cannot_send,
    the_check_speaks,
    *sending_checks.ALL,
)


def run(check: Check, connector: Connector, rehearsal: Rehearsal) -> None:
    """Run one check with the network shut off: whoever opens a connection fails."""
    refuse = mock.Mock(side_effect=AssertionError("a connection was opened: play from fixtures"))
    with (
        mock.patch.object(socket.socket, "connect", refuse),
        mock.patch.object(socket, "getaddrinfo", refuse),
    ):
        check(connector, rehearsal)


def _whole(connector: Connector, rehearsal: Rehearsal) -> list[Batch]:
    came = [(connector.map(raw, rehearsal.settings), raw) for raw in rehearsal.received]
    asked = fetched(connector, rehearsal.settings, rehearsal.web(), now=rehearsal.now)
    return [Batch(posts=came), *asked] if came else asked


def _posts(batches: list[Batch]) -> dict[str, Post]:
    return {post.external_id: post for batch in batches for post, _ in batch.posts}


def _rejected(batches: list[Batch]) -> list[tuple[int, str]]:
    return sorted({(one.line, one.reason) for batch in batches for one in batch.rejected})


def _fits(post: Post) -> None:
    assert len(post.text) <= MAX_TEXT, f"{post.external_id} is too long"
    assert post.text or post.title, f"{post.external_id} says nothing"
    words = [post.external_id, post.url, post.lang, post.country, post.parent_id, post.thread_id, post.site]
    if post.author:
        assert post.author.external_id, f"the author of {post.external_id} has no id"
        words += [post.author.external_id, post.author.handle, post.author.name, post.author.url]
    for items in (post.tags, post.mentions, post.links):
        assert len(items) <= MAX_TAGS, f"{post.external_id} lists too much"
        words += items
    assert all(len(word) <= MAX_NAME for word in words), f"{post.external_id} has an endless word"
    assert "\0" not in "".join([post.text, post.title, *words]), f"{post.external_id} holds a zero byte"
