"""What readings are called, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MOODS = {"negative": _("Negative"), "neutral": _("Neutral"), "positive": _("Positive")}
INTENTS = {
    "recommends": _("Recommends"),
    "asks_help": _("Asks for help"),
    "asks_information": _("Asks for information"),
    "complains": _("Complains"),
    "praises": _("Praises"),
    "idea": _("Has an idea or a wish"),
    "compares": _("Compares"),
    "buys": _("Means to buy"),
    "leaves": _("Means to leave"),
    "thanks": _("Thanks"),
    "job": _("Talks of work and vacancies"),
}
TIERS = {"fast": _("the fast reader"), "deep": _("the deep reader")}
