"""Settings: the stages. One page, one form, one save."""

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk
from leads.clinic.ordered_form import OrderedForm
from leads.clinic.saved import saved
from leads.clinic.stage_actions import save_stages
from leads.models import Category, Stage, Tone

COLOURS = [("", _("As usual")), *Tone.choices]


class StagesForm(OrderedForm):
    name_length = 40
    parts = ("name", "position", "colour")

    def __init__(self, data: QueryDict | None, *, rows: list[Stage]) -> None:
        super().__init__(data, rows=rows)
        self.fields["new_category"] = forms.ChoiceField(
            label=_("What it means"), choices=Category.choices, initial=Category.WORKING, required=False
        )

    def more_fields(self, row: Stage) -> dict[str, forms.Field]:
        return {"colour": forms.ChoiceField(label=_("Colour"), choices=COLOURS, required=False, initial=row.colour)}


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def stages(request: DeskRequest) -> HttpResponse:
    form = StagesForm(request.POST or None, rows=list(Stage.objects.in_use()))
    if form.is_valid():
        category = form.cleaned_data["new_category"] or Category.WORKING
        save_stages(by=request.user, wished=form.wished(), name=form.cleaned_data["new_name"], category=category)
        return saved("stages")
    return render(request, "leads/clinic/stages.html", {"form": form})
