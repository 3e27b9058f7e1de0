"""Taking a comment away on a WordPress site, as a user who may moderate there."""

from __future__ import annotations

from grapevine.connectors.base import BadData, CredentialError, Gone, Removal
from grapevine.connectors.wordpress.site import Refused, Site

_GONE = {"rest_comment_invalid_id", "rest_already_trashed", "rest_comment_invalid_post_id"}
_MAY_NOT = {"rest_cannot_edit", "rest_cannot_delete", "rest_forbidden"}


def remove(site: Site, external_id: str, how: Removal) -> None:
    """Hold a comment back for the moderators (hide) or put it into the site's trash (delete); both can be undone there.

    Asked for again, nothing changes. Raises `Gone` when it is no longer there, `CredentialError`, `BadData` and what `http` raises.
    """
    if site.auth is None:
        raise CredentialError("credentials_missing")
    host = site.http_host
    kind, _, number = external_id.partition("-")
    if kind != "comment" or not number.isdecimal():
        raise BadData("removal_refused", host=host, detail=f"“{external_id}” is not one of its comments.")
    try:
        if how == "hide":
            site.ask("POST", f"wp/v2/comments/{number}", json={"status": "hold"})
        else:
            site.ask("DELETE", f"wp/v2/comments/{number}")
    except Refused as refused:
        if refused.code in _GONE:
            raise Gone("post_gone", detail=refused.message) from None
        if refused.code in _MAY_NOT:
            raise CredentialError("not_allowed", host=host, detail=refused.message) from None
        raise BadData("removal_refused", host=host, detail=refused.message) from None
