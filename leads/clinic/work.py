"""When a colleague works: their own hours, absence, who stands in. Everybody sets their own; managers anybody's."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk, staff_with
from leads.clinic import actions
from leads.clinic.saved import saved
from leads.models import User
from leads.policy.periods import DAYS, read_week, show_periods

HOURS = [f"hours_{day}" for day in DAYS]


class WorkForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    stands_in = forms.ModelChoiceField(
        label=_("Who stands in"), queryset=User.objects.none(), required=False, empty_label=_("Nobody: the next in turn"),
        help_text=_("Leads that need you while you are away go to them."),
    )  # fmt: skip

    class Meta:
        model = User
        fields = ["away_from", "away_until", "takes_turns"]
        labels = {"away_from": _("Away from"), "away_until": _("until"), "takes_turns": _("Takes new leads in turn")}
        help_texts = {"away_until": _("Both days are days away. Leave the second empty while nobody knows.")}
        widgets = {name: forms.DateInput({"type": "date"}, format="%Y-%m-%d") for name in ("away_from", "away_until")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stands_in"]
        field.queryset = staff_with(Right.WORK_LEADS).exclude(pk=self.instance.pk).order_by("name")  # type: ignore[attr-defined]  # the stubs know a plain field
        field.initial = self.instance.stands_in_id
        for day, name in enumerate(HOURS):
            shown = show_periods(self.instance.work_hours.get(str(day), []))
            self.fields[name] = forms.CharField(label=WEEKDAYS[day], required=False, initial=shown)
        self.order_fields(["away_from", "away_until", "stands_in", "takes_turns", *HOURS])

    def groups(self) -> list[tuple[str, Any, Any, list[forms.BoundField]]]:
        away = [self[name] for name in ("away_from", "away_until", "stands_in")]
        return [
            ("away", _("Absence"), "", away),
            ("turns", _("Turns"), _("Only while at work, and where the clinic gives new leads out in turn."), [self["takes_turns"]]),
            ("hours", _("Working hours"), _("Like 9:00–13:00. All empty: whenever the clinic is open."), [self[name] for name in HOURS]),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("away_from"), cleaned.get("away_until")
        if end and not start:
            self.add_error("away_from", _now("Say from which day on"))
        elif start and end and end < start:
            self.add_error("away_until", _now("Choose a day that is not before the first"))
        cleaned["work_hours"] = read_week(cleaned, "hours")
        return cleaned


@desk(Right.OWN_PROFILE)
@require_http_methods(["GET", "HEAD", "POST"])
def own_work(request: DeskRequest) -> HttpResponse:
    return _page(request, request.user, saved("profile_work"))


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def team_work(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(User, pk=pk), saved("team_work", pk))


def _page(request: DeskRequest, user: User, back: HttpResponse) -> HttpResponse:
    form = WorkForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if form.is_valid():
        actions.save_work(by=request.user, user=form.instance, **form.cleaned_data)
        return back
    heading = _now("When you work") if user == request.user else _now("When %s works") % user
    return render(request, "leads/clinic/clinic.html", {"form": form, "heading": heading})
