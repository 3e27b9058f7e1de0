"""Where a message is found."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from grapevine.converse.models import Message
from grapevine.converse.selectors.told import PAGE


def address(message: Message) -> str:
    """The page of its conversation, at the message: as it opens, or the earlier part where it stands."""
    rows = Message.objects.filter(thread=message.thread_id)
    later = rows.filter(at__gte=message.at).filter(Q(at__gt=message.at) | Q(pk__gt=message.pk))
    page = reverse("converse:thread", args=[message.thread_id])
    if len(later.order_by("at")[:PAGE].values_list("pk")) == PAGE:
        page += "?" + urlencode({"before": f"{message.at.isoformat()}~{message.pk + 1}"})
    return f"{page}#message-{message.pk}"
