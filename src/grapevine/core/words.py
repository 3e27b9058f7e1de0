"""What core's deeds and jobs are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.core import audit, details, jobs
from grapevine.core.models.users import Role

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
details.describe(
    {
        "role": _("role"),
        "before": _("before"),
        "after": _("after"),
        "was": _("before"),
        "names": _("settings"),
        "kind": _("job"),
        "name": _("name"),
        "posts": _("posts"),
        "rows": _("rows"),
        "format": _("format"),
        "moved": _("moved"),
        "connector": _("kind of source"),
        "layout": _("layout"),
        "source": _("source"),
        "secrets_changed": _("secrets changed"),
    }
)
details.describe_values(
    {
        **{str(role.value): role.label for role in Role},
        "organisation": _("organisation"),
        "language": _("language"),
        "time_zone": _("time zone"),
        "retention_days": _("days posts are kept"),
        "jobs_kept_days": _("days finished jobs are kept"),
    }
)
details.named("kind", lambda kinds: {kind: jobs.label(kind) for kind in kinds})
jobs.describe(
    {
        "core.live.prune": _("Clearing old notices away"),
        "core.tidy": _("Tidying up"),
    }
)
