"""A new sequence, and whom one takes in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk
from leads.followup import sequence_actions
from leads.followup.draft_actions import SequenceChanged
from leads.followup.drafts import mark_of_rules
from leads.models import Sequence
from leads.triage.sequences.rules_form import RulesForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.EDIT_CLINIC)
def new(request: DeskRequest) -> HttpResponse:
    form = RulesForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form)
    sequence = sequence_actions.create_sequence(by=request.user, **form.rules())
    messages.success(request, _("%s is made. Nobody gets it before you publish it.") % sequence.name)
    return redirect("followups_edit", sequence.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.EDIT_CLINIC)
def rules(request: DeskRequest, slug: str) -> HttpResponse:
    sequence = get_object_or_404(Sequence, slug=slug)
    form = RulesForm(request.POST if request.method == "POST" else None, sequence)
    if not form.is_valid():
        return _page(request, form, sequence)
    try:
        sequence_actions.change_rules(sequence=sequence, seen=form.cleaned_data["seen"], by=request.user, **form.rules())
    except SequenceChanged:
        return _rules_changed(request, get_object_or_404(Sequence, slug=slug))
    messages.success(request, _("Saved. It holds for whoever writes from now on."))
    return redirect("followups")


def _rules_changed(request: DeskRequest, sequence: Sequence) -> HttpResponse:
    data = request.POST.copy()
    data["seen"] = mark_of_rules(sequence)
    form = RulesForm(data, sequence)
    form.add_error(None, _("Somebody changed this after you opened it. Nothing of yours is saved yet: saving again puts it in its place."))
    return _page(request, form, sequence, status=409)


def _page(request: DeskRequest, form: RulesForm, sequence: Sequence | None = None, status: int = 200) -> HttpResponse:
    context = {"form": form, "sequence": sequence}
    return render(request, "leads/triage/followups_rules.html", context, status=400 if form.errors and status == 200 else status)
