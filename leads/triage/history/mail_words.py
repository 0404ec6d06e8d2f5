"""Each mail in words: what was sent, what will be, and what was not and why."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.followup.bookings import CANCELLED, CONFIRMED, MOVED
from leads.models import Message, MessageKind, MessageState, StopReason, SuppressionReason

WHY = {
    "acknowledged_today": gettext_lazy("we already thanked this address within a day"),
    "cancelled": gettext_lazy("the booking was cancelled"),
    "moved": gettext_lazy("the booking was moved"),
    "paused": gettext_lazy("the sequence was paused"),
    "replaced": gettext_lazy("the booking was changed since"),
    "skipped": gettext_lazy("skipped by hand"),
    "too_late": gettext_lazy("it would have come after the time itself"),
    "undone": gettext_lazy("in time, by hand"),
    "unwritable": gettext_lazy("it could not be written"),
    **dict(StopReason.choices),
    SuppressionReason.OPTED_OUT: gettext_lazy("they asked us to stop"),
    SuppressionReason.BOUNCED: gettext_lazy("the address does not exist"),
    SuppressionReason.COMPLAINED: gettext_lazy("they reported our mail as spam"),
}
TONES: dict[str, str] = {
    MessageState.SENT: "ok",
    MessageState.FAILED: "danger",
    MessageState.UNKNOWN: "warn",
}


KNOWN_BY_TEXT = {
    "own-page-link": gettext_lazy("Link to their own page"),
    "new-address": gettext_lazy("“Is this your address?”"),
    "address-changed": gettext_lazy("“We write to another address now”"),
    CONFIRMED: gettext_lazy("Confirmation of the booking"),
    MOVED: gettext_lazy("New time of the booking"),
    CANCELLED: gettext_lazy("Cancellation of the booking"),
}


def name_of(message: Message, steps: int) -> str:
    name = _first_name(message, steps)
    return _("%s, once more") % name if message.again_of_id else name


def _first_name(message: Message, steps: int) -> str:
    if message.kind == MessageKind.FOLLOWUP:
        return step_name(message.step or 0, steps)
    if message.kind in (MessageKind.OWN_PAGE, MessageKind.BOOKING) and message.mail in KNOWN_BY_TEXT:
        return str(KNOWN_BY_TEXT[message.mail])
    return str(MessageKind(message.kind).label)


def step_name(step: int, steps: int) -> str:
    return _("Follow-up %(step)d of %(steps)d") % {"step": step, "steps": steps}


def what_became_of(message: Message, now: datetime) -> str:
    """The second half of a sentence that begins with the mail's name."""
    why = str(WHY.get(message.reason, message.reason))
    words = {
        MessageState.SENT: _("sent"),
        MessageState.SENDING: _("is being sent"),
        MessageState.SUPPRESSED: _("not sent: %s") % why,
        MessageState.CANCELLED: _("taken back: %s") % why,
        MessageState.FAILED: _("failed: the mail server refused it"),
        MessageState.UNKNOWN: _("in doubt: it may or may not have arrived"),
    }
    return words.get(MessageState(message.state), _waits(message, now))


def _waits(message: Message, now: datetime) -> str:
    if message.attempts:
        return _("will be tried again")
    return _("will be sent") if message.due_at > now else _("has been waiting to leave since")


def tone(message: Message) -> str:
    return TONES.get(message.state, "")
