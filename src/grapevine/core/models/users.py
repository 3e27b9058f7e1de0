"""Those who work with Grapevine, and the keys of the programs that do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody may do here; each role may also do what the ones after it may."""

    ADMINISTRATOR = "administrator", _("Administrator")
    LEAD = "lead", _("Lead")
    MEMBER = "member", _("Member")
    READER = "reader", _("Reader")


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> UserQuerySet:
        return self.filter(is_active=True)

    def administrators(self) -> UserQuerySet:
        return self.active().filter(role=Role.ADMINISTRATOR)


class UserStore(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds a user by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> Any:
        return self.get(email=self.tidied(username or ""))

    @staticmethod
    def tidied(email: str) -> str:
        """An address as we store it. Small letters: people don't remember which capitals they typed."""
        return email.strip().lower()


class User(AbstractBaseUser):
    """Somebody who signs in. The address is the name they sign in with."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.READER)
    language = models.CharField(_("language"), max_length=5, blank=True)
    appearance = models.CharField(max_length=5, blank=True)  # "", light or dark; empty follows the device
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Moved to the moment of the visit before this one, so that "since you were here" has a beginning.
    previous_visit_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    objects = UserStore()

    # A guest of the demo is a user that is not stored; see core.guests.
    is_guest = False

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.is_guest:
            raise TypeError("a guest is never stored")
        super().save(*args, **kwargs)

    @property
    def is_administrator(self) -> bool:
        return self.is_active and self.role == Role.ADMINISTRATOR


class ApiToken(models.Model):
    """A key a program shows instead of a password. Only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class SignInAttempt(models.Model):
    """A failed sign-in (or another turn that strangers have only so often), kept while it counts. Holds hashes, not addresses."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]
