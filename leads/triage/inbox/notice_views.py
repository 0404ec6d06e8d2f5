"""What the desk has told somebody: the newest first, each leading to its lead."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leads.access import DeskRequest, Right, desk, record_read
from leads.models import KeyPage, Notice, NoticeKind
from leads.triage.decisions import notices
from leads.triage.decisions.outcomes import Calendar
from leads.triage.words.times import Moment


@dataclass(frozen=True, slots=True)
class Told:
    pk: int
    words: str
    name: str  # of the lead
    at: Moment
    unread: bool


@require_safe
@desk(Right.WORK_LEADS)
def notice_list(request: DeskRequest) -> HttpResponse:
    theirs = Notice.objects.filter(user=request.user).select_related("lead", "by")
    rows = KeyPage.asked(theirs, request.GET)
    record_read(request.user, "notices", [notice.lead for notice in rows.found], "list", request.id)
    calendar = Calendar.today()
    context = {"told": [_told(notice, calendar) for notice in rows.found], "any_unread": any(not row.read_at for row in rows.found)}
    return render(request, "leads/triage/notices.html", context | rows.links())


def _told(notice: Notice, calendar: Calendar) -> Told:
    kind = str(NoticeKind(notice.kind).label)
    words = _("%(name)s: %(what)s") % {"name": notice.by, "what": kind[:1].lower() + kind[1:]} if notice.by else kind
    return Told(notice.pk, words, notice.lead.name, calendar.since(notice.at), notice.read_at is None)


@require_POST
@desk(Right.WORK_LEADS)
def notice_open(request: DeskRequest, pk: int) -> HttpResponse:
    """To its lead; it is read now. Another person's does not exist."""
    notice = get_object_or_404(Notice.objects.select_related("lead"), pk=pk, user=request.user)
    notices.read(by=request.user, pk=notice.pk)
    return redirect("lead", notice.lead.reference)


@require_POST
@desk(Right.WORK_LEADS)
def notices_read(request: DeskRequest) -> HttpResponse:
    notices.read(by=request.user)
    return redirect("notices")
