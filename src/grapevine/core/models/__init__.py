"""The nouns everything stands on."""

from grapevine.core.models.audit import AuditEntry
from grapevine.core.models.jobs import Heartbeat, Job
from grapevine.core.models.live import LiveEvent
from grapevine.core.models.settings import Setting
from grapevine.core.models.users import ApiToken, SignInAttempt, User

__all__ = ["ApiToken", "AuditEntry", "Heartbeat", "Job", "LiveEvent", "Setting", "SignInAttempt", "User"]
