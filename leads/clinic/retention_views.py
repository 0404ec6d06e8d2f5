"""Settings: how long what nobody needs any more is kept, and what that would delete today."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk
from leads.clinic import actions
from leads.clinic.saved import saved
from leads.models import Clinic, LeadQuerySet
from leads.privacy.retention import outlived

MOST = 1000  # counted; beyond it is "1,000 or more"


class RetentionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    keep_spam_days = forms.IntegerField(
        label=_("Days to keep spam"), required=False, min_value=1, max_value=3650,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], _("Enter a number of days from 1 to 3650, or nothing")),
        help_text=_("30 is usual. Empty: for ever."),
    )  # fmt: skip
    keep_closed_months = forms.IntegerField(
        label=_("Months to keep people whose lead is closed"), required=False, min_value=1, max_value=240,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], _("Enter a number of months from 1 to 240, or nothing")),
        help_text=_("From the last thing that happened. 12 is usual. Empty: for ever."),
    )  # fmt: skip

    class Meta:
        model = Clinic
        fields = ["keep_spam_days", "keep_closed_months"]


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: DeskRequest) -> HttpResponse:
    """ "Try it" counts and deletes nothing; saving lets the hourly job begin."""
    form = RetentionForm(request.POST or None, instance=Clinic.objects.get(pk=1))
    tried: dict[str, Any] = {}
    if form.is_valid():
        if "try" not in request.POST:
            actions.save_clinic(by=request.user, **form.cleaned_data)
            return saved("retention")
        tried = {"tried": True, "would_go": sum(_few(leads) for leads in outlived(form.instance, timezone.now())), "most": MOST}
    return render(request, "leads/clinic/retention.html", {"form": form} | tried)


def _few(leads: LeadQuerySet) -> int:
    return len(leads.order_by().values_list("pk")[:MOST])
