"""Posts that come again: what counts as an edit, and what an edit may not change."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from grapevine.connectors.base import Author
from grapevine.sources import testing
from grapevine.sources.models import Post, PostVersion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "given",
    [
        {"tags": ("elsinore",)},
        {"mentions": ("ophelia",)},
        {"links": ("https://elsinore.example/",)},
        {"media": ("image",)},
        {"url": "https://gazette.example/1"},
        {"lang": "da"},
    ],
)
def test_a_change_beside_the_text_is_an_edit_without_an_earlier_text(given: dict[str, Any]) -> None:
    source = testing.make_source()
    post = testing.heard("A day out", tags=("walk", "café"), links=("https://a.example/ø",))
    testing.store(source, post)
    assert testing.store(source, post).changed == 0
    changed = msgspec.structs.replace(post, **given)
    assert testing.store(source, changed).changed == 1
    assert testing.store(source, changed).changed == 0
    row = Post.objects.get()
    for name, value in given.items():
        assert getattr(row, name) == (list(value) if isinstance(value, tuple) else value)
    assert PostVersion.objects.count() == 0


def test_an_edit_does_not_change_who_wrote_a_post() -> None:
    source = testing.make_source()
    post = testing.heard("To be", author="hamlet")
    testing.store(source, post)
    for author in (Author(external_id="claudius", handle="king", name="Claudius"), None):
        text = f"To be or {author and author.name}"
        testing.store(source, msgspec.structs.replace(post, text=text, author=author))
        row = Post.objects.get()
        assert (row.text, row.author_external_id, row.author_handle, row.author_name) == (
            text,
            "hamlet",
            "hamlet",
            "Hamlet",
        )


def test_an_author_may_take_another_name() -> None:
    source = testing.make_source()
    post = testing.heard("To be", author="hamlet")
    testing.store(source, post)
    author = Author(
        external_id="hamlet", handle="prince", name="Prince", url="https://elsinore.example/", followers=3
    )
    testing.store(source, msgspec.structs.replace(post, text="Or not", author=author))
    row = Post.objects.get()
    assert (row.author_external_id, row.author_handle, row.author_name, row.author_followers) == (
        "hamlet",
        "prince",
        "Prince",
        3,
    )


def test_a_deleted_post_that_comes_back_has_its_author_again() -> None:
    source = testing.make_source()
    post = testing.heard("To be", author="hamlet")
    testing.store(source, post)
    testing.store(source, gone=[post.external_id])
    testing.store(source, post)
    row = Post.objects.get()
    assert (row.text, row.author_external_id, row.deleted_at) == ("To be", "hamlet", None)
