"""From JSON to what EnquiryForm reads. The form itself refuses what is no text or no yes."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import status

from leads.api.errors import Refused
from leads.capture.forms import EnquiryForm
from leads.policy.typed_text import clean_line

KEY_LENGTH = 255
TICKS = ("may_leave_voicemail", "consent_reply", "consent_followup")  # as text they are a form's; here "no" would be a yes


def refuse(errors: dict[str, list[str]]) -> Refused:
    return Refused(status.HTTP_400_BAD_REQUEST, _("Some fields need another look."), errors)


def read_object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise refuse({"body": [_("Send a JSON object.")]})
    return data


def read_enquiry(data: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what EnquiryForm cleaned; page, utm and zone); Refused with a sentence for each field that needs another look."""
    data = read_object(data)
    form = EnquiryForm(data)
    errors = {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()}
    errors |= {name: [_("Send true or false here.")] for name in TICKS if isinstance(data.get(name), str)}
    page, utm, zone = data.get("page") or "", data.get("utm") or {}, data.get("zone") or ""
    errors |= {name: [_("Send text here.")] for name, text in (("page", page), ("zone", zone)) if not isinstance(text, str)}
    if not isinstance(utm, dict) or not all(isinstance(value, str) for value in utm.values()):
        errors["utm"] = [_("Send an object of texts here.")]
    if errors:
        raise refuse(errors)
    utm = {clean_line(key): clean_line(value) for key, value in utm.items()}
    return form.cleaned_data, {"page": clean_line(page), "utm": utm, "zone": zone}


def read_key(key: str | None) -> str | None:
    if key is not None and not (0 < len(key) <= KEY_LENGTH and key.isprintable()):
        raise refuse({"Idempotency-Key": [_("Use 1 to 255 printable characters.")]})
    return key
