"""Waiting-room mode: others may see the screen, so names are initials, and whatever tells more is not sent to the browser at all.

What is shown then is a short list of pages (OPEN): a page that nobody has thought of is hidden, not shown.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from leads.access import DeskRequest, Right, desk
from leads.triage.undo.undo import NOUNS
from leads.triage.words.next_page import desk_page_of

FLAG = "waiting_room"  # in the session
PAGES = {
    "inbox",
    "new",
    "saved_view",
    "saved_views_counts",
    "board",
    "lead",  # by its initials: leads.triage.lead.veiled_lead
    "tasks",
    "followups",
    "settings",
    "profile",
    "profile_keys",
    "clinic",
    "stages",
    "reasons",
    "templates",
    "waiting_room",
    "waiting_room_remove",
}
CHANGES = {
    "lead_stage",
    "lead_contacted",
    "lead_done",
    "lead_snooze",
    "lead_assignment",
    "lead_tasks_done",
    *(f"lead_{noun}_remove" for noun in NOUNS),
}
OPEN = PAGES | CHANGES

_on = ContextVar("waiting_room", default=False)


@contextmanager
def names_hidden(on: bool) -> Iterator[None]:
    """For as long as one request is answered."""
    token = _on.set(on)
    try:
        yield
    finally:
        _on.reset(token)


def is_on() -> bool:
    return _on.get()


def shown_name(name: str) -> str:
    """The name, or in waiting-room mode its initials: `Vera Lind` becomes `V. L.`"""
    return initials(name) if is_on() else name


def initials(name: str) -> str:
    return " ".join(f"{word[0].upper()}." for word in name.split()[:3] if word[0].isalnum()) or "–"


def hidden_page(request: HttpRequest) -> HttpResponse:
    """In place of a page that tells more than initials."""
    return render(request, "leads/triage/waiting_room.html")


@require_POST
@desk(Right.READ_LEADS)
def hide(request: DeskRequest) -> HttpResponse:
    """What was just done is no longer said, for it may name somebody; nor does an address keep what was searched for."""
    list(messages.get_messages(request))
    request.session[FLAG] = True
    return _back(request)


@require_POST
@desk(Right.READ_LEADS)
def show(request: DeskRequest) -> HttpResponse:
    request.session.pop(FLAG, None)
    return _back(request)


def _back(request: DeskRequest) -> HttpResponse:
    page, _question, _asked = desk_page_of(request.POST).partition("?")
    return HttpResponseRedirect(page or reverse("inbox"), status=303)
