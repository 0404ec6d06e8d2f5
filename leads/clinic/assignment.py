"""Settings: whether new leads are given out in turn, to which teams, and when managers hear of what is overdue."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from leads.access import DeskRequest, Right, desk, staff_with
from leads.clinic import actions
from leads.clinic.saved import saved
from leads.models import Clinic, Team, Topic, User
from leads.policy.at_work import is_at_work, is_away
from leads.policy.hours import opening_hours


class AssignmentForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    escalate_hours = forms.IntegerField(
        label=_("Tell the managers after"), min_value=1, max_value=80,
        error_messages=dict.fromkeys(["required", "invalid", "min_value", "max_value"], _("Enter a number of hours from 1 to 80")),
        help_text=_("Opening hours for which something has been overdue."),
    )  # fmt: skip

    class Meta:
        model = Clinic
        fields = ["gives_turns", "escalate_hours"]
        labels = {"gives_turns": _("Give new leads out in turn, to whoever is at work")}


class TeamForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None: all.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None: all.")
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Who is in it"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one colleague")},
    )  # fmt: skip

    class Meta:
        model = Team
        fields = ["name", "topics", "languages", "position"]
        labels = {"name": _("Name"), "position": _("Asked as number")}
        help_texts = {"position": _("The first team that takes a lead's topic and language gets it.")}
        error_messages = {"name": {"required": _("Name the team"), "unique": _("There is a team of this name already")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = staff_with(Right.WORK_LEADS).order_by("name")  # type: ignore[attr-defined]  # the stubs know a plain field
        if self.instance.pk:
            self.fields["members"].initial = self.instance.members.all()


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: DeskRequest) -> HttpResponse:
    form = AssignmentForm(request.POST or None, instance=Clinic.objects.get(pk=1))
    if form.is_valid():
        actions.save_clinic(by=request.user, **form.cleaned_data)
        return saved("assignment")
    context = {"form": form, "teams": Team.objects.prefetch_related("members"), "people": _people()}
    return render(request, "leads/clinic/assignment.html", context)


def _people() -> list[tuple[User, str]]:
    """Who works on leads, and whether they could be given one now."""
    now, hours = timezone.now(), opening_hours()
    today = hours.local_day(now)

    def word(user: User) -> str:
        if is_away(user, today):
            return str(_("Away"))
        if not user.takes_turns:
            return str(_("Takes no turns"))
        return str(_("At work")) if is_at_work(user, now, hours) else str(_("Not at work now"))

    return [(user, word(user)) for user in staff_with(Right.WORK_LEADS).order_by("name")]


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def team_edit(request: DeskRequest, pk: int | None = None) -> HttpResponse:
    team = get_object_or_404(Team, pk=pk) if pk else Team()
    form = TeamForm(request.POST or None, instance=team)
    if form.is_valid():
        if actions.save_team(by=request.user, team=form.instance, members=list(form.cleaned_data["members"])):
            return saved("assignment")
        form.add_error("name", _("There is a team of this name already"))
    return render(request, "leads/clinic/team_edit.html", {"form": form, "team": team})


@desk(Right.EDIT_CLINIC)
@require_POST
def team_remove(request: DeskRequest, pk: int) -> HttpResponse:
    actions.remove_team(by=request.user, team=get_object_or_404(Team, pk=pk))
    return saved("assignment")
