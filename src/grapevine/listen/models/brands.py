"""Ours or a competitor's."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BrandQuerySet(models.QuerySet["Brand"]):
    def present(self) -> BrandQuerySet:
        """Brands that are not deleted. A deleted one can be brought back until it is purged."""
        return self.filter(deleted_at=None)


class Brand(models.Model):
    """A name people talk about. Its watches say how it is recognised."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    ours = models.BooleanField(_("this is our own brand"), default=False)
    position = models.PositiveIntegerField(default=0)  # its place in lists and its colour in charts
    # How it is called where it speaks itself: its own handles, without @. What these say is counted as no mood.
    accounts = models.JSONField(_("its own accounts"), default=list, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    # The reader that its mentions were last read by (`understand.actions.readings.mark`), and when they were read again.
    read_by = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = BrandQuerySet.as_manager()

    class Meta:
        ordering = ["-ours", "position", "name"]

    def __str__(self) -> str:
        return self.name
