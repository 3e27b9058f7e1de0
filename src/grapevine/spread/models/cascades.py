"""What really spread: who joined when, and who brought them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.spread.models.networks import Network
from grapevine.spread.models.work import Work


class Cascade(Work):
    """Posts of one filter of the stream, read as people joining one after the other. `asked` holds the filter and how bringers are told."""

    name = models.CharField(max_length=140)
    network = models.ForeignKey(Network, null=True, on_delete=models.SET_NULL, related_name="cascades")
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=0)
    depth = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class How(models.TextChoices):
    """How it is known who brought somebody."""

    OWN = "own", _("on their own")
    REPOST = "repost", _("passed it on")
    REPLY = "reply", _("answered it")
    LISTENS = (
        "listens",
        _("listens to them"),
    )  # nobody said so: of those they listen to, who joined last before them


class Joining(models.Model):
    """Somebody joined a cascade. `place` counts from 0 in the order of time; `brought_by` is the place of who brought them."""

    cascade = models.ForeignKey(Cascade, on_delete=models.CASCADE, related_name="joinings")
    place = models.PositiveIntegerField()
    identity = models.ForeignKey("people.Identity", null=True, on_delete=models.SET_NULL, related_name="+")
    post_id = models.BigIntegerField(null=True)  # in sources; gone when the post is
    at = models.DateTimeField()
    brought_by = models.PositiveIntegerField(null=True)
    how = models.CharField(max_length=8, choices=How)
    depth = models.PositiveIntegerField(default=0)
    exposed = models.PositiveIntegerField(default=0)  # so many they listen to had joined before them

    class Meta:
        constraints = [models.UniqueConstraint(name="joining_once", fields=["cascade", "place"])]
