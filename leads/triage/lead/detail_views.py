"""One line of a lead's details, changed in place: a small form that htmx puts where the line stands, and a page of its own without."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk, get_lead, record_read
from leads.models import Event, Lead
from leads.policy.custom_values import Unfit
from leads.triage.decisions.recording import Conflict
from leads.triage.details.detail_changed import DetailChanged
from leads.triage.details.detail_reading import read_detail
from leads.triage.details.field_values import set_field
from leads.triage.details.lead_details import KnownAlready, change_detail
from leads.triage.lead import editables
from leads.triage.lead.editables import Editable


@dataclass(frozen=True)
class Typed:
    """What stands in the form, and why it was not saved."""

    value: str
    opened: str  # what stood in the field when they began to type, or were told of somebody else's change
    error: str = ""
    theirs: bool = False  # somebody else changed it meanwhile
    other: Lead | None = None  # who has this address already


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.WORK_LEADS)
def detail(request: DeskRequest, reference: str, name: str) -> HttpResponse:
    lead = get_lead(request.user, reference, Right.WORK_LEADS)
    line = editables.editable(lead, name)
    if line is None:
        raise Http404
    if request.method != "POST":
        return _form(request, lead, line, Typed(line.value, line.value))
    value, opened = request.POST.get("value", ""), request.POST.get("opened", line.value)
    try:
        event = _save(request, lead, name, value, opened)
    except DetailChanged as changed:
        return _form(request, lead, line, Typed(value, changed.now, str(changed), theirs=True))
    except KnownAlready as known:
        return _form(request, lead, line, Typed(value, opened, str(known), other=known.other))
    except (Conflict, Unfit) as refused:
        return _form(request, lead, line, Typed(value, opened, str(refused)))
    except Lead.DoesNotExist:  # A colleague released it this moment; its reference leads to the lead that it joined.
        return redirect("lead", lead.reference)
    if event:
        undo = reverse(f"lead_{event.data['noun']}_remove", args=[lead.reference])
        messages.success(request, _("%(what)s changed.") % {"what": line.label}, extra_tags=undo)
    return HttpResponseRedirect(reverse("lead", args=[lead.reference]), status=303)


def _save(request: DeskRequest, lead: Lead, name: str, value: str, opened: str) -> Event | None:
    if field := editables.custom_field(name):
        return set_field(by=request.user, lead=lead, field=field, text=value, opened=opened)
    return change_detail(by=request.user, lead=lead, field=name, value=read_detail(name, value), opened=opened)


def _form(request: DeskRequest, lead: Lead, line: Editable, typed: Typed) -> HttpResponse:
    """htmx puts in nothing that came with an error's status."""
    record_read(request.user, "lead_detail", [lead, *([typed.other] if typed.other else [])], "details", request.id)
    context = {"lead": lead, "line": line, "typed": typed}
    return render(request, "leads/triage/detail_edit.html", context, status=400 if typed.error and not request.htmx else 200)
