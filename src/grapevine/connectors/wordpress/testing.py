"""A WordPress site in memory: items captured from a real one, asked for as its REST interface allows."""

from __future__ import annotations

import html
import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from grapevine.connectors.base import Settings
from grapevine.connectors.http import Answer, Exchange, Request
from grapevine.connectors.testing import Rehearsal, Swallowing, json_page
from grapevine.connectors.wordpress import mapping

FOLDER = Path(__file__).parent
FIXTURES = FOLDER / "fixtures"
BLOG = "https://blog.example"
ROOT = f"{BLOG}/wp-json/"


class FakeSite(Exchange):
    """Posts and comments in `items`, to be changed at will; answers lists, single items and new comments.

    Only what the connector asks for is there; that the real thing answers alike is what the tests marked
    `wordpress` see to.
    """

    def __init__(self) -> None:
        captured = json.loads((FIXTURES / "items.json").read_text())
        self.about = captured["about"]
        self.items: dict[str, list[dict[str, Any]]] = {what: captured[what] for what in ("posts", "comments")}
        self.seen: list[Request] = []
        self.users = {"maria": "secret", "moderator": "secret"}
        self.moderated = False

    def exchange(self, request: Request) -> Answer:
        """Answer as the site would."""
        self.seen.append(request)
        path = urlsplit(request.url).path.rstrip("/")
        if request.auth and self.users.get(request.auth[0]) != request.auth[1]:
            return _refused(401, "incorrect_password")
        if path == "":
            return Answer(200, request.url, {"link": f'<{ROOT}>; rel="https://api.w.org/"'}, b"<html>")
        if path == "/wp-json":
            return json_page(self.about)
        parts = path.removeprefix("/wp-json/wp/v2/").split("/")
        if parts == ["users", "me"]:
            return json_page({"id": 2, "name": "Maria", "capabilities": {"edit_posts": True}})
        if request.method == "POST" and parts == ["comments"]:
            return self._commented(request)
        if request.method in ("POST", "DELETE") and len(parts) == 2:
            return self._taken_away(int(parts[1]), request)
        return self._asked(parts, request)

    def _asked(self, parts: list[str], request: Request) -> Answer:
        public = [item for item in self.items[parts[0]] if item["status"] in ("publish", "approved")]
        if len(parts) == 2:
            found = [item for item in public if item["id"] == int(parts[1])]
            return json_page(found[0]) if found else _refused(404, "rest_invalid_id")
        asked = request.params
        if "status" in asked:
            return _refused(403, "rest_forbidden_param")
        field = {"modified": "modified_gmt", "id": "id"}.get(asked.get("orderby", ""), "date_gmt")
        for name in ("after", "modified_after"):
            if name in asked:
                limit = datetime.fromisoformat(asked[name]).astimezone(UTC).replace(tzinfo=None)
                public = [item for item in public if datetime.fromisoformat(item[field]) > limit]
        if "include" in asked:
            wanted = set(map(int, asked["include"].split(",")))
            public = [item for item in public if item["id"] in wanted]
        for name in ("post", "parent"):
            if name in asked:
                public = [item for item in public if item[name] == asked[name]]
        public.sort(key=lambda item: (item[field], item["id"]), reverse=asked.get("order") == "desc")
        size, page = asked.get("per_page", 10), asked.get("page", 1)
        if page > 1 and (page - 1) * size >= len(public):
            return _refused(400, "rest_post_invalid_page_number")
        return json_page(deepcopy(public[(page - 1) * size : page * size]))

    def _taken_away(self, number: int, request: Request) -> Answer:
        found = [item for item in self.items["comments"] if item["id"] == number]
        if not found:
            return _refused(404, "rest_comment_invalid_id")
        if not request.auth or request.auth[0] != "moderator":
            return _refused(403, "rest_cannot_edit" if request.method == "POST" else "rest_cannot_delete")
        if request.method == "DELETE" and found[0]["status"] == "trash":
            return _refused(410, "rest_already_trashed")
        found[0]["status"] = request.json["status"] if request.method == "POST" else "trash"
        return json_page(found[0])

    def _commented(self, request: Request) -> Answer:
        said = request.json
        if not any(post["id"] == said["post"] for post in self.items["posts"]):
            return _refused(403, "rest_comment_invalid_post_id")
        same = [one for one in self.items["comments"] if one.get("said") == (said["parent"], said["content"])]
        if same:
            return _refused(409, "comment_duplicate")
        number = max(item["id"] for item in self.items["comments"]) + 1
        made = self.items["comments"][0] | {
            "id": number,
            "post": said["post"],
            "parent": said["parent"],
            "author": 2,
            "author_name": "Maria",
            "content": {"rendered": f"<p>{said['content']}</p>\n"},
            "link": f"{BLOG}/#comment-{number}",
            "status": "hold" if self.moderated else "approved",
            "said": (said["parent"], said["content"]),
        }
        self.items["comments"].append(made)
        return json_page(made, status=201)


def _refused(status: int, code: str) -> Answer:
    said = {"code": code, "message": f"Sorry ({code}).", "data": {"status": status}}
    return json_page(said, url=ROOT, status=status)


class FakeStage:
    """The captured site as a moderator finds it."""

    def __init__(self) -> None:
        self.site = FakeSite()
        self._door = Swallowing(self.site)
        self.http: Exchange = self._door
        self.settings: Settings = {"url": f"{BLOG}/", "user": "moderator", "password": "secret"}
        comment = next(item for item in self.site.items["comments"] if item["status"] == "approved")
        self._number = comment["id"]
        self.to, self.thread_id = f"comment-{comment['id']}", f"post-{comment['post']}"
        self.recipient = mapping.to_post(json.dumps(comment).encode()).author.external_id  # type: ignore[union-attr]

    def said(self) -> list[str]:
        """What we wrote."""
        return [html.unescape(item["said"][1]) for item in self.site.items["comments"] if "said" in item]

    def swallow(self) -> None:
        """The next answer is lost."""
        self._door.armed = True

    def refuse(self) -> None:
        """The application password is revoked."""
        self.site.users.clear()

    def taken_away(self) -> str:
        """As the site's own state of the comment says."""
        status = next(item["status"] for item in self.site.items["comments"] if item["id"] == self._number)
        return {"hold": "hide", "trash": "delete"}.get(status, "")


def rehearsal(folder: Path) -> Rehearsal:
    """Read the captured site as a visitor does, and answer there as a moderator."""
    return Rehearsal(settings={"url": f"{BLOG}/"}, web=FakeSite, folder=FOLDER, stage=FakeStage)
