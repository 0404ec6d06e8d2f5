"""Whether what somebody typed can be an email address or a phone number at all."""

from leads.policy.email_format import is_email
from leads.policy.identity import normal_email

EMAIL_LENGTH = 254
FEWEST_DIGITS = 5


def can_be_email(text: str) -> bool:
    # One letter of another script can stand for eighteen of ours.
    return is_email(text) and len(normal_email(text)) <= EMAIL_LENGTH


def can_be_phone(text: str) -> bool:
    return sum(character.isdigit() for character in text) >= FEWEST_DIGITS
