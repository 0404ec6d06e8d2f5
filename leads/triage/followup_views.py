"""What staff do with a person's follow-up, beside stopping and resuming it (views.py)."""

from django.utils.translation import gettext as _

from leads.access import DeskRequest
from leads.followup import steering
from leads.models import Enrolment, Lead
from leads.triage.actions import Conflict
from leads.triage.forms import EnrolmentForm, SequenceForm, checked


def start(request: DeskRequest, lead: Lead) -> str:
    sequence = checked(SequenceForm(request.POST))["sequence"]
    try:
        steering.start(lead=lead, sequence=sequence, by=request.user)
    except steering.Refused as refused:
        raise Conflict(str(refused)) from None
    return str(_("Follow-up started: %s.") % sequence)


def skip(request: DeskRequest, lead: Lead) -> str:
    try:
        step = steering.skip(enrolment=_waiting(request, lead), by=request.user)
    except steering.Refused as refused:
        raise Conflict(str(refused)) from None
    return _("Follow-up %d is skipped.") % step


def send_now(request: DeskRequest, lead: Lead) -> str:
    try:
        step = steering.send_now(enrolment=_waiting(request, lead), by=request.user)
    except steering.Refused as refused:
        raise Conflict(str(refused)) from None
    return _("Follow-up %d is leaving.") % step


def _waiting(request: DeskRequest, lead: Lead) -> Enrolment:
    pk = checked(EnrolmentForm(request.POST))["enrolment"]
    found = lead.enrolments.select_related("lead").filter(pk=pk).first()
    if found is None:
        raise Conflict(_("No follow-up is waiting."))
    return found
