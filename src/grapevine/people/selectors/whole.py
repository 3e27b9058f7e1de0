"""How far the forgetting of somebody is; and whom a number, an address or a handle names, for the command line."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from grapevine.core.models import Job
from grapevine.core.models.jobs import JobState
from grapevine.people.actions import whole
from grapevine.people.models import Identity


@dataclass(frozen=True)
class Forgetting:
    """Where it stands: so many of so many places are done; or it is over, or went wrong."""

    done: int
    total: int
    is_over: bool = False
    has_failed: bool = False


def forgetting(identity: Identity) -> Forgetting | None:
    """How far it is; None when nobody asked for it."""
    if identity.external_id.startswith("forgotten:"):
        return Forgetting(0, 0, is_over=True)
    job = Job.objects.filter(key=whole.key(identity)).order_by("-pk").first()
    if job is None or job.state in (JobState.DONE, JobState.CANCELLED):
        return None
    return Forgetting(job.done, job.total or 0, has_failed=job.state == JobState.FAILED)


def named(words: str, *, limit: int = 20) -> list[Identity]:
    """The identities that have exactly this number, id at their platform (a mail's address), handle or name."""
    wanted = (
        Q(external_id=words)
        | Q(external_id=words.lower())
        | Q(handle=words)
        | Q(handle=f"@{words}")
        | Q(name=words)
    )
    if words.isdecimal() and len(words) < 19:
        wanted = Q(pk=int(words))
    return list(Identity.objects.select_related("person").filter(wanted).order_by("pk")[:limit])
