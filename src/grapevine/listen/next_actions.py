"""What to do about a post that wants something: a word of advice for each wish, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NEXT = {
    "recommends": _("Say thank you, in your own words"),
    "asks_help": _("Help them, today if you can"),
    "asks_information": _("Tell them what they ask"),
    "complains": _("Listen, and put it right"),
    "praises": _("Thank them, and tell your colleagues"),
    "idea": _("Keep the idea, and say what becomes of it"),
    "compares": _("See what the other does better"),
    "buys": _("Make it easy for them"),
    "leaves": _("Ask what went wrong"),
    "thanks": _("Tell whoever earned it"),
    "job": _("Let the personnel team know"),
}
