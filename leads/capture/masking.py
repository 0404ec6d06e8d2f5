"""An address shown back to whoever typed it, so that a stranger at the same screen learns little."""

from leads.models import Enquiry


def masked_address(enquiry: Enquiry) -> str:
    return masked_email(enquiry.email) if enquiry.email else masked_phone(enquiry.phone)


def masked_email(email: str) -> str:
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}•••@{domain}"


def masked_phone(phone: str) -> str:
    digits = [character for character in phone if character.isdigit()]
    return "•••• " + "".join(digits[-2:])
