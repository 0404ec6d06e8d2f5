"""What somebody changed in the last ten minutes: the list, and taking the newest back from wherever they are."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leads.access import DeskRequest, Right, desk, record_read
from leads.models import BulkChange, BulkState, User
from leads.triage.bulk import bulk_page
from leads.triage.bulk.recent import Change, changes_of
from leads.triage.decisions.outcomes import Calendar
from leads.triage.history.event_words import Names, words
from leads.triage.undo.undoable import UNDO_WITHIN
from leads.triage.words.next_page import desk_page_of
from leads.triage.words.times import Moment


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    what: str
    moment: Moment
    url: str  # of the lead, or of the change of many
    name: str
    undo: str
    why_not: str = ""


@require_safe
@desk(Right.WORK_LEADS)
def changes(request: DeskRequest) -> HttpResponse:
    calendar = Calendar.today()
    of_leads, names = changes_of(request.user, calendar.now), Names.of(calendar)
    lines = [_line(change, names) for change in of_leads] + [_bulk_line(bulk, calendar) for bulk in _bulks(request.user, calendar.now)]
    shown = {change.lead.pk: change.lead for change in of_leads}.values()
    record_read(request.user, "changes", shown, "list", request.id)
    return render(request, "leads/triage/changes.html", {"lines": sorted(lines, key=lambda line: line.at, reverse=True)})


@require_POST
@desk(Right.WORK_LEADS)
def changes_remove(request: DeskRequest) -> HttpResponse:
    """The newest that can be undone. Its own address does it: the browser goes there with the same POST."""
    now = timezone.now()
    newest = max(
        [(change.event.at, change.undo) for change in changes_of(request.user, now) if change.undo]
        + [(bulk.finished_at or bulk.at, _undo_of(bulk)) for bulk in _bulks(request.user, now)],
        default=None,
    )
    if newest:
        return HttpResponseRedirect(newest[1], preserve_request=True)
    messages.error(request, _("There is nothing of yours to undo. A change can be undone for ten minutes."))
    return HttpResponseRedirect(desk_page_of(request.POST) or reverse("changes"), status=303)


def _bulks(user: User, now: datetime) -> list[BulkChange]:
    ended = BulkChange.objects.filter(by=user, state=BulkState.DONE, finished_at__gt=now - UNDO_WITHIN, changed__gt=0)
    return list(ended.order_by("-at"))


def _undo_of(bulk: BulkChange) -> str:
    return reverse("bulk_change_remove", args=[bulk.pk])


def _line(change: Change, names: Names) -> Line:
    url = reverse("lead", args=[change.lead.reference])
    moment = names.calendar.since(change.event.at)
    return Line(change.event.at, words(change.event, names), moment, url, change.lead.name, change.undo, _why_not(change))


def _why_not(change: Change) -> str:
    if change.undo:
        return ""
    return _("%s changed it since.") % change.since if change.since else _("It has changed since.")


def _bulk_line(bulk: BulkChange, calendar: Calendar) -> Line:
    at, url = bulk.finished_at or bulk.at, reverse("bulk_change", args=[bulk.pk])
    return Line(at, bulk_page.what(bulk), calendar.since(at), url, bulk_page.sentence(bulk), _undo_of(bulk))
