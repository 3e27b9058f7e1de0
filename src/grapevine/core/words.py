"""What core's deeds and jobs are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.core import audit, jobs

audit.describe(
    {
        "core.user.added": _("added a user"),
        "core.user.role_changed": _("changed a user's role"),
        "core.user.deactivated": _("closed a user's account"),
        "core.user.reactivated": _("opened a user's account again"),
        "core.user.password_link_made": _("made a link to a new password"),
        "core.user.password_set": _("set a password"),
        "core.user.changed": _("changed their own settings"),
        "core.user.signed_in": _("signed in"),
        "core.token.created": _("made an API token"),
        "core.token.revoked": _("revoked an API token"),
        "core.installation.changed": _("changed the installation's settings"),
        "core.job.cancelled": _("cancelled a job"),
        "core.job.retried": _("let a job run again"),
    }
)
jobs.describe(
    {
        "core.live.prune": _("Clearing old notices away"),
        "core.tidy": _("Tidying up"),
    }
)
