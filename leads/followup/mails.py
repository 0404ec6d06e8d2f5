"""The catalogue: each mail is a function that returns its context. The words are in templates/mail/<name>/; those of a
follow-up are the clinic's own, and the template adds what no follow-up may lack.

Discreet by default (guarantees M4): no mail says what the clinic treats, and nothing that was typed comes back but a name
that looks like one. A language other than English has files of its own beside the English ones, such as `body.es.txt`:
a mail is translated as a whole, by somebody who can read it as one.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _

from leads.followup.frame import mark
from leads.followup.letterhead import Letterhead
from leads.followup.optout import token_of
from leads.followup.own_link import own_page_url
from leads.followup.sample import vera
from leads.followup.variables import rendered, words
from leads.models import Enquiry, Lead, Message, MessageKind, SignInLink, StepText
from leads.policy.names import greeting_name

Context = dict[str, Any]
Mail = Callable[[Message, Letterhead], Context]

CATALOGUE: dict[str, Mail] = {}


def mail(*names: str) -> Callable[[Mail], Mail]:
    def register(function: Mail) -> Mail:
        CATALOGUE.update(dict.fromkeys(names, function))
        return function

    return register


def name_of(message: Message) -> str:
    """Which mail this is."""
    if message.kind == MessageKind.STAFF_ALERT and not message.mail:
        return "crisis-alert" if message.enquiry_id else "staff-alert"
    if message.kind == MessageKind.FOLLOWUP or (message.kind == MessageKind.TEST and not message.mail):
        return "followup"
    return message.mail or message.kind.replace("_", "-")


@mail("acknowledgement")
def acknowledgement(message: Message, head: Letterhead) -> Context:
    """The promise is named as long as it lies ahead: an enquiry may have waited in check."""
    enquiry = _enquiry_of(message)
    day, time = promise_words(enquiry.promise_at, head.zone, message.language)
    return {
        "greeting_name": greeting_name(enquiry.name),
        "reference": enquiry.reference,
        "promise_day": day if enquiry.promise_at > now() else "",
        "promise_time": time,
        "crisis": enquiry.crisis,
        "own_page_url": own_page_url(enquiry.reference, message.to_address, message.language),
    }


@lru_cache(maxsize=500)
def promise_words(promise_at: datetime, zone: ZoneInfo, language: str) -> tuple[str, str]:
    """Day and time on the clinic's clock. Kept, because many are promised the same quarter of an hour."""
    promise = promise_at.astimezone(zone)
    with translation.override(language):
        day = f"{date_format(promise, 'l')}, {date_format(promise, 'MONTH_DAY_FORMAT')}"
        return day, date_format(promise, "TIME_FORMAT")


@mail("followup")
def followup(message: Message, head: Letterhead) -> Context:
    """What is personal stands in the text as its mark (frame.py): most follow-ups say the same. A test mail is as Vera would get it."""
    is_test = message.kind == MessageKind.TEST
    lead, text = vera(message.language) if is_test else _lead_of(message), text_of(message)
    name = greeting_name(lead.name)
    marked = mark("greeting_name") if name else ""
    known = words(
        name=marked, reference=mark("reference"), phone=head.words["phone"], sender=head.words["sender_name"], language=message.language
    )
    subject = rendered(text.subject, known)
    return {
        "subject": _("Test: %s") % subject if is_test else subject,
        "text": rendered(text.body, known).strip(),
        "greeting_name": name,
        "reference": lead.reference,
        "stop_url": stop_url(lead),
    }


def text_of(message: Message) -> StepText:
    """Rows of the release before name their text as it did."""
    if message.text:
        return message.text
    texts = StepText.objects.select_related("step__version").filter(step__mail=message.mail, step__mail__gt="")
    return texts.filter(language=message.language).first() or texts.get(language="en")


@mail("own-page-link", "new-address")
def own_page_link(message: Message, head: Letterhead) -> Context:
    """A link to their own page, and to whoever reads it nothing more."""
    return {"own_page_url": own_page_url(_lead_of(message).reference, message.to_address, message.language)}


@mail("address-changed")
def address_changed(message: Message, head: Letterhead) -> Context:
    """To the old address. Without a link: it may be a stranger's."""
    return {}


@mail("staff-alert", "crisis-alert")
def alert(message: Message, head: Letterhead) -> Context:
    """A link and nothing else: it may be read on a locked phone."""
    return {"desk_url": settings.PUBLIC_URL + "/desk/"}


@mail("notice")
def notice(message: Message, head: Letterhead) -> Context:
    """A link and nothing else, as the alerts are."""
    return {"desk_url": settings.PUBLIC_URL + "/desk/notices/"}


@mail("settings-test")
def settings_test(message: Message, head: Letterhead) -> Context:
    """Shows a colleague that mail leaves here."""
    return {"desk_url": settings.PUBLIC_URL + "/desk/settings/email/"}


@mail("sign-in-link")
def sign_in_link(message: Message, head: Letterhead) -> Context:
    """The token is made now, so that the outbox never held it."""
    token = SignInLink.objects.issue(message.user) if message.user else ""
    return {"sign_in_url": settings.PUBLIC_URL + reverse("sign_in_link", args=[token])}


def stop_url(lead: Lead) -> str:
    return f"{settings.PUBLIC_URL}{reverse('stop', args=[token_of(lead)])}"


def _enquiry_of(message: Message) -> Enquiry:
    if message.enquiry is None:
        raise LookupError("This mail answers an enquiry, and its row names none.")
    return message.enquiry


def _lead_of(message: Message) -> Lead:
    if message.lead is None:
        raise LookupError("This mail goes to a lead, and its row names none.")
    return message.lead
