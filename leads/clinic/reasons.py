"""Settings: why a lead may be closed. One page, one form, one save."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk
from leads.clinic.ordered_form import OrderedForm
from leads.clinic.saved import saved
from leads.clinic.stage_actions import save_reasons
from leads.models import CloseReason
from leads.models.close_reason import NAME_LENGTH


class ReasonsForm(OrderedForm):
    name_length = NAME_LENGTH
    parts = ("name", "position", "offered")

    def more_fields(self, row: CloseReason) -> dict[str, forms.Field]:
        return {"offered": forms.BooleanField(label=_("Can be chosen"), required=False, initial=row.offered)}

    def clean(self) -> dict[str, Any]:
        """Without any, nobody could close a lead."""
        cleaned = super().clean()
        if not (cleaned.get("new_name") or any(cleaned.get(f"offered_{row.pk}") for row in self.shown)):
            self.add_error(None, _now("Leave at least one that can be chosen"))
        return cleaned


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: DeskRequest) -> HttpResponse:
    form = ReasonsForm(request.POST or None, rows=list(CloseReason.objects.all()))
    if form.is_valid():
        save_reasons(by=request.user, wished=form.wished(), name=form.cleaned_data["new_name"])
        return saved("reasons")
    return render(request, "leads/clinic/reasons.html", {"form": form})
