"""The listen room as a Django app."""

from django.apps import AppConfig


class ListenConfig(AppConfig):
    name = "grapevine.listen"
    label = "listen"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from grapevine.core import access
        from grapevine.ui import navigation

        access.register(
            {
                "listen.mention.see": "reader",
                "listen.mention.see-raw": "lead",
                "listen.filter.save": "reader",
                "listen.export": "member",
            }
        )
        navigation.add(
            navigation.Entry(
                "listen:stream", _("Stream"), icon="stream", permission="listen.mention.see", order=10, keys="g s"
            )
        )
