"""Answering on a WordPress site as an application user, once and only once."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import Any

import msgspec

from grapevine.connectors.base import BadData, CredentialError, Gone, Reply, SentProof
from grapevine.connectors.wordpress import mapping
from grapevine.connectors.wordpress.site import Refused, Site

_GONE = {
    "rest_comment_invalid_id",
    "rest_comment_invalid_post_id",
    "rest_post_invalid_id",
    "comment_id_not_found",
}
_GONE |= {"rest_comment_trash_post", "rest_comment_draft_post", "rest_cannot_read", "rest_cannot_read_post"}
_MAY_NOT = {
    "rest_comment_login_required",
    "rest_cannot_create",
    "rest_forbidden",
    "rest_comment_invalid_author",
}


def send(site: Site, reply: Reply) -> SentProof:
    """Publish a reply to a post or comment.

    WordPress refuses the same text twice in one place (409); then, and before any second attempt, we look for
    the reply and return the one that is there. Raises `Gone`, `CredentialError`, `BadData` and what `http`
    raises.
    """
    if site.auth is None:
        raise CredentialError("credentials_missing")
    host = site.http_host
    try:
        post, parent = _place(site, reply)
        if reply.resend and (proof := _look(site, reply, post, parent)):
            return proof
        fields = {"post": post, "parent": parent, "content": _content(reply.text)}
        item, answer = site.ask("POST", "wp/v2/comments", json=fields)
        return _proof(item, answer.body, found=False)
    except Refused as refused:
        if refused.code == "comment_duplicate" or refused.status == 409:
            if proof := _look(site, reply, post, parent):
                return proof
            raise BadData("duplicate_hidden", host=host) from None
        if refused.code in _GONE:
            raise Gone("post_gone", detail=refused.message) from None
        if refused.code in _MAY_NOT:
            raise CredentialError("not_allowed", host=host, detail=refused.message) from None
        raise BadData("reply_refused", host=host, detail=refused.message) from None


def _place(site: Site, reply: Reply) -> tuple[int, int]:
    """The post's and the parent comment's number."""
    kind, _, number = reply.to.partition("-")
    if kind not in ("post", "comment") or not number.isdecimal():
        raise BadData("reply_refused", host=site.http_host, detail=f"“{reply.to}” is not one of its posts.")
    if kind == "post":
        return int(number), 0
    thread = reply.thread_id.removeprefix("post-")
    if not thread.isdecimal():
        thread = str(site.get(f"wp/v2/comments/{number}")["post"])
    return int(thread), int(number)


def _content(text: str) -> str:
    """Our text is plain: what looks like HTML is meant as written."""
    return html.escape(text, quote=False)


def _look(site: Site, reply: Reply, post: int, parent: int) -> SentProof | None:
    """Our reply among the latest in its place, if it is there; moderators also see it where it waits."""
    me = int(site.get("wp/v2/users/me")["id"])
    wanted = mapping.text_print(reply.text)
    for status in ("approve", "hold"):
        params: dict[str, Any] = {"post": post, "per_page": 100, "orderby": "date_gmt", "order": "desc"}
        params |= {"parent": parent} if parent else {}
        try:
            items = site.items(
                "wp/v2/comments", **params, **({"status": status} if status != "approve" else {})
            )
        except Refused:
            continue  # not a moderator
        for raw in items:
            item = msgspec.json.decode(raw, type=dict[str, Any])
            if item.get("author") != me or int(item.get("parent") or 0) != parent:
                continue
            if mapping.text_print(mapping.to_post(raw).text) == wanted:
                return _proof(item, raw, found=True)
    return None


def _proof(item: dict[str, Any], raw: bytes, *, found: bool) -> SentProof:
    try:
        return SentProof(
            external_id=f"comment-{int(item['id'])}",
            url=str(item["link"]),
            state="published" if item["status"] in ("approved", "approve") else "held",
            sent_at=datetime.fromisoformat(item["date_gmt"]).replace(tzinfo=UTC),
            found=found,
            raw=raw,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadData("not_understood", host="WordPress", detail=f"{error}.") from None
