"""The connector for WordPress sites."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from grapevine.connectors import markup
from grapevine.connectors.base import (
    Batch,
    CheckReport,
    CredentialError,
    Cursor,
    Field,
    Finding,
    Manifest,
    Post,
    RateLimit,
    Removal,
    Reply,
    SentProof,
    Settings,
)
from grapevine.connectors.http import Exchange
from grapevine.connectors.wordpress import fetching, mapping, removals, replies
from grapevine.connectors.wordpress.site import Refused, Site


class WordPressConnector:
    """Posts and comments by REST, replies to them, and comments taken away."""

    manifest = Manifest(
        name="wordpress",
        label="WordPress",
        summary="Posts and comments of a WordPress site, and replies to them.",
        fetches=("article", "comment"),
        sends=("comment",),
        send_needs=("user", "password"),
        longest_reply=16_000,
        removes=("hide", "delete"),
        terms="Reads what the site publishes through its own open interface; replies as a user the site's owner gave "
        "you.",
        retention_days=365,
        rate_limit=RateLimit(60, 60.0),
        every_seconds=300.0,
        fields=(
            Field(
                key="url",
                kind="url",
                label="Address",
                help="The address of the site's start page, such as https://blog.example.org/.",
                required=True,
            ),
            Field(
                key="comments",
                kind="bool",
                label="Read comments",
                help="Read the comments as well as the posts.",
                default=True,
            ),
            Field(
                key="user",
                kind="text",
                label="User",
                help="Only to reply: the user name of an account on the site.",
            ),
            Field(
                key="password",
                kind="secret",
                label="Application password",
                help="Only to reply: made on the site under Users, Profile, Application Passwords. Not the password "
                "you sign in with.",
            ),
        ),
        says={
            "site_found": "This is the WordPress site “{name}”.",
            "posts_readable": "Its posts can be read.",
            "posts_closed": "Its posts cannot be read: {detail}",
            "comments_readable": "Its comments can be read.",
            "comments_closed": "Its comments cannot be read: {detail}",
            "no_user": "No user is given: it can be read, but not answered.",
            "user_known": "The user “{name}” is known there and may reply.",
            "user_moderates": "It may moderate comments, so its replies appear at once.",
            "user_moderated": "It may not moderate comments, so the site may hold its replies back.",
        },
    )

    def fetch(self, settings: Settings, cursor: Cursor, *, http: Exchange, now: datetime) -> Iterator[Batch]:
        """Yield new and changed posts and comments, and what was removed. Raises `ConnectorError`."""
        site = Site.found(settings, http, root=str(cursor.get("root", "")))
        yield from fetching.fetch(site, cursor, comments=settings.get("comments", True) is not False, now=now)

    def map(self, raw: bytes, settings: Settings | None = None) -> Post:
        """Map one item of the interface. Raises `BadData`."""
        return mapping.to_post(raw)

    def check(self, settings: Settings, *, http: Exchange) -> CheckReport:
        """Say what the site is, what can be read there and what our user may do. Raises `ConnectorError`."""
        site = Site.found(settings, http)
        said = self.manifest.finding
        ok = True
        about = http.get(site.root).json()
        name = markup.plain(str(about.get("name") or "")) if isinstance(about, dict) else ""
        lines = [said("site_found", name=name or site.http_host)]
        for what in ("posts", "comments"):
            try:
                site.items(f"wp/v2/{what}", per_page=1)
                lines.append(said(f"{what}_readable"))
            except Refused as refused:
                ok = ok and what != "posts"
                lines.append(said(f"{what}_closed", detail=refused.message))
        lines += _may(site)
        return CheckReport(ok=ok, lines=tuple(lines))

    def send(self, settings: Settings, reply: Reply, *, http: Exchange) -> SentProof:
        """Publish a comment in answer to a post or comment. Raises `ConnectorError`."""
        return replies.send(Site.found(settings, http), reply)

    def remove(self, settings: Settings, external_id: str, how: Removal, *, http: Exchange) -> None:
        """Hold a comment back (hide) or put it into the trash (delete). Raises `ConnectorError`."""
        removals.remove(Site.found(settings, http), external_id, how)


def _may(site: Site) -> list[Finding]:
    """What our user may do there, in words."""
    said = WordPressConnector.manifest.finding
    if site.auth is None:
        return [said("no_user")]
    try:
        me = site.get("wp/v2/users/me", context="edit")
    except Refused as refused:
        raise CredentialError("not_allowed", host=site.http_host, detail=refused.message) from None
    moderates = bool((me.get("capabilities") or {}).get("moderate_comments"))
    known = said("user_known", name=str(me.get("name") or ""))
    return [known, said("user_moderates" if moderates else "user_moderated")]
