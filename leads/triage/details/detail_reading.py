"""What staff type about a person, by the rules of the contact form: read and normalised, or refused with a sentence."""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from leads.models import Clinic, Topic
from leads.policy.identity import LONGEST_PHONE, normal_email, normal_phone
from leads.policy.names import LONGEST_NAME
from leads.policy.reachable import can_be_email, can_be_phone
from leads.policy.typed_text import clean_line
from leads.policy.zones import known_zone
from leads.triage.decisions.recording import Conflict
from leads.triage.details.detail_words import EMAIL, LANGUAGE, NAME, PHONE, TIME_ZONE, TOPIC


def read_detail(field: str, typed: str) -> str:
    return READ[field](clean_line(typed))


def _name(text: str) -> str:
    if not text:
        raise Conflict(_("Enter the name they would like us to use"))
    if len(text) > LONGEST_NAME:
        raise Conflict(_("Enter a name of at most 120 characters"))
    return text


def _email(text: str) -> str:
    if text and not can_be_email(text):
        raise Conflict(_("Enter an email address in the correct format, like name@example.com"))
    return normal_email(text)


def _phone(text: str) -> str:
    if len(text) > LONGEST_PHONE:
        raise Conflict(_("Enter a phone number of at most 40 characters"))
    if text and not can_be_phone(text):
        raise Conflict(_("Enter a phone number with all its digits, like (555) 010-0123"))
    return normal_phone(text, Clinic.current().country)


def _topic(text: str) -> str:
    if text and text not in Topic.values:
        raise Conflict(_("Choose one of the topics listed"))
    return text


def _language(text: str) -> str:
    if text not in dict(settings.LANGUAGES):
        raise Conflict(_("Choose one of the languages"))
    return text


def _time_zone(text: str) -> str:
    if text and not known_zone(text.replace(" ", "_")):
        raise Conflict(_("Choose a time zone from the list, like Europe/Madrid"))
    return known_zone(text.replace(" ", "_"))


READ: dict[str, Callable[[str], str]] = {
    NAME: _name,
    EMAIL: _email,
    PHONE: _phone,
    TOPIC: _topic,
    LANGUAGE: _language,
    TIME_ZONE: _time_zone,
}
