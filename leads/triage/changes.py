"""What every change on the desk has in common: look the lead up, do it, say it with an "Undo", go back to where one was."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from leads.access import DeskRequest, Right, get_lead, leads_visible_to
from leads.models import Lead
from leads.triage.actions import Conflict
from leads.triage.pages import LONGEST_WAITING

NEXT = "next-lead"  # where `next` says this, the lead that has waited longest comes after this one

Change = Callable[[DeskRequest, Lead], str]


def change(undo: str = "") -> Callable[[Change], Callable[[DeskRequest, str], HttpResponse]]:
    """A view of a verb that returns what to say. `undo` names the URL that takes it back."""

    def decorate(verb: Change) -> Callable[[DeskRequest, str], HttpResponse]:
        @wraps(verb)
        def view(request: DeskRequest, reference: str) -> HttpResponse:
            lead = get_lead(request.user, reference, Right.WORK_LEADS)
            try:
                said = verb(request, lead)
            except Conflict as conflict:
                messages.error(request, str(conflict))
                return HttpResponseRedirect(_back(request, lead), status=303)
            if request.POST.get("next") == NEXT:
                said = _("%s Here is the next.") % said
            messages.success(request, said, extra_tags=reverse(undo, args=[lead.reference]) if undo else "")
            return HttpResponseRedirect(_onward(request, lead), status=303)

        return view

    return decorate


def checked(form: forms.Form) -> dict[str, Any]:
    """The form's cleaned data; its first error as a Conflict."""
    if not form.is_valid():
        raise Conflict(next(str(error) for errors in form.errors.values() for error in errors))
    return form.cleaned_data


def _onward(request: DeskRequest, lead: Lead) -> str:
    if request.POST.get("next") != NEXT:
        return _back(request, lead)
    following = leads_visible_to(request.user).needs_us().exclude(pk=lead.pk).order_by(*LONGEST_WAITING).first()
    return reverse("lead", args=[following.reference]) if following else reverse("inbox")


def _back(request: DeskRequest, lead: Lead) -> str:
    """The desk page that one came from, or the lead's own."""
    page = request.POST.get("next", "")
    safe = page.startswith(reverse("inbox")) and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if safe else reverse("lead", args=[lead.reference])
