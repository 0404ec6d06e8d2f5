"""Settings: the keys that open the API, and where a website or an email provider connects."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from leads.access import DeskRequest, Right, desk
from leads.clinic import actions
from leads.clinic.saved import saved
from leads.models import ApiKey, Scope
from leads.models.api_key import NAME_LENGTH
from leads.policy.hours import opening_hours
from leads.policy.refused import Refused

SCOPES = {
    Scope.LEADS_READ: _("Read leads: names, addresses, how things stand; never what they wrote"),
    Scope.LEADS_WRITE: _("Change leads: stage, owner, snooze, notes"),
    Scope.MESSAGES_READ: _("Read which mails left, and when"),
}
LASTS = [("90", _("90 days")), ("365", _("A year")), ("", _("Until somebody withdraws it"))]


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"),
        max_length=NAME_LENGTH,
        help_text=_("Like “Website” or “Billing”: whoever withdraws it later has to recognise it."),
        error_messages={"required": _("Say what the key is for"), "max_length": _("Shorten this to %(limit_value)d characters")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(str(scope), words) for scope, words in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one")},
    )
    lasts = forms.TypedChoiceField(
        label=_("How long"),
        choices=LASTS,
        required=False,
        initial="365",
        coerce=lambda days: timedelta(days=int(days)),
        empty_value=None,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk(Right.MANAGE_TEAM)
def connections(request: DeskRequest) -> HttpResponse:
    """The key itself is in the answer to the POST alone: a reload can't bring it back."""
    form = KeyForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            secret = actions.create_key(by=request.user, name=data["name"], scopes=data["scopes"], expires_in=data["lasts"])
            return _page(request, KeyForm(), secret=secret)
        except Refused as refused:
            form.add_error("name", str(refused))
    return _page(request, form)


@require_POST
@desk(Right.MANAGE_TEAM)
def key_remove(request: DeskRequest, pk: int) -> HttpResponse:
    key = get_object_or_404(ApiKey, pk=pk, revoked_at=None)
    actions.revoke_key(by=request.user, prefix=key.prefix)
    return saved("connections", note="withdrawn")


def _page(request: DeskRequest, form: KeyForm, **more: Any) -> HttpResponse:
    keys = ApiKey.objects.filter(revoked_at=None).with_last_read().order_by("name", "pk")
    context = {
        "form": form,
        "keys": [(key, [SCOPES[Scope(scope)] for scope in key.scopes if scope in Scope.values]) for key in keys],
        "now": timezone.now(),
        "zone": opening_hours().zone,
        "withdrawn": "withdrawn" in request.GET,
        "enquiries_url": settings.PUBLIC_URL + reverse("api_enquiries"),
        "schema_url": settings.PUBLIC_URL + reverse("api_schema"),
    }
    return render(request, "leads/clinic/connections.html", context | more)
