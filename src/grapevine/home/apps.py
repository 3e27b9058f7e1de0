"""The home room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "grapevine.home"
    label = "home"

    def ready(self) -> None:
        from grapevine.ui import navigation

        navigation.add(navigation.Entry("home:start", _("Start"), icon="home", order=0, keys="g h"))
        navigation.search_at("home:search")
