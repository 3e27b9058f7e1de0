"""The understand room as a Django app."""

from django.apps import AppConfig


class UnderstandConfig(AppConfig):
    name = "grapevine.understand"
    label = "understand"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from grapevine.core import access, jobs, privacy
        from grapevine.ui import navigation
        from grapevine.understand import deeds
        from grapevine.understand import jobs as _ours  # noqa: F401 - registers them
        from grapevine.understand.privacy import Corrections, Readers, Vectors

        deeds.describe()
        access.register(
            {
                "understand.reading.see": "reader",
                "understand.reading.correct": "member",
                "understand.adapter.reset": "lead",
                "understand.wish.set": "lead",
            }
        )
        navigation.add(
            navigation.Entry(
                "understand:readings",
                _("Readings"),
                icon="check",
                permission="understand.reading.see",
                order=40,
                keys="g r",
                group="listen",
            )
        )
        privacy.register(Corrections())
        privacy.register(Readers())
        privacy.register(Vectors())
        jobs.describe({"understand.renew": _("Learning corrections anew")})
