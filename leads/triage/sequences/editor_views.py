"""Writing a sequence: the order of its mails and their hours, each mail, and what becomes of the draft."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leads.access import DeskRequest, Right, desk
from leads.followup import draft_actions
from leads.followup.draft_actions import SequenceChanged
from leads.followup.drafts import mark
from leads.followup.plan_actions import NotReady
from leads.triage.sequences.editor_forms import PlanForm, StepForm
from leads.triage.sequences.editor_page import editor_page, sequence_and_version, who_was_quicker
from leads.triage.sequences.step_page import step_page


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.EDIT_CLINIC)
def edit(request: DeskRequest, slug: str) -> HttpResponse:
    sequence, version = sequence_and_version(slug)
    if request.method != "POST":
        return _editor(request, slug)
    form = PlanForm(request.POST, version=version)
    if not form.is_valid():
        return _editor(request, slug, form, status=400)
    seen, windows = form.cleaned_data["seen"], form.cleaned_data["windows"]
    try:
        draft_actions.change_plan(sequence=sequence, seen=seen, windows=windows, order=form.order(), by=request.user)
    except SequenceChanged:
        return _plan_changed(request, slug)
    messages.success(request, _said_of(form.cleaned_data["act"]))
    return redirect("followups_edit", slug)


def _said_of(act: str) -> str:
    """What the button did."""
    said = {"add": _("A mail is added. Write what it says."), "remove": _("The mail is removed."), "": _("The draft is saved.")}
    return said.get(act.partition("-")[0], _("The mail is moved."))


def _plan_changed(request: DeskRequest, slug: str) -> HttpResponse:
    """What they typed, beside what stands there now: saving again puts it in its place."""
    _sequence, version = sequence_and_version(slug)
    data = request.POST.copy()
    data["seen"] = mark(version)
    form = PlanForm(data, version=version)
    form.add_error(None, who_was_quicker(version, _("Nothing of yours is saved yet: look at it again, then save.")))
    return _editor(request, slug, form, status=409)


def _editor(
    request: DeskRequest, slug: str, form: PlanForm | None = None, refused: list[str] | None = None, status: int = 200
) -> HttpResponse:
    context = editor_page(*sequence_and_version(slug), form, request.GET) | {"refused": refused or []}
    return render(request, "leads/triage/editor.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.EDIT_CLINIC)
def step(request: DeskRequest, slug: str, position: int) -> HttpResponse:
    sequence, version = sequence_and_version(slug)
    if request.method != "POST":
        if not version.steps.filter(position=position).exists():
            raise Http404
        return _step(request, slug, position)
    form = StepForm(request.POST, version=version, position=position)
    if not form.is_valid():
        return _step(request, slug, position, form, status=400)
    said = {name: form.cleaned_data[name] for name in ("seen", "wait", "unit")}
    try:
        draft_actions.change_step(sequence=sequence, position=position, texts=form.texts(), by=request.user, **said)
    except SequenceChanged:
        return _step_changed(request, slug, position)
    messages.success(request, _("Mail %d is saved in the draft.") % position)
    return redirect("followups_edit_preview" if request.POST.get("then") == "preview" else "followups_edit_step", slug, position)


def _step_changed(request: DeskRequest, slug: str, position: int) -> HttpResponse:
    _sequence, version = sequence_and_version(slug)
    data = request.POST.copy()
    data["seen"] = mark(version, position)
    form = StepForm(data, version=version, position=position)
    if version.steps.filter(position=position).exists():
        form.add_error(
            None,
            who_was_quicker(
                version, _("Nothing of yours is saved yet: what stands there now is below, and saving again puts yours in its place.")
            ),
        )
    else:
        form.add_error(None, _("This mail is not in the draft any more, and nothing was saved. Copy what you typed before you leave."))
    return _step(request, slug, position, form, status=409)


def _step(request: DeskRequest, slug: str, position: int, form: StepForm | None = None, status: int = 200) -> HttpResponse:
    context = step_page(*sequence_and_version(slug), position, form, changed=status == 409)
    return render(request, "leads/triage/editor_step.html", context, status=status)


@require_POST
@desk(Right.EDIT_CLINIC)
def publish(request: DeskRequest, slug: str) -> HttpResponse:
    return _decided(request, slug, draft_actions.publish_draft, _("Published: %s. Whoever joins from now on gets the new version."))


@require_POST
@desk(Right.EDIT_CLINIC)
def discard(request: DeskRequest, slug: str) -> HttpResponse:
    return _decided(request, slug, draft_actions.discard_draft, _("The draft of %s is discarded."))


def _decided(request: DeskRequest, slug: str, verb: Callable[..., object], said: str) -> HttpResponse:
    """What becomes of the draft that somebody looked at; then back to all sequences."""
    sequence, _version = sequence_and_version(slug)
    try:
        verb(sequence=sequence, seen=request.POST.get("seen", ""), by=request.user)
    except NotReady as not_ready:
        return _editor(request, slug, refused=not_ready.sentences, status=409)
    except SequenceChanged:
        return _editor(request, slug, refused=[_why_not(slug)], status=409)
    messages.success(request, said % sequence.name)
    return redirect("followups")


def _why_not(slug: str) -> str:
    _sequence, version = sequence_and_version(slug)
    return who_was_quicker(version, _("Look at it again, then decide.") if version.published_at is None else _("There is no draft now."))
