"""A mail of a draft as it will be sent: in frames that let nothing out, and as a test mail to oneself."""

from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from leads.access import DeskRequest, Right, desk
from leads.followup import rehearsal
from leads.models import Sequence, Step
from leads.policy.refused import Refused
from leads.triage.sequences.editor_page import sequence_and_version
from leads.triage.sequences.preview_page import in_scheme, preview_page

# The mail's own style stands in an attribute, as mail programs want it; nothing else of it may do anything.
MAIL_POLICY = "default-src 'none'; style-src-attr 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox"


@require_safe
@desk(Right.EDIT_CLINIC)
def preview(request: DeskRequest, slug: str, position: int) -> HttpResponse:
    sequence, step = _step(slug, position)
    context = preview_page(sequence, step, _language(request.GET.get("language", settings.LANGUAGES[0][0])))
    response = render(request, "leads/triage/editor_preview.html", context)
    response.headers["Content-Security-Policy"] = build_policy(update={"frame-src": ["'self'"]})
    return response


@require_safe
@xframe_options_sameorigin
@desk(Right.EDIT_CLINIC)
def preview_mail(request: DeskRequest, slug: str, position: int, language: str) -> HttpResponse:
    """The HTML part alone."""
    letter = rehearsal.letter(_step(slug, position)[1], _language(language))
    if letter is None:
        raise Http404
    return HttpResponse(in_scheme(letter.html, request.GET.get("scheme", "")), headers={"Content-Security-Policy": MAIL_POLICY})


@require_POST
@desk(Right.EDIT_CLINIC)
def send_test(request: DeskRequest, slug: str, position: int) -> HttpResponse:
    """To whoever asks for it, and to nobody else."""
    language = _language(request.POST.get("language", ""))
    try:
        mail = rehearsal.send_test(step=_step(slug, position)[1], language=language, by=request.user)
        messages.success(request, _("Sent to %s.") % mail.to_address)
    except Refused as refused:
        messages.error(request, str(refused))
    response = redirect("followups_edit_preview", slug, position)
    response.headers["Location"] += f"?language={language}"
    return response


def _step(slug: str, position: int) -> tuple[Sequence, Step]:
    sequence, version = sequence_and_version(slug)
    step = version.steps.prefetch_related("texts").filter(position=position).first()
    if step is None:
        raise Http404
    return sequence, step


def _language(code: str) -> str:
    if code not in dict(settings.LANGUAGES):
        raise Http404
    return code
