"""The page that compares two leads, and what it and the line "possibly the same person" send."""

from typing import cast

from django import forms
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from leads.access import DeskRequest, Right, desk, get_lead, leads_visible_to, record_read
from leads.models import Lead
from leads.triage.decisions.forms import checked
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.recording import Conflict
from leads.triage.history.decided_since import in_words, newest_since_shown
from leads.triage.same_person import apart, merge_page, merging
from leads.triage.same_person.merge_values import CHOOSABLE, KEEP, OTHER

SIDES = [(KEEP, KEEP), (OTHER, OTHER)]
UNKNOWN = gettext_lazy("Choose one of the two values.")


class OtherForm(forms.Form):
    """Which lead it is about, and who says so."""

    other = forms.CharField(max_length=12, error_messages={"required": gettext_lazy("Choose the other lead first.")})

    def __init__(self, data: QueryDict, request: DeskRequest) -> None:
        super().__init__(data)
        self.request = request

    def clean_other(self) -> Lead:
        reference = self.cleaned_data["other"].upper()
        found = leads_visible_to(self.request.user, Right.WORK_LEADS).filter(reference=reference).first()
        if found is None:
            raise forms.ValidationError(_("There is no lead with this reference."))
        return found


class MergeForm(OtherForm):
    confirmed = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict, request: DeskRequest) -> None:
        super().__init__(data, request)
        for field in CHOOSABLE:
            self.fields[field] = forms.ChoiceField(choices=SIDES, required=False, error_messages={"invalid_choice": str(UNKNOWN)})

    def choices(self) -> dict[str, str]:
        return {field: self.cleaned_data[field] for field in CHOOSABLE if self.cleaned_data[field]}


@require_safe
@desk(Right.WORK_LEADS)
def compare(request: DeskRequest, reference: str) -> HttpResponse:
    """Without `with` it asks for the other one's reference."""
    lead = get_lead(request.user, reference, Right.WORK_LEADS)
    asked = request.GET.get("with", "").strip().replace("\x00", "")
    other = _asked(request, asked.upper()) if asked else None
    if other and other.pk == lead.pk:
        return redirect("lead", lead.reference)
    record_read(request.user, "lead_merging", [lead, other] if other else [lead], "details", request.id)
    unknown = asked if other is None else ""
    context = {
        "lead": lead,
        "other": other,
        "asked": unknown,
        "shown": Calendar.today().now.isoformat(),
        "address": request.get_full_path(),
    }
    return render(request, "leads/triage/merge.html", context | (merge_page.page(lead, other) if other else {}))


def _asked(request: DeskRequest, reference: str) -> Lead | None:
    """Only one that was released: what waits in Check joins by itself when it is."""
    leads = leads_visible_to(request.user, Right.WORK_LEADS).accepted()
    found = leads.filter(Q(reference=reference) | Q(enquiries__reference=reference) | Q(merged__reference=reference))
    return found.distinct().first()


def merge(request: DeskRequest, lead: Lead) -> str:
    form = MergeForm(request.POST, request)
    other: Lead = checked(form)["other"]
    if event := newest_since_shown(request.POST, request.user, other):
        raise Conflict(_("%s Look at it first; press again if you still mean it.") % in_words(event))
    merging.merge(by=request.user, keep=lead, other=other, choices=form.choices(), confirmed=form.cleaned_data["confirmed"])
    return _("Merged: %s is part of this lead now.") % other.reference


def unmerge(request: DeskRequest, lead: Lead) -> str:
    return _("Parted: %s is a lead of its own again.") % merging.unmerge(by=request.user, lead=lead).reference


def set_apart(request: DeskRequest, lead: Lead) -> str:
    other, household = _other(request), request.POST.get("household") == "yes"
    if not apart.set_apart(by=request.user, lead=lead, other=other, household=household):
        return _("That was known already.")
    return _("They share an address, and stay two people.") if household else _("Not the same person: they are not suggested again.")


def take_back_apart(request: DeskRequest, lead: Lead) -> str:
    apart.take_back_apart(by=request.user, lead=lead, other=_other(request))
    return _("They may be the same person again.")


def _other(request: DeskRequest) -> Lead:
    return cast(Lead, checked(OtherForm(request.POST, request))["other"])
