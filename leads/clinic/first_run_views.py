"""What the checklist of the first run can do beside leading elsewhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leads.access import DeskRequest, Right, desk
from leads.clinic import actions
from leads.clinic.examples import add_examples, remove_examples


@require_POST
@desk(Right.EDIT_CLINIC)
def end(request: DeskRequest) -> HttpResponse:
    actions.end_first_run(by=request.user)
    messages.success(request, _("The checklist is gone. Everything on it is in the settings."))
    return redirect("inbox")


@require_POST
@desk(Right.EDIT_CLINIC)
def examples(request: DeskRequest) -> HttpResponse:
    added = add_examples(by=request.user)
    messages.success(request, _("Here are some examples. Nothing is mailed to them.") if added else _("The examples are here already."))
    return redirect("inbox")


@require_POST
@desk(Right.EDIT_CLINIC)
def examples_remove(request: DeskRequest) -> HttpResponse:
    remove_examples(by=request.user)
    messages.success(request, _("The examples are gone, with everything you tried out on them."))
    return redirect("inbox")
