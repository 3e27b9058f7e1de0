"""Doors to answering: reply, note, draft, being there, and what becomes of answers that didn't go."""

from __future__ import annotations

import io
from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grapevine.connectors.base import Attachment
from grapevine.converse.actions import approvals, drafts, files, notes, replies
from grapevine.converse.actions import surveys as asking
from grapevine.converse.models import Message, MessageState, Status, Thread
from grapevine.converse.selectors import answer_files, inbox, surveys, teams, threads
from grapevine.converse.selectors.wishes import Wish
from grapevine.converse.views import changing
from grapevine.core import access, clock
from grapevine.ui import toasts


def _to(request: HttpRequest, thread: Thread) -> HttpResponse:
    wanted = Wish.read(request.GET)
    response = redirect(reverse("converse:thread", args=[thread.pk]) + wanted.address())
    response.status_code = 303
    return response


@require_POST
@access.needs("converse.thread.work")
def reply(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Answer. What can't be sent stays in the box, with why."""
    thread = threads.reachable_by(request.user, thread_id)
    if "drop" in request.POST:
        drafts.throw_away(thread=thread, by=request.user)
        return _to(request, thread)
    text = request.POST.get("text", "").replace("\r\n", "\n").strip()
    chosen = [
        Attachment(
            name=one.name or "file",
            media_type=one.content_type or "application/octet-stream",
            content=one.read(),
        )
        for one in request.FILES.getlist("files")[: files.MOST]
    ]
    if "note" in request.POST:
        _keep_files(request, thread, chosen)
        return _note(request, thread, text)
    answers, seen = changing.numbers(request, "answers"), changing.numbers(request, "seen")
    send_at = (
        changing.moment(request.POST.get("send_at", "")) if request.POST.get("when") == "later" else None
    )
    try:
        message = _write(
            request, thread=thread, text=text, by=request.user, at=clock.now(), seen=seen[0] if seen else 0,
            answers=answers[0] if answers else None, copies=request.POST.getlist("copies"),
            send_at=send_at, hold=teams.hold_of(request.user), anyway="anyway" in request.POST, attachments=chosen,
            kept_files=changing.numbers(request, "kept") if "kept_shown" in request.POST else None,
            then=Status.RESOLVED if "resolve" in request.POST else Status.WAITING,
        )  # fmt: skip
    except replies.AnsweredMeanwhile as error:
        _keep(thread, text, request, chosen)
        return _again(request, thread, meanwhile=error.message)
    except replies.CannotSend as error:
        _keep(thread, text, request, chosen)
        return _again(request, thread, fault=str(error))
    _tell(request, message)
    return _to(request, thread)


@transaction.atomic
def _write(request: HttpRequest, *, thread: Thread, text: str, **given: Any) -> Message:
    """The answer, with our question beneath it where the box is ticked and there is something to put it beneath."""
    if text and "ask" in request.POST and surveys.may_be_asked(thread):
        text = asking.asking(
            thread=thread,
            text=text,
            by=given["by"],
            at=given["at"],
            address_of=lambda token: request.build_absolute_uri(reverse("converse:survey", args=[token])),
        )
    return replies.write(thread=thread, text=text, **given)


def _tell(request: HttpRequest, message: Message) -> None:
    """What becomes of it; to be undone for as long as that is sure."""
    undo = reverse("converse:reply-cancel", args=[message.pk]) + Wish.read(request.GET).address()
    lasts = teams.hold_of(request.user).seconds if message.state == MessageState.WAITING else None
    toasts.add(request, _said_of(message.state), undo="" if lasts == 0 else undo, lasts=lasts)


def _said_of(state: str) -> str:
    return {
        MessageState.APPROVAL: _("It goes beyond your mandate, so it waits for a lead."),
        MessageState.SCHEDULED: _("It will be sent then."),
    }.get(MessageState(state), _("On its way."))


def _keep(thread: Thread, text: str, request: HttpRequest, chosen: list[Attachment]) -> None:
    drafts.save(thread=thread, text=text, is_note=False, by=request.user, at=clock.now())
    _keep_files(request, thread, chosen)


def _keep_files(request: HttpRequest, thread: Thread, chosen: list[Attachment]) -> None:
    """A browser doesn't choose a file twice by itself, so what could not be sent stays with the draft: what is ticked, and what is new."""
    if "kept_shown" in request.POST:
        files.drop_draft(thread, by=request.user, but=changing.numbers(request, "kept"))
    kept = files.add_that_fit(thread, chosen, by=request.user, at=clock.now())
    if kept < len(chosen):
        toasts.add(request, _("The files are more than can be kept. Choose smaller ones."), tone="bad")


def _again(request: HttpRequest, thread: Thread, **why: Any) -> HttpResponse:
    at = clock.now()
    chosen = changing.numbers(request, "answers")
    page = threads.page(thread, by=request.user, at=at, answers=chosen[0] if chosen else None)
    context = {
        "thread": thread,
        "conversation": page,
        "wish": Wish.read(request.GET),
        "colleagues": inbox.choices().people,
        **why,
        "posted": request.POST,
        "copied": request.POST.getlist("copies"),
    }
    return render(request, "converse/answer.html", context, status=422)


def _note(request: HttpRequest, thread: Thread, text: str) -> HttpResponse:
    at = clock.now()
    try:
        notes.write(thread=thread, text=text, by=request.user, at=at)
        if request.POST.get("of") != "note":
            # It was begun as an answer: what was kept of it as one is said now.
            drafts.drop_as(thread=thread, text=text, user=request.user)
    except notes.Empty:
        drafts.save(thread=thread, text=text, is_note=True, by=request.user, at=at)
        toasts.add(request, _("The note is empty, or too long."), tone="bad")
    return _to(request, thread)


@require_http_methods(["GET", "POST"])
@access.needs("converse.thread.work")
def draft(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Keep what was written so far; or, for a page that comes back from the browser's memory, say what is kept."""
    thread = threads.reachable_by(request.user, thread_id)
    if request.method == "GET":
        answer, note = threads.begun(thread, by=request.user)
        return JsonResponse({"answer": answer, "note": note})
    drafts.save(
        thread=thread,
        text=request.POST.get("text", ""),
        is_note="note" in request.POST,
        by=request.user,
        at=clock.now(),
    )
    return HttpResponse(status=204)


@require_POST
@access.needs("converse.thread.work")
def look(request: HttpRequest, thread_id: int) -> HttpResponse:
    """A sign that somebody is there; answered with who else is."""
    thread = threads.reachable_by(request.user, thread_id)
    at = clock.now()
    if "leave" in request.POST:
        drafts.leave(thread=thread, by=request.user)
        return HttpResponse(status=204)
    drafts.look(thread=thread, by=request.user, typing="typing" in request.POST, at=at)
    return render(request, "converse/_there.html", {"there": threads.there(thread, by=request.user, at=at)})


@require_GET
@access.needs("converse.thread.see")
def there(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Who else is there."""
    thread = threads.reachable_by(request.user, thread_id)
    found = threads.there(thread, by=request.user, at=clock.now())
    return render(request, "converse/_there.html", {"there": found})


@require_POST
@access.needs("converse.thread.work")
def cancel(request: HttpRequest, message_id: int) -> HttpResponse:
    """Take an answer back that hasn't gone."""
    message = threads.message_reachable_by(request.user, message_id)
    try:
        done = replies.cancel(message=message, by=request.user, at=clock.now())
    except approvals.AlreadyDecided:
        done = False
    if done:
        toasts.add(request, _("Taken back. Its words are in your answer box."))
    else:
        toasts.add(request, _("Too late: it has gone, or may have. Look there."), tone="bad")
    return _to(request, message.thread)


@require_POST
@access.needs("converse.thread.work")
def settle(request: HttpRequest, message_id: int) -> HttpResponse:
    """An answer that is stuck: send it again, or say that it arrived."""
    message, at = threads.message_reachable_by(request.user, message_id), clock.now()
    if "arrived" in request.POST:
        done = replies.call_sent(message=message, by=request.user, at=at)
    else:
        try:
            done = replies.send_again(
                message=message, by=request.user, at=at, looked="looked" in request.POST
            )
        except replies.AnsweredMeanwhile as error:
            _keep(message.thread, message.text, request, [])
            return _again(request, message.thread, meanwhile=error.message)
        except replies.CannotSend as error:
            _keep(message.thread, message.text, request, [])
            return _again(request, message.thread, fault=str(error))
    if not done:
        toasts.add(request, _("That was settled already."), tone="info")
    return _to(request, message.thread)


@require_GET
@access.needs("converse.thread.see")
def answer_file(request: HttpRequest, file_id: int) -> FileResponse:
    """A file that waits with an answer, to be kept on one's own machine: never shown as a page of ours."""
    file = answer_files.reachable_by(request.user, file_id)
    response = FileResponse(
        io.BytesIO(file.content),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@access.needs("converse.thread.work")
def remove_note(request: HttpRequest, message_id: int) -> HttpResponse:
    """Take a note back."""
    note = threads.message_reachable_by(request.user, message_id)
    if note.direction != "note":
        raise Http404("no note")
    if notes.remove(note=note, by=request.user, at=clock.now()):
        toasts.add(request, _("The note is gone. Its words are in your note box."))
    else:
        toasts.add(request, _("The note is gone."))
    return _to(request, note.thread)


urlpatterns = [
    path("inbox/<int:thread_id>/reply/", reply, name="reply"),
    path("inbox/<int:thread_id>/draft/", draft, name="draft"),
    path("inbox/<int:thread_id>/look/", look, name="look"),
    path("inbox/<int:thread_id>/there/", there, name="there"),
    path("inbox/files/<int:file_id>/", answer_file, name="answer-file"),
    path("inbox/messages/<int:message_id>/cancel/", cancel, name="reply-cancel"),
    path("inbox/messages/<int:message_id>/settle/", settle, name="reply-settle"),
    path("inbox/messages/<int:message_id>/remove/", remove_note, name="note-remove"),
]
