"""What the composer of a lead's page does, beside the note and the email (views.py)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leads.access import DeskRequest, Right, desk, get_lead
from leads.followup.again import send_failed_again
from leads.followup.templates import filled
from leads.models import Lead
from leads.triage.decisions import actions
from leads.triage.decisions.boxes import one_of
from leads.triage.decisions.forms import MailForm, TemplateForm, checked
from leads.triage.decisions.recording import Conflict
from leads.triage.decisions.typed_mail import TypedMail, usual_subject
from leads.triage.lead.changes import change
from leads.triage.lead.show_lead import show_lead
from leads.triage.lead.typed_note import typed_call, typed_note


@change(undo="lead_call_remove", takes_note=True, settles=True)
def call(request: DeskRequest, lead: Lead) -> str:
    """The note in the box is about the call."""
    data = typed_call(request)
    counts = actions.reached(lead, data["outcome"])
    actions.log_call(by=request.user, lead=lead, outcome=data["outcome"], text=data["text"])
    return _("Call logged.") if counts else _("Call logged. It does not count as contact: they still wait for us.")


def again(request: DeskRequest, lead: Lead) -> str:
    """A mail that failed leaves once more."""
    message = one_of(lead.messages.all(), checked(MailForm(request.POST))["message"], _("This mail has not failed."))
    copy = send_failed_again(message=message, by=request.user)
    return _("It will be sent again.") if copy else _("It was sent again already.")


@require_POST
@desk(Right.WORK_LEADS)
def template(request: DeskRequest, reference: str) -> HttpResponse:
    """The email box, filled with a template for this person. Nothing is saved."""
    found, mail = get_lead(request.user, reference, Right.WORK_LEADS), TypedMail.of(request)
    try:
        subject, text = filled(checked(TemplateForm(request.POST))["template"], found)
    except Conflict as conflict:
        return show_lead(request, found, note=typed_note(request), mail=mail, refused=str(conflict))
    mail = mail.with_template(subject, text, usual_subject(found.language))
    return show_lead(request, found, note=typed_note(request), mail=mail)
