"""The listen room as a Django app."""

from django.apps import AppConfig


class ListenConfig(AppConfig):
    name = "grapevine.listen"
    label = "listen"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from grapevine.core import access, jobs, privacy
        from grapevine.listen import deeds, handlers, intake, samples  # noqa: F401 (handlers register themselves)
        from grapevine.listen import jobs as ours
        from grapevine.listen.privacy import Fingerprints, Makers, Mentions
        from grapevine.listen.selectors import answerable
        from grapevine.sources.contracts import brands
        from grapevine.sources.contracts import intake as way
        from grapevine.ui import navigation
        from grapevine.understand.contracts import supplies

        deeds.describe()
        brands.offer(answerable.offered)
        access.register(
            {
                "listen.mention.see": "reader",
                "listen.mention.see-raw": "lead",
                "listen.filter.save": "reader",
                "listen.export": "member",
                "listen.brand.see": "reader",
                "listen.brand.change": "lead",
                "listen.watch.see": "reader",
                "listen.watch.change": "lead",
            }
        )
        navigation.add(
            navigation.Entry(
                "listen:stream",
                _("Stream"),
                icon="stream",
                permission="listen.mention.see",
                order=10,
                keys="g s",
                group="listen",
                thumb=True,
            )
        )
        navigation.add(
            navigation.Entry(
                "listen:brands",
                _("Brands"),
                icon="brand",
                permission="listen.brand.see",
                order=20,
                keys="g b",
                group="listen",
            )
        )
        navigation.add(
            navigation.Entry(
                "listen:watches",
                _("Watches"),
                icon="watch",
                permission="listen.watch.see",
                order=30,
                keys="g w",
                group="listen",
            )
        )
        from grapevine.listen import slots

        slots.fill()
        way.register(intake.Listening())
        way.register(samples.Unlearning())
        supplies.register(samples.Posts())
        privacy.register(Mentions())
        privacy.register(Fingerprints())
        privacy.register(Makers())
        jobs.describe(
            {
                ours.watches.REMATCH: _("Matching history with a watch"),
                "listen.deepen": _("Reading more deeply"),
                "listen.reread": _("Reading posts again"),
                "listen.tidy": _("Tidying what is searched"),
                "listen.topics": _("Keeping topics"),
                "listen.vectors": _("Learning what posts mean"),
                "listen.warm": _("Making the matcher ready"),
            }
        )
