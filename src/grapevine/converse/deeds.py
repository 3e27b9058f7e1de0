"""What people do in this room, in words for the audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from grapevine.core import audit


def describe() -> None:
    """Give the deeds their words. Called when Django starts."""
    audit.describe(
        {
            "converse.thread.picked": _("picked a post to answer"),
            "converse.thread.assigned": _("gave a conversation to somebody"),
            "converse.thread.resolved": _("resolved a conversation"),
            "converse.thread.waiting": _("let a conversation wait for them"),
            "converse.thread.spam": _("called a conversation spam"),
            "converse.thread.reopened": _("opened a conversation again"),
            "converse.thread.snoozed": _("snoozed a conversation"),
            "converse.thread.prioritised": _("changed how much a conversation matters"),
            "converse.thread.labelled": _("labelled a conversation"),
            "converse.thread.unlabelled": _("took a label off a conversation"),
            "converse.thread.undone": _("undid a change of a conversation"),
            "converse.thread.merged": _("merged conversations"),
            "converse.thread.split": _("split a conversation"),
            "converse.thread.rearrangement_undone": _("undid a merging or splitting"),
            "converse.reply.written": _("wrote an answer"),
            "converse.reply.cancelled": _("took an answer back"),
            "converse.reply.sent_again": _("sent an answer again"),
            "converse.reply.called_sent": _("said that an answer arrived"),
            "converse.note.written": _("left a note"),
            "converse.note.removed": _("took a note back"),
            "converse.view.saved": _("saved a view of the inbox"),
            "converse.view.removed": _("removed a view of the inbox"),
            "converse.setting.put_back": _("took a change of settings back"),
            "converse.label.added": _("added a label"),
        }
    )
