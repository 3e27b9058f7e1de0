"""Topics that a brand's talk had, kept so that each is known again the next day."""

from __future__ import annotations

from django.db import models

from grapevine.listen.models.brands import Brand


class KeptTopic(models.Model):
    """A topic of a brand: its terms as they were last, the name it keeps, and how many posts it had on each day.

    `label` is some terms of one language (`lang`, empty: unsure), said by several people each. `days` are estimates by day (ISO), of whole days
    only and the latest ninety at most.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="topics")
    lang = models.CharField(max_length=8, blank=True)
    terms = models.JSONField(default=list)
    label = models.JSONField(default=list)
    days = models.JSONField(default=dict)
    first_on = models.DateField()  # the first day of its first sample
    last_on = models.DateField()  # the last day it was found

    class Meta:
        ordering = ["brand", "id"]
