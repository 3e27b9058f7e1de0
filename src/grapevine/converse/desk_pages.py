"""What all pages of the desk have around them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from grapevine.core import access
from grapevine.ui.components.lists import Tab


def around(request: HttpRequest, here: str) -> dict[str, Any]:
    """The ways between the desk's pages, and whether one may change anything."""
    pages = [
        ("teams", _("Teams"), "converse:desk", "converse.desk.see"),
        ("people", _("People"), "converse:desk-people", "converse.desk.see"),
        ("routing", _("Routing"), "converse:routing", "converse.desk.see"),
        ("targets", _("Reply times"), "converse:targets", "converse.desk.see"),
        ("scheduled", _("Scheduled"), "converse:scheduled", "converse.thread.see"),
        ("follow-ups", _("Follow-ups"), "converse:follow-ups", "converse.thread.see"),
        ("reports", _("Reports"), "converse:desk-report", "converse.report.see"),
    ]
    found = [
        Tab(label, reverse(address), name == here)
        for name, label, address, permission in pages
        if access.may(request.user, permission)
    ]
    return {"tabs": found, "may_change": access.may(request.user, "converse.desk.change")}
