"""What a request holds, read or refused with a sentence for the field. EnquiryForm itself refuses what is no text or no yes."""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework import status

from leads.api.errors import Refused
from leads.capture.fields import clean_line, clean_text
from leads.capture.forms import EnquiryForm
from leads.triage.actions import NOTE_LIMIT, SNOOZE_AT_MOST

KEY_LENGTH = 255
TICKS = ("may_leave_voicemail", "consent_reply", "consent_followup")  # as text they are a form's; here "no" would be a yes


def refuse(errors: dict[str, list[str]]) -> Refused:
    return Refused(status.HTTP_400_BAD_REQUEST, _("Some fields need another look."), errors)


def read_object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise refuse({"body": [_("Send a JSON object.")]})
    return data


def read_enquiry(data: Any) -> tuple[dict[str, Any], str, dict[str, str]]:
    """(what EnquiryForm cleaned, page, utm); Refused with a sentence for each field that needs another look."""
    data = read_object(data)
    form = EnquiryForm(data)
    errors = {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()}
    errors |= {name: [_("Send true or false here.")] for name in TICKS if isinstance(data.get(name), str)}
    page, utm = data.get("page") or "", data.get("utm") or {}
    if not isinstance(page, str):
        errors["page"] = [_("Send text here.")]
    if not isinstance(utm, dict) or not all(isinstance(value, str) for value in utm.values()):
        errors["utm"] = [_("Send an object of texts here.")]
    if errors:
        raise refuse(errors)
    return form.cleaned_data, clean_line(page), {clean_line(key): clean_line(value) for key, value in utm.items()}


def read_key(key: str | None) -> str | None:
    if key is not None and not (0 < len(key) <= KEY_LENGTH and key.isprintable()):
        raise refuse({"Idempotency-Key": [_("Use 1 to 255 printable characters.")]})
    return key


def read_text(data: Any, name: str) -> str:
    value = read_object(data).get(name)
    if not isinstance(value, str) or not clean_text(value):
        raise refuse({name: [_("Send text here.")]})
    return clean_text(value)


def read_note(data: Any, name: str) -> str:
    text = read_text(data, name)
    if len(text) > NOTE_LIMIT:
        raise refuse({name: [_("Shorten the note to %(limit)d characters or fewer.") % {"limit": NOTE_LIMIT}]})
    return text


def read_moment(data: Any, name: str) -> datetime:
    """One that can be waited for. The verb refuses others, too; but they are bad input, whatever the lead's state."""
    moment, now = _moment(read_text(data, name)), timezone.now()
    if moment is None:
        raise refuse({name: [_("Enter a date and time with its offset, like 2030-01-31T09:00:00+00:00.")]})
    if moment <= now:
        raise refuse({name: [_("Choose a time in the future.")]})
    if moment > now + SNOOZE_AT_MOST:
        raise refuse({name: [_("Choose a day within the next hundred years.")]})
    return moment


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
        return moment.astimezone(UTC) if moment and moment.tzinfo else None  # Not every offset and every year has one.
    except (ValueError, OverflowError):
        return None
