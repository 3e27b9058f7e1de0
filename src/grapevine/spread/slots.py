"""What spread puts into the frame and into the pages of the rooms below."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from grapevine.ui import navigation


def compose() -> None:
    """Put all of it in its place. Called when Django starts."""
    navigation.add(
        navigation.Entry(
            "spread:start",
            gettext_lazy("Spread"),
            icon="share",
            permission="spread.network.see",
            order=45,
            keys="g n",
        )
    )
