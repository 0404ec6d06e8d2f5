"""What every change on the desk has in common: look the lead up, do it, say it with an "Undo", go back to where one was."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leads.access import DeskRequest, Right, desk, get_lead, leads_visible_to
from leads.models import Lead
from leads.policy.refused import Refused
from leads.triage.bookings.booking_forms import has_typed_time
from leads.triage.decisions.recording import Conflict, lock
from leads.triage.decisions.typed_mail import TypedMail
from leads.triage.history.decided_since import SHOWN, refuse_if_decided_since
from leads.triage.lead.drafts import forget_draft
from leads.triage.lead.show_lead import show_lead
from leads.triage.lead.typed_note import Verb, lead_of_page, typed_note, with_typed_note
from leads.triage.task_list.task_forms import has_typed_task
from leads.triage.words.next_page import desk_page_of
from leads.triage.words.pages import LONGEST_WAITING

NEXT = "next-lead"  # where `next` says this, the lead that has waited longest comes after this one


def change(
    undo: str = "", *, sends_mail: bool = False, settles: bool = False, takes_note: bool = False, adds: bool = False
) -> Callable[[Verb], Callable[..., HttpResponseBase]]:
    """A view of a verb that returns what to say: POST, by those who work on leads. `undo` names the URL that takes it back.

    All but the one that sends it refuse to go on while an email stands in its box; all but those that take the note for themselves save it
    beside what they do; all but those that only add something refuse where a colleague decided something since the page was shown; those
    after which they wait for us no longer (`settles`, and an answer), also where they wrote.
    """

    def decorate(verb: Verb) -> Callable[..., HttpResponseBase]:
        @require_POST
        @desk(Right.WORK_LEADS)
        @wraps(verb)
        def view(request: DeskRequest, reference: str) -> HttpResponse:
            lead = get_lead(request.user, reference, Right.WORK_LEADS)
            try:
                if TypedMail.of(request) and not sends_mail:
                    raise Conflict(_("Send the email first, or empty its box."))
                said = _done(verb, request, lead, takes_note=takes_note, checked=not adds, settles=settles or sends_mail)
            except Refused as refused:
                return _refused(request, lead, str(refused))
            except Lead.DoesNotExist:  # a colleague released it since we looked it up; its reference leads to that one
                return _refused(
                    request, get_lead(request.user, reference, Right.WORK_LEADS), _("It has just joined another lead: this one.")
                )
            if request.POST.get("next") == NEXT:
                said = _("%s Here is the next.") % said
            if said:
                messages.success(request, said, extra_tags=reverse(undo, args=[lead.reference]) if undo else "")
            return HttpResponseRedirect(_onward(request, lead), status=303)

        return view

    return decorate


def _done(verb: Verb, request: DeskRequest, lead: Lead, *, takes_note: bool, checked: bool, settles: bool) -> str:
    with transaction.atomic():
        if checked and SHOWN in request.POST:
            lock(lead)
            refuse_if_decided_since(request.POST, request.user, lead, settles=settles)
        said = verb(request, lead) if takes_note else with_typed_note(verb, request, lead)
        if "note_on" in request.POST:  # What stood in the boxes of its page is saved or sent now.
            forget_draft(by=request.user, lead=lead_of_page(request, lead))
        return said


def noun(verb: Verb, undo: str = "", *, settles: bool = False, adds: bool = False) -> Callable[..., HttpResponseBase]:
    """The same for a verb that stands beside others, where its address is."""
    return change(undo, settles=settles, adds=adds)(verb)


def _refused(request: DeskRequest, lead: Lead, why: str) -> HttpResponse:
    """Back to where one was; but what was typed stays on the page."""
    mail = TypedMail.of(request)
    if typed_note(request).strip() or mail:
        return show_lead(request, lead_of_page(request, lead), note=typed_note(request), mail=mail, refused=why)
    messages.error(request, why)
    if has_typed_time(request.POST) or has_typed_task(request.POST):
        return show_lead(request, lead_of_page(request, lead))
    return HttpResponseRedirect(_back(request, lead), status=303)


def _onward(request: DeskRequest, lead: Lead) -> str:
    if request.POST.get("next") != NEXT:
        return _back(request, lead)
    following = leads_visible_to(request.user).needs_us().exclude(pk=lead.pk).order_by(*LONGEST_WAITING).first()
    return reverse("lead", args=[following.reference]) if following else reverse("inbox")


def _back(request: DeskRequest, lead: Lead) -> str:
    """The desk page that one came from, or the lead's own."""
    return desk_page_of(request.POST) or reverse("lead", args=[lead.reference])
