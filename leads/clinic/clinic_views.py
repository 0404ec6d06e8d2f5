"""The settings that are columns of the clinic's one row: one page each, one form, one save."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk
from leads.clinic import actions
from leads.clinic.clinic_forms import AppearanceForm, ClinicForm, CrisisForm, HoursForm
from leads.clinic.saved import saved
from leads.clinic.wording_form import WordingForm
from leads.models import Clinic
from leads.policy.discreet import disclosing_words


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def clinic(request: DeskRequest) -> HttpResponse:
    form = ClinicForm(request.POST or None, instance=_clinic())
    return _saved(request, form, "clinic") or _page(request, form, gettext_lazy("Clinic"), warnings=_indiscretions(form.instance))


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: DeskRequest) -> HttpResponse:
    form = HoursForm(request.POST or None, instance=_clinic())
    return _saved(request, form, "hours", actions.save_hours) or _page(request, form, gettext_lazy("Hours and promise"))


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def crisis(request: DeskRequest) -> HttpResponse:
    form = CrisisForm(request.POST or None, instance=_clinic())
    return _saved(request, form, "crisis", actions.confirm_crisis_numbers) or _page(request, form, gettext_lazy("Crisis numbers"))


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: DeskRequest) -> HttpResponse:
    form = WordingForm(request.POST or None, clinic=_clinic())
    said = _(
        "Leave a box empty for our own words. What people agree to can’t be reworded: each wording is evidence of what they agreed to."
    )
    return _saved(request, form, "wording") or _page(request, form, gettext_lazy("Form wording"), introduction=said)


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: DeskRequest) -> HttpResponse:
    form = AppearanceForm(request.POST or None, instance=_clinic())
    return _saved(request, form, "appearance") or _page(request, form, gettext_lazy("Appearance"))


def _clinic() -> Clinic:
    return Clinic.objects.get(pk=1)


def _saved(request: DeskRequest, form: BaseForm, page: str, save: Callable[..., None] = actions.save_clinic) -> HttpResponse | None:
    """None where there is nothing that could be saved."""
    if not form.is_valid():
        return None
    save(by=request.user, **form.cleaned_data)
    return saved(page)


def _page(request: DeskRequest, form: BaseForm, heading: Any, **more: Any) -> HttpResponse:
    return render(request, "leads/clinic/clinic.html", {"form": form, "heading": heading} | more)


def _indiscretions(clinic: Clinic) -> list[str]:
    """What strangers who see a person's inbox could conclude from the clinic's names."""
    warnings = []
    if words := disclosing_words(clinic.sender_name):
        warnings.append(_("The sender of emails tells what people are treated for (%s). Choose another name.") % ", ".join(words))
    if words := disclosing_words(clinic.name):
        warnings.append(
            _("The clinic's name tells what people are treated for (%s). Emails show the sender's name instead.") % ", ".join(words)
        )
    return warnings
