"""The follow-ups page; and what staff do with a person's follow-up, beside stopping and resuming it (views.py)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leads.access import DeskRequest, Right, desk, may
from leads.followup import plan_actions, steering
from leads.followup.drafts import published
from leads.models import Enrolment, Lead, Sequence
from leads.triage.decisions.boxes import one_of
from leads.triage.decisions.forms import EnrolmentForm, SequenceForm, checked
from leads.triage.sequences import followups_page


@require_safe
@desk(Right.READ_LEADS)
def followups(request: DeskRequest) -> HttpResponse:
    context = followups_page.page(request.GET) | {"edits": may(request.user, Right.EDIT_CLINIC)}
    return render(request, "leads/triage/followups.html", context, status=400 if context["form"].errors else 200)


@require_POST
@desk(Right.EDIT_CLINIC)
def pause(request: DeskRequest, slug: str) -> HttpResponse:
    plan_actions.pause(sequence=get_object_or_404(Sequence, slug=slug), by=request.user)
    return redirect("followups")


@require_POST
@desk(Right.EDIT_CLINIC)
def unpause(request: DeskRequest, slug: str) -> HttpResponse:
    plan_actions.unpause(sequence=get_object_or_404(Sequence, slug=slug), by=request.user)
    return redirect("followups")


@require_POST
@desk(Right.EDIT_CLINIC)
def move(request: DeskRequest, slug: str) -> HttpResponse:
    """Everybody who is under way in an older version goes on in the newest."""
    version = published(get_object_or_404(Sequence, slug=slug))
    if version is None:
        raise Http404
    moved = plan_actions.move_enrolments(version=version, by=request.user)
    said = ngettext("%(n)d person goes on in version %(version)d.", "%(n)d people go on in version %(version)d.", moved)
    messages.success(request, said % {"n": moved, "version": version.number})
    return redirect("followups")


def start(request: DeskRequest, lead: Lead) -> str:
    sequence: Sequence = checked(SequenceForm(request.POST))["sequence"]
    steering.start(lead=lead, sequence=sequence, by=request.user)
    return _("Follow-up started: %s.") % sequence.name


def skip(request: DeskRequest, lead: Lead) -> str:
    step = steering.skip(enrolment=_waiting(request, lead), by=request.user)
    return _("Follow-up %d is skipped.") % step


def send_now(request: DeskRequest, lead: Lead) -> str:
    step = steering.send_now(enrolment=_waiting(request, lead), by=request.user)
    return _("Follow-up %d is leaving.") % step


def _waiting(request: DeskRequest, lead: Lead) -> Enrolment:
    return one_of(lead.enrolments.all(), checked(EnrolmentForm(request.POST))["enrolment"], _("No follow-up is waiting."))
