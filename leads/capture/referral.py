"""The second page for who refers somebody: who it is about, and whether that person knows. Their own enquiry is saved already."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leads.capture import token
from leads.capture.actions import add_referral
from leads.capture.error_pages import page_has_closed
from leads.capture.fields import EmailField, LineField, OneOfField, PhoneField, TickField
from leads.capture.forms import checked_email
from leads.capture.language import localised
from leads.capture.pages import clinic_at_hand
from leads.models import Enquiry, Topic
from leads.policy.names import LONGEST_NAME

ROLES = [
    ("clinician", _("I look after them as a clinician")),
    ("relative", _("I am family, or a friend")),
    ("other", _("Somebody else")),
]


class ReferralForm(forms.Form):
    """Without their consent no way to reach them is taken."""

    use_required_attribute = False

    role = OneOfField(
        label=_("Who are you to them? (optional)"),
        required=False,
        choices=ROLES,
        error_messages={"invalid_choice": _("Choose one of these, or none")},
    )
    name = LineField(
        label=_("What should we call them?"),
        max_length=LONGEST_NAME,
        too_long=_("Enter a name of at most 120 characters"),
        error_messages={"required": _("Enter a name for them. A first name is enough")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agreed = TickField(label=_("They know that I am writing to you, and they agree that you contact them."), required=False)
    email = EmailField(label=_("Their email address (optional)"), autocomplete="off")
    phone = PhoneField(label=_("Their phone number (optional)"), autocomplete="off")

    def clean_email(self) -> str:
        return checked_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        reach = self.cleaned_data.get("email") or self.cleaned_data.get("phone")
        if reach and not self.cleaned_data.get("agreed"):
            self.add_error("agreed", _("Select this box if they agreed. If they did not, leave their email address and phone number empty"))
        return self.cleaned_data


@csrf_exempt  # The signed address is the permission: it is known to nobody but the one who has just written.
@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: HttpRequest, sent: str) -> HttpResponse:
    enquiry_id = token.read_sent(sent)
    if enquiry_id is None:
        return page_has_closed(request)
    enquiry = get_object_or_404(Enquiry.objects.defer("message").select_related("lead"), pk=enquiry_id, topic=Topic.REFERRAL)
    form = ReferralForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        add_referral(enquiry=enquiry, details=form.cleaned_data)
        return HttpResponse(status=303, headers={"Location": localised(request, "contact_sent", sent)})
    response = render(request, "leads/capture/referral.html", {"clinic": clinic_at_hand(), "form": form})
    response.headers["Cache-Control"] = "no-store"
    return response
