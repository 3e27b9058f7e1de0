"""The ways to the pages of the house itself. (Rooms above `ui` add their own; `core` lies below it and knows no pages.)"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.ui import navigation


def compose() -> None:
    """Add the start page, the search and core's pages to the frame."""
    add, entry = navigation.add, navigation.Entry
    add(entry("home:start", _("Start"), icon="home", order=0, keys="g h", thumb=True))
    add(
        entry(
            "core:jobs",
            _("Jobs"),
            icon="history",
            permission="core.jobs.see",
            order=60,
            keys="g j",
            group="house",
        )
    )
    add(
        entry(
            "core:users",
            _("Users"),
            icon="people",
            permission="core.users.see",
            order=70,
            keys="g u",
            group="house",
        )
    )
    add(entry("core:audit", _("Audit"), icon="book", permission="core.audit.see", order=80, group="house"))
    add(
        entry(
            "core:installation",
            _("Settings"),
            icon="settings",
            permission="core.settings.change",
            order=90,
            keys="g ,",
            group="house",
        )
    )
    navigation.search_at("home:search")
