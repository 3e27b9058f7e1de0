"""What an administrator sets on the page (what the machine needs is in config.environment)."""

from __future__ import annotations

from django.db import models


class Setting(models.Model):
    """One named value, such as the organisation's name."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.JSONField()
