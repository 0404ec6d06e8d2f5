"""Settings: removing a stage asks where its leads go. It stands here because it changes leads."""

from typing import cast

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk
from leads.models import Stage
from leads.triage.by_itself.stage_removal import move_on, remove_stage
from leads.triage.decisions.recording import Conflict


class RemovalForm(forms.Form):
    into = forms.ModelChoiceField(
        label=_("Where its leads go"),
        queryset=Stage.objects.none(),
        empty_label=_("Choose a stage"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose where its leads go")),
    )

    def __init__(self, data: QueryDict | None, *, stage: Stage) -> None:
        super().__init__(data)
        others = Stage.objects.in_use().filter(category=stage.category).exclude(pk=stage.pk)
        cast("forms.ModelChoiceField[Stage]", self.fields["into"]).queryset = others


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def stage_remove(request: DeskRequest, slug: str) -> HttpResponse:
    stage = get_object_or_404(Stage, slug=slug)
    if stage.gone_to_id:
        return redirect("stages")
    form = RemovalForm(request.POST if request.method == "POST" else None, stage=stage)
    if form.is_valid() and _removed(request, stage, form):
        return redirect(f"{reverse('stages')}?saved")
    alone = not cast("forms.ModelChoiceField[Stage]", form.fields["into"]).queryset
    context = {"form": form, "stage": stage, "alone": alone, "count": stage.leads.count()}
    return render(request, "leads/triage/stage_remove.html", context)


def _removed(request: DeskRequest, stage: Stage, form: RemovalForm) -> bool:
    try:
        remove_stage(by=request.user, stage=stage, into=form.cleaned_data["into"])
    except Conflict as conflict:
        form.add_error("into", str(conflict))
        return False
    move_on(by=request.user)
    return True
