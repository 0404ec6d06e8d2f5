"""What a program sends to change a lead, read or refused with a sentence for the field."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.api.fields import read_object, refuse
from leads.policy.typed_text import clean_text
from leads.triage.decisions.actions import NOTE_LIMIT, SNOOZE_AT_MOST

FOR_EVER = gettext_lazy("Choose a day within the next hundred years.")


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


def read_moment(data: Any, name: str, at_most: timedelta = SNOOZE_AT_MOST, too_far: str | Promise = FOR_EVER) -> datetime:
    """One that can be waited for. The verb refuses others, too; but they are bad input, whatever the lead's state."""
    moment, now = _moment(read_text(data, name)), timezone.now()
    if moment is None:
        raise refuse({name: [_("Enter a date and time with its offset, like 2030-01-31T09:00:00+00:00.")]})
    if moment <= now:
        raise refuse({name: [_("Choose a time in the future.")]})
    if moment > now + at_most:
        raise refuse({name: [str(too_far)]})
    return moment


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
        return moment.astimezone(UTC) if moment and moment.tzinfo else None  # Not every offset and every year has one.
    except (ValueError, OverflowError):
        return None
