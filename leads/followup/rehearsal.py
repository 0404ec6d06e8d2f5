"""A step as it will be sent, before it is: to look at, and as a test mail to oneself. Made by the code that sends."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.followup import outbox
from leads.followup.compose import compose
from leads.followup.letter import Letter
from leads.followup.letterhead import Letterhead
from leads.followup.plans import text_in
from leads.followup.sample import vera
from leads.models import Message, MessageKind, Step, User, count_up
from leads.policy.refused import Refused

TESTS = 10  # of one person
WITHIN = timedelta(minutes=10)


def letter(step: Step, language: str) -> Letter | None:
    """As Vera would get it; nothing is stored. None where it says nothing yet, not even in English."""
    lead = vera(language)
    message = Message(kind=MessageKind.FOLLOWUP, lead=lead, to_address=lead.email, language=language, text=text_in(step, language))
    return compose(message, Letterhead.current()) if message.text else None


@transaction.atomic
def send_test(*, step: Step, language: str, by: User) -> Message:
    """To their own address, and to nobody else's."""
    text = text_in(step, language)
    if text is None:
        raise Refused(_("There is no text to send yet."))
    _refuse_too_many(by)
    return outbox.queue(kind=MessageKind.TEST, user=by, to_address=by.email, language=language, text=text)


@transaction.atomic
def send_settings_test(*, by: User) -> Message:
    """Whether mail leaves at all."""
    _refuse_too_many(by)
    return outbox.queue(kind=MessageKind.TEST, mail="settings-test", user=by, to_address=by.email)


def _refuse_too_many(by: User) -> None:
    seconds = int(WITHIN.total_seconds())
    if count_up([("test_mail", str(by.pk), seconds)], timezone.now())["test_mail"] > TESTS:
        raise Refused(_("You have had %d test mails within ten minutes. Wait a little before the next one.") % TESTS)
