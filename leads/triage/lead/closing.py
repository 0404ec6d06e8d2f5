"""Closing a lead with a reason: a small page of its own, to which the board and the lead's page lead."""

from typing import cast

from django import forms
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from leads.access import DeskRequest, Right, desk, get_lead, record_read
from leads.followup.referral_out import letter
from leads.followup.text_field import TextField
from leads.models import Category, CloseReason, Lead, Stage
from leads.triage.decisions import actions
from leads.triage.decisions.forms import checked
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.typed_mail import TypedMail, usual_subject
from leads.triage.history.decided_since import SHOWN
from leads.triage.lead.changes import change
from leads.triage.lead.drafts import draft_of
from leads.triage.lead.show_lead import show_lead

REMARK_LIMIT = 1000  # characters


class CloseForm(forms.Form):
    """Why, and where more than one stage is a closed one, which."""

    reason = forms.TypedChoiceField(
        label=_("Why?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose why it is closed.")),
    )
    stage = forms.TypedChoiceField(label=_("Stage"), coerce=int, required=False, empty_value=None)
    remark = TextField(
        label=_("Anything to add"),
        required=False,
        max_length=REMARK_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Optional. It is kept as private as a note."),
        error_messages={"max_length": _("Shorten it to %(limit_value)d characters or fewer.")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        closed = Stage.objects.known_to_close()
        _choices(self, "reason", [(reason.pk, reason.name) for reason in CloseReason.objects.known()])
        _choices(self, "stage", [(stage.pk, stage.name) for stage in closed])
        if len(closed) == 1:
            del self.fields["stage"]

    def target(self) -> Stage:
        """The stage that was chosen, or the only one."""
        chosen = self.cleaned_data.get("stage")
        return Stage.objects.known_by_id({chosen})[chosen] if chosen else Stage.objects.first_of(Category.CLOSED)


def _choices(form: forms.Form, name: str, choices: list[tuple[int, str]]) -> None:
    cast(forms.TypedChoiceField, form.fields[name]).choices = choices


@require_safe
@desk(Right.WORK_LEADS)
def closing_page(request: DeskRequest, reference: str) -> HttpResponse:
    return _page(request, reference, CloseForm(), request.GET)


@require_POST
@desk(Right.WORK_LEADS)
def close(request: DeskRequest, reference: str) -> HttpResponseBase:
    """What the page sends. Without a reason it is shown again, with what was typed."""
    form = CloseForm(request.POST)
    return _closed(request, reference) if form.is_valid() else _page(request, reference, form, request.POST)


def _page(request: DeskRequest, reference: str, form: CloseForm, asked: QueryDict) -> HttpResponse:
    lead = get_lead(request.user, reference, Right.WORK_LEADS)
    record_read(request.user, "lead_closing", [lead], "name", request.id)
    shown, tasks = asked.get(SHOWN) or Calendar.today().now.isoformat(), lead.tasks.open().count()
    context = {"lead": lead, "form": form, "next": asked.get("next", ""), "shown": shown, "tasks": tasks}
    return render(request, "leads/triage/closing.html", context, status=400 if form.errors else 200)


def _close(request: DeskRequest, lead: Lead) -> str:
    form = CloseForm(request.POST)
    reason = CloseReason.objects.with_id(checked(form)["reason"])
    actions.change_stage(by=request.user, lead=lead, stage=form.target(), reason=reason, remark=form.cleaned_data["remark"])
    return _now("Closed: %s.") % reason


_closed = change("lead_stage_remove", settles=True)(_close)


@require_POST
@desk(Right.WORK_LEADS)
def refer_out(request: DeskRequest, reference: str) -> HttpResponse:
    """The email box, filled with where else they could turn, and what was typed on the lead's page before. Sending is up to the person."""
    lead = get_lead(request.user, reference, Right.WORK_LEADS)
    if not lead.email:
        return show_lead(request, lead, refused=_now("We have no email address of this person."))
    subject, text = letter(lead)
    draft = draft_of(request.user, lead)
    typed = TypedMail.kept(draft, request.user) if draft else TypedMail.of(request)
    mail = typed.with_template(subject, text, usual_subject(lead.language))
    return show_lead(request, lead, note=(draft and draft.note) or "", mail=mail)
