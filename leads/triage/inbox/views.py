"""The desk's pages, and one short view for each noun of a lead that staff change."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leads.access import DeskRequest, Right, desk, get_lead, record_read
from leads.followup import actions as followup
from leads.followup.answers import signature_of
from leads.followup.contact import use_what_they_asked
from leads.models import Lead, Message, MessageState, Stage, StopReason
from leads.triage.decisions import actions, snoozes
from leads.triage.decisions.forms import AnswerForm, AssignmentForm, MailForm, RequestForm, SnoozeForm, StageForm, checked
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.recording import Conflict
from leads.triage.decisions.typed_mail import NO_FILES, TypedMail
from leads.triage.inbox import board_page, inbox_page
from leads.triage.lead.changes import change, noun
from leads.triage.lead.show_lead import show_lead
from leads.triage.lead.typed_note import lead_of_page, typed_note
from leads.triage.undo import undo
from leads.triage.words.times import one_stop


@require_safe
@desk(Right.READ_LEADS)
def inbox(request: DeskRequest) -> HttpResponse:
    context, shown = inbox_page.page(request.user, request.GET)
    record_read(request.user, "inbox", shown, "list", request.id)
    return render(request, "leads/triage/inbox.html", context)


@require_safe
@desk(Right.READ_LEADS)
def board(request: DeskRequest) -> HttpResponse:
    context, shown = board_page.page(request.user, request.GET)
    record_read(request.user, "board", shown, "list", request.id)
    return render(request, "leads/triage/board.html", context)


@require_safe
@desk(Right.READ_LEADS)
def lead(request: DeskRequest, reference: str) -> HttpResponse:
    return show_lead(request, get_lead(request.user, reference))


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.READ_LEADS)
def story(request: DeskRequest, reference: str) -> HttpResponse:
    """What they wrote, opened: recorded, and the lead shows who read it. Reading ends no note: it stays in its box."""
    found = get_lead(request.user, reference)
    if request.method != "POST":  # Somebody came back to this address: after signing in, or from their bookmarks.
        return redirect("lead", found.reference)
    try:
        actions.open_story(by=request.user, lead=found)
    except Lead.DoesNotExist:  # A colleague released it this moment; its reference leads to the lead that it joined.
        return redirect("lead", found.reference)
    return show_lead(request, found, story_open=True, note=typed_note(request), mail=TypedMail.of(request))


@change(undo="lead_stage_remove", settles=True)
def stage(request: DeskRequest, lead: Lead) -> str:
    target: Stage = checked(StageForm(request.POST))["stage"]
    actions.change_stage(by=request.user, lead=lead, stage=target)
    return _("Moved to %s.") % target.name


@change(undo="lead_contacted_remove", settles=True)
def contacted(request: DeskRequest, lead: Lead) -> str:
    actions.mark_contacted(by=request.user, lead=lead)
    return _("Contact logged.")


@change(undo="lead_done_remove", settles=True)
def done(request: DeskRequest, lead: Lead) -> str:
    actions.mark_done(by=request.user, lead=lead)
    return _("Done for now.")


@change(undo="lead_snooze_remove", settles=True)
def snooze(request: DeskRequest, lead: Lead) -> str:
    data, calendar = checked(SnoozeForm(request.POST)), Calendar.today()
    until = snoozes.until(calendar, data["until"], data["day"])
    if until is None:
        raise Conflict(_("Choose until when."))
    actions.snooze(by=request.user, lead=lead, until=until)
    return one_stop(_("Snoozed until %s.") % calendar.when(until))


@change(undo="lead_assignment_remove")
def assignment(request: DeskRequest, lead: Lead) -> str:
    owner = checked(AssignmentForm(request.POST))["owner"]
    actions.assign(by=request.user, lead=lead, owner=owner)
    return _("Assigned to %s.") % owner if owner else _("Assigned to nobody.")


@change(undo="lead_care_remove")
def care(request: DeskRequest, lead: Lead) -> str:
    actions.take_care(by=request.user, lead=lead)
    return _("You have this.")


@change(undo="lead_answer_remove", sends_mail=True)
def answer(request: DeskRequest, lead: Lead) -> str:
    if request.FILES:
        raise Conflict(NO_FILES)
    data = checked(AnswerForm(request.POST, signature=signature_of(request.user)))
    actions.write_to(by=request.user, lead=lead, subject=data["mail_subject"], text=data["mail_text"])
    return _("Your email leaves in ten seconds.")


@require_POST
@desk(Right.WORK_LEADS)
def answer_remove(request: DeskRequest, reference: str) -> HttpResponse:
    """The mail does not leave, and whoever wrote it has it back in the box."""
    found, mail = get_lead(request.user, reference, Right.WORK_LEADS), TypedMail.of(request)
    try:
        written = undo.take_back(by=request.user, lead=found).written
    except Conflict as conflict:
        messages.error(request, str(conflict))
    else:
        messages.success(request, _("Taken back: your email does not leave."))
        if written.by_id == request.user.pk:
            mail = mail or TypedMail(written.subject, written.text, signature_of(request.user))
    return show_lead(request, lead_of_page(request, found), note=typed_note(request), mail=mail)


@change(adds=True)
def notes(request: DeskRequest, lead: Lead) -> str:
    """Nothing but the note, which every change brings along."""
    if not typed_note(request).strip():
        raise Conflict(_("Write the note first."))
    return ""


@change(undo="lead_followup_remove")
def followup_resume(request: DeskRequest, lead: Lead) -> str:
    if not followup.resume(lead=lead, by=request.user):
        raise Conflict(_("There is no follow-up to resume."))
    return _("Follow-up resumed.")


@change(undo="lead_followup")
def followup_stop(request: DeskRequest, lead: Lead) -> str:
    if not followup.stop(lead=lead, reason=StopReason.BY_HAND, by=request.user):
        raise Conflict(_("No follow-up is under way."))
    return _("Follow-up stopped.")


@change(undo="lead_hold_remove")
def hold(request: DeskRequest, lead: Lead) -> str:
    followup.hold(lead=lead, by=request.user)
    return _("Automation is on hold for this person.")


@change(undo="lead_hold")
def hold_remove(request: DeskRequest, lead: Lead) -> str:
    followup.release_hold(lead=lead, by=request.user)
    return _("The hold is released.")


@change()
def contact_rule(request: DeskRequest, lead: Lead) -> str:
    """What they asked for holds from now on: a person knows that it is them."""
    asked = lead.contact_rules.asked_for().first()
    if asked is None or not use_what_they_asked(rule=asked, by=request.user):
        raise Conflict(_("Nothing that they asked for is waiting."))
    return _("It holds from now on.")


@change()
def privacy_request(request: DeskRequest, lead: Lead) -> str:
    """What they asked about their data is done."""
    if not actions.finish_request(by=request.user, lead=lead, kind=checked(RequestForm(request.POST))["kind"]):
        raise Conflict(_("Nothing of that kind is open."))
    return _("Done. It stands in the timeline.")


def remover(of: str) -> Callable[..., HttpResponseBase]:
    """POST on `…/<noun>/remove/`; `?change=` says which one is meant."""

    def remove(request: DeskRequest, lead: Lead) -> str:
        undo.undo(by=request.user, lead=lead, noun=of, change=request.GET.get("change", ""))
        return _("Undone.")

    return noun(remove)


@change()
def arrival(request: DeskRequest, lead: Lead) -> str:
    """A mail in doubt did arrive: they said so."""
    followup.it_arrived(message=_in_doubt(request, lead), by=request.user)
    return _("Noted: it arrived.")


@change()
def copy(request: DeskRequest, lead: Lead) -> str:
    """A mail in doubt leaves once more: rather twice than never."""
    followup.send_again(message=_in_doubt(request, lead), by=request.user)
    return _("It will be sent again.")


def _in_doubt(request: DeskRequest, lead: Lead) -> Message:
    pk = checked(MailForm(request.POST))["message"]
    message = lead.messages.filter(pk=pk, state=MessageState.UNKNOWN).first()
    if message is None:
        raise Conflict(_("This mail is no longer in doubt."))
    return message
