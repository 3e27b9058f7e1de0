"""The demo's story: the same every time, whole, and true to what it says of itself."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice, pairwise

import pytest

from grapevine.home.demo import live, tale, world
from grapevine.home.demo.shapes import Story, StoryPost

UNTIL = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)


@lru_cache(maxsize=4)
def told(until: datetime = UNTIL, seed: int = tale.SEED) -> Story:
    return tale.story(until, seed)


def fingerprint(story: Story) -> str:
    said = repr((story.authors, story.follows, [(p.source, p.post, p.truth) for p in story.posts]))
    return hashlib.sha256(said.encode()).hexdigest()


def test_the_same_story_is_told_twice() -> None:
    assert fingerprint(told()) == fingerprint(tale.story(UNTIL))


def test_the_order_of_hashes_does_not_matter() -> None:
    ask = "from grapevine.home.demo.tests.test_story import fingerprint, told; print(fingerprint(told()))"
    for seed in ("1", "77"):
        done = subprocess.run(
            [sys.executable, "-c", ask],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode().strip() == fingerprint(told())


def test_another_seed_tells_another_story() -> None:
    assert fingerprint(told()) != fingerprint(told(UNTIL, 7))


def test_it_is_told_in_under_two_seconds() -> None:
    told()
    began = time.process_time()
    tale.story(UNTIL, 3)
    assert time.process_time() - began < 2


def test_there_are_three_thousand_posts_of_six_hundred_people_and_five_thousand_ties() -> None:
    story = told()
    assert 2_900 <= len(story.posts) <= 3_100
    assert 590 <= len(story.authors) <= 620
    assert 4_500 <= len(story.follows) <= 5_500
    assert len({p.post.author.external_id for p in story.posts if p.post.author}) > 560


def test_languages_have_their_shares() -> None:
    shares = Counter(p.truth.lang for p in told().posts)
    for lang, share in {"sv": 0.40, "da": 0.25, "nl": 0.20, "en": 0.15}.items():
        assert abs(shares[lang] / len(told().posts) - share) < 0.03, (lang, shares)


def test_ninety_days_end_at_the_given_moment_and_posts_are_in_order() -> None:
    times = [p.post.published_at for p in told().posts]
    assert times == sorted(times)
    assert UNTIL - timedelta(days=90) <= times[0]
    assert times[-1] <= UNTIL
    assert times[-1] > UNTIL - timedelta(hours=6)
    assert len({(UNTIL - at).days for at in times}) == 90


def test_every_source_speaks_and_its_ids_are_its_own() -> None:
    posts = told().posts
    assert {p.source for p in posts} == {source.key for source in told().sources}
    assert len({(p.source, p.post.external_id) for p in posts}) == len(posts)


def test_threads_hang_together() -> None:
    posts = {(p.source, p.post.external_id): p for p in told().posts}
    answers = [p for p in told().posts if p.post.parent_id]
    assert len(answers) > 800
    for answer in answers:
        parent = posts[answer.source, answer.post.parent_id]
        assert parent.post.published_at < answer.post.published_at
        assert parent.post.thread_id == answer.post.thread_id
        assert (answer.source, answer.post.thread_id) in posts


def test_reposts_repeat_an_earlier_post() -> None:
    posts = {p.post.external_id: p for p in told().posts}
    reposts = [p for p in told().posts if p.post.kind == "repost"]
    assert len(reposts) > 100
    for repost in reposts:
        original = posts[repost.post.repost_of]
        assert original.post.text == repost.post.text
        assert original.post.published_at < repost.post.published_at


def test_word_spreads_along_follows() -> None:
    story = told()
    ties = {(tie.follower, tie.followed): tie.since for tie in story.follows}
    posts = {p.post.external_id: p for p in story.posts}
    brought = Counter[str]()
    for one in story.posts:
        if not one.truth.brought_by:
            continue
        bringer = posts[one.truth.brought_by_post]
        assert bringer.post.author.external_id == one.truth.brought_by  # type: ignore[union-attr]
        assert bringer.post.published_at < one.post.published_at
        assert ties[one.post.author.external_id, one.truth.brought_by] < one.post.published_at  # type: ignore[union-attr]
        assert bringer.truth.arc == one.truth.arc
        brought[one.truth.arc] += 1
    assert brought["storm"] >= 120
    assert brought["campaign"] >= 70


def test_the_storm_rises_at_once_and_dies_down_and_the_campaign_grows_slowly() -> None:
    days: dict[str, Counter[int]] = {"storm": Counter(), "campaign": Counter()}
    for one in told().posts:
        if one.truth.arc:
            days[one.truth.arc][90 - (UNTIL - one.post.published_at).days] += 1
    storm, campaign = days["storm"], days["campaign"]
    assert 59 <= min(storm) <= 62
    assert max(storm.values()) > 60
    assert sum(count for day, count in storm.items() if day > 68) < 30
    assert 28 <= min(campaign) <= 31
    assert max(campaign.values()) < 30
    assert sum(campaign.values()) > 100


def test_the_network_is_that_of_people() -> None:
    story = told()
    ties = {(tie.follower, tie.followed) for tie in story.follows}
    assert len(ties) == len(story.follows)
    assert all(one != other for one, other in ties)
    followers = sorted(Counter(followed for _, followed in ties).values(), reverse=True)
    assert followers[0] > 12 * followers[len(followers) // 2]
    assert 0.25 < sum((other, one) in ties for one, other in ties) / len(ties) < 0.65
    lang = {author.external_id: author.lang for author in story.authors}
    assert sum(lang[one] == lang[other] for one, other in ties) / len(ties) > 0.75


def test_weekdays_and_hours_show() -> None:
    hours = Counter(p.post.published_at.hour for p in told().posts)
    assert sum(hours[hour] for hour in (0, 1, 2, 3)) < sum(hours[hour] for hour in (6, 7, 8, 9)) / 5
    office = [
        p.post.published_at.weekday() for p in told().posts if p.source == world.NEWS and not p.truth.arc
    ]
    assert sum(day >= 5 for day in office) < len(office) / 5


def test_nobody_repeats_another_by_chance() -> None:
    texts = Counter(p.post.text for p in told().posts if p.post.kind != "repost")
    assert sum(count - 1 for count in texts.values()) / len(told().posts) < 0.01


def test_copies_differ_by_a_word_or_two() -> None:
    posts = {p.post.external_id: p for p in told().posts}
    copies = [p for p in told().posts if p.truth.copy_of]
    assert len(copies) > 45
    for copy in copies:
        original = posts[copy.truth.copy_of]
        assert copy.post.text != original.post.text
        one, other = set(copy.post.text.lower().split()), set(original.post.text.lower().split())
        assert len(one & other) / len(one | other) > 0.5


def test_everything_people_want_occurs() -> None:
    wants = Counter(intent for p in told().posts for intent in p.truth.intents)
    for intent in (
        *("complains", "praises", "recommends", "asks_help", "asks_info", "idea", "compares"),
        *("buys", "leaves", "thanks", "job"),
    ):
        assert wants[intent] >= 12, intent
    assert sum(p.truth.spam for p in told().posts) > 30
    assert sum(p.truth.off_topic for p in told().posts) > 80


@pytest.mark.parametrize(
    "until", [datetime(2026, 1, 3, 23, 30, tzinfo=UTC), datetime(2025, 4, 1, 4, tzinfo=UTC)]
)
def test_it_is_whole_at_any_time_of_the_year(until: datetime) -> None:
    story = told(until)
    assert 2_900 <= len(story.posts) <= 3_100
    assert max(p.post.published_at for p in story.posts) <= until


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        tale.story(datetime(2025, 1, 1))
    with pytest.raises(ValueError, match="aware"):
        next(live.live(told(), datetime(2025, 1, 1)))


def test_the_talk_goes_on_every_half_minute() -> None:
    further: list[StoryPost] = list(islice(live.live(told(), UNTIL), 150))
    times = [UNTIL, *(p.post.published_at for p in further)]
    gaps = [(after - before).total_seconds() for before, after in pairwise(times)]
    assert min(gaps) >= 20
    assert max(gaps) <= 40
    assert len({p.post.external_id for p in further}) == len(further)
    assert {p.truth.lang for p in further} == {"sv", "da", "nl", "en"}
    known = {p.post.external_id for p in (*told().posts, *further)}
    assert all(not p.post.parent_id or p.post.parent_id in known for p in further)
    assert sum(bool(p.post.parent_id) for p in further) > 5
    again = list(islice(live.live(told(), UNTIL), 150))
    assert [p.post for p in again] == [p.post for p in further]
