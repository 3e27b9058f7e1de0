"""Keys that name a customer, and what was bought under them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from grapevine.people.models.identities import Identity


class KeyKind(models.TextChoices):
    EMAIL = "email", _("E-mail address")
    CUSTOMER = "customer", _("Customer number")


class Key(models.Model):
    """What names a customer in a shop. Purchases hang on it, whether or not we know yet whose it is."""

    kind = models.CharField(max_length=10, choices=KeyKind)
    value = models.CharField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(name="key_once", fields=["kind", "value"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class HoldingWay(models.TextChoices):
    """How we know that a key is theirs."""

    MESSAGE = "message", _("They wrote from it, and their server vouched for it")
    LINK = "link", _("They opened a link we sent to it")
    SHOP = "shop", _("The shop says so")
    HUMAN = "human", _("A colleague noted it")


class Holding(models.Model):
    """That a key belongs to an identity. Only a verified one is proof that two identities are one person."""

    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="holdings")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="holdings")
    way = models.CharField(max_length=10, choices=HoldingWay)
    is_verified = models.BooleanField(default=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="holding_once", fields=["identity", "key"])]

    def __str__(self) -> str:
        return f"holding {self.pk}"


class ProfileLink(models.Model):
    """An address that stands on an identity's own profile. Two profiles that name each other are proof."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="links")
    address = models.CharField(max_length=500)  # as `rules.same_address` writes it
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="profile_link_once", fields=["identity", "address"])]
        indexes = [models.Index(name="profile_link", fields=["address"])]

    def __str__(self) -> str:
        return f"link {self.pk}"


class Shop(models.Model):
    """Where purchases come from: a webshop that sends them signed, or files. The key is sealed; `hint` is its end."""

    name = models.CharField(max_length=80, unique=True)
    sealed_key = models.BinaryField(default=b"")
    hint = models.CharField(max_length=8, blank=True)
    key_made_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_code = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class Purchase(models.Model):
    """What somebody bought. One row for each order of a shop; `mark` is a fingerprint of what it says."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="purchases")
    order_id = models.CharField(max_length=120)
    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="purchases")
    items = models.JSONField(default=list)  # [{"name": …, "quantity": …}]
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    bought_at = models.DateTimeField()
    mark = models.CharField(max_length=32)
    received_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)  # when the shop signed what it says; None: it is from a file

    class Meta:
        constraints = [models.UniqueConstraint(name="order_once", fields=["shop", "order_id"])]
        indexes = [models.Index(name="purchase_of", fields=["key", "-bought_at"])]

    def __str__(self) -> str:
        return f"purchase {self.pk}"


class Delivery(models.Model):
    """A signed message that was taken. Kept for as long as it could be sent again."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, db_index=False, related_name="+")
    signature = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(name="delivery_once", fields=["shop", "signature"])]

    def __str__(self) -> str:
        return f"delivery {self.pk}"


class FileState(models.TextChoices):
    LOOK = "look", _("To be looked at")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class PurchaseFile(models.Model):
    """A file of purchases on its way in. The counts and `place` move in the transaction that stores the rows."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="files")
    file_name = models.CharField(max_length=255)
    path = models.TextField(blank=True)
    currency = models.CharField(max_length=3, blank=True, default="")  # of amounts that have none beside them
    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    error_code = models.CharField(max_length=40, blank=True)
    place = models.BigIntegerField(default=0)  # rows of the file that are dealt with
    new = models.BigIntegerField(default=0)
    known = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file_name


class RefusedRow(models.Model):
    """A row of a file that was left out, where it stood and why. `raw` is cut."""

    file = models.ForeignKey(PurchaseFile, on_delete=models.CASCADE, related_name="refused_rows")
    line = models.BigIntegerField()
    reason = models.CharField(max_length=40)
    detail = models.CharField(max_length=200, blank=True)
    raw = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"row {self.line}"
