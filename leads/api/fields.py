"""From a JSON object to what EnquiryForm reads: text is text, a yes is true, and nothing else passes."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import status

from leads.api.errors import Errors, Refused

YES_OR_NO = ("may_leave_voicemail", "consent_reply", "consent_followup")
TEXT = ("name", "email", "phone", "message", "topic", "reply_by", "page")


def refuse(errors: Errors) -> Refused:
    return Refused(status.HTTP_400_BAD_REQUEST, _("Some fields need another look."), errors)


def read_object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise refuse({"body": [_("Send a JSON object.")]})
    return data


def read_enquiry(data: Any) -> tuple[dict[str, Any], str, dict[str, str]]:
    """(fields for the form, page, utm); Refused with a sentence for each field of the wrong type."""
    data = read_object(data)
    errors: Errors = {name: [_("Send text here.")] for name in TEXT if not isinstance(data.get(name) or "", str)}
    errors |= {name: [_("Send true or false here.")] for name in YES_OR_NO if not isinstance(data.get(name) or False, bool)}
    utm = data.get("utm") or {}
    if not isinstance(utm, dict) or not all(isinstance(value, str) for value in utm.values()):
        errors["utm"] = [_("Send an object of texts here.")]
    if errors:
        raise refuse(errors)
    ticks = {name: data.get(name) or False for name in YES_OR_NO}
    texts = {name: clean_text(data.get(name) or "") for name in TEXT}
    return ticks | texts, texts["page"], {clean_text(key): clean_text(value) for key, value in utm.items()}


def clean_text(text: str) -> str:
    """JSON can spell half a character and NUL; no database keeps them."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")
