"""What the composer of a lead's page does, beside the note and the email (views.py)."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leads.access import DeskRequest, Right, desk
from leads.models import Lead
from leads.triage import actions
from leads.triage.changes import change
from leads.triage.forms import CallForm, checked
from leads.triage.typed_note import typed_note


@require_POST
@desk(Right.WORK_LEADS)
@change(undo="lead_call_remove", takes_note=True)
def call(request: DeskRequest, lead: Lead) -> str:
    """The note in the box is about the call."""
    data = checked(CallForm({"outcome": request.POST.get("outcome", ""), "text": typed_note(request)}))
    counts = actions.reached(lead, data["outcome"])
    actions.log_call(by=request.user, lead=lead, outcome=data["outcome"], text=data["text"])
    return _("Call logged.") if counts else _("Call logged. It does not count as contact: they still wait for us.")
