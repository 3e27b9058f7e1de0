"""Comments taken away on a WordPress site, by those who may."""

import pytest

from grapevine import connectors
from grapevine.connectors.base import BadData, CredentialError, Gone, Unreachable
from grapevine.connectors.http import Answer
from grapevine.connectors.testing import FakeHttp, json_page
from grapevine.connectors.wordpress.testing import BLOG, ROOT, FakeSite

WORDPRESS = connectors.get("wordpress")
MARIA = {"url": f"{BLOG}/", "user": "maria", "password": "secret"}


def test_who_may_not_moderate_is_told_so_and_takes_nothing_away() -> None:
    site = FakeSite()
    comment = site.items["comments"][0]["id"]
    for how in ("hide", "delete"):
        with pytest.raises(CredentialError) as caught:
            WORDPRESS.remove(MARIA, f"comment-{comment}", how, http=site)
        assert caught.value.code == "not_allowed"
    with pytest.raises(BadData, match="not one of its comments"):
        WORDPRESS.remove(MARIA, "post-1", "delete", http=site)


def test_a_site_without_a_trash_says_why_nothing_was_deleted() -> None:
    said = {"code": "rest_trash_not_supported", "message": "The comment does not support trashing."}
    pages = {f"{BLOG}/": Answer(200, BLOG, {"link": f'<{ROOT}>; rel="https://api.w.org/"'})}
    web = FakeHttp({**pages, f"{ROOT}wp/v2/comments/5": json_page(said, status=501)})
    with pytest.raises(BadData, match="does not support trashing"):
        WORDPRESS.remove(MARIA, "comment-5", "delete", http=web)


@pytest.mark.parametrize(("status", "error"), [(410, Gone), (501, Unreachable), (500, Unreachable)])
def test_a_server_in_between_is_not_taken_for_the_site(status: int, error: type[Exception]) -> None:
    pages = {f"{BLOG}/": Answer(200, BLOG, {"link": f'<{ROOT}>; rel="https://api.w.org/"'})}
    web = FakeHttp({**pages, f"{ROOT}wp/v2/comments/5": Answer(status, ROOT, {}, b"<html>")})
    with pytest.raises(error):
        WORDPRESS.remove(MARIA, "comment-5", "delete", http=web)
