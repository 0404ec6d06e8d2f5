"""Settings: the templates of what staff write by hand. One page and one form, which is about a new one or about one of the list."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leads.access import DeskRequest, Right, desk
from leads.clinic import actions
from leads.clinic.forms import TAKEN, TemplateForm
from leads.clinic.saved import saved
from leads.followup.variables import KNOWN, as_typed
from leads.models import MailTemplate
from leads.models.ids import asked_row
from leads.policy.discreet import said_outside
from leads.policy.languages import language_name


@desk(Right.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: DeskRequest) -> HttpResponse:
    """One that a colleague removed meanwhile is written anew: what was typed is not lost."""
    chosen = asked_row(MailTemplate.objects.all(), request.GET.get("template", ""))
    if request.method == "POST" and "remove" in request.POST:
        if chosen:
            actions.remove_template(by=request.user, template=chosen)
        return saved("templates")
    form = TemplateForm(request.POST if request.method == "POST" else None, instance=chosen)
    if form.is_valid() and actions.save_template(by=request.user, template=form.instance):
        return saved("templates")
    if form.is_valid():  # Somebody saved one of this name since the form looked: a second click, perhaps.
        form.add_error("name", TAKEN)
    rows = list(MailTemplate.objects.all())
    context = {
        "form": form,
        "chosen": chosen,
        "rows": [(row, language_name(row.language)) for row in rows],
        "warnings": _indiscretions(rows),
        "variables": [as_typed(name, "en") for name in KNOWN],
    }
    return render(request, "leads/clinic/templates.html", context)


def _indiscretions(rows: list[MailTemplate]) -> list[str]:
    """They may be meant: the person who sends it is asked again."""
    found = ((row, said_outside(row.subject, row.body)) for row in rows)
    return [
        _("“%(name)s” says “%(words)s” in its subject or first words: others may see them.") % {"name": row, "words": ", ".join(words)}
        for row, words in found
        if words
    ]
