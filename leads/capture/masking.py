"""An address shown back to whoever typed it, so that a stranger at the same screen learns little."""

from django.utils.translation import gettext as _

from leads.models import Enquiry, ReplyBy


def masked_address(enquiry: Enquiry) -> str:
    """Where the answer will go: the phone where a call or a text was asked for, else the email, else the phone."""
    by_phone = enquiry.reply_by in (ReplyBy.CALL, ReplyBy.TEXT) and enquiry.phone
    return masked_phone(enquiry.phone) if by_phone or not enquiry.email else masked_email(enquiry.email)


def masked_email(email: str) -> str:
    local, _at, domain = email.rpartition("@")
    return f"{local[:1]}•••@{domain}"


def masked_phone(phone: str) -> str:
    digits = [character for character in phone if character.isdigit()]
    return _("the number ending in %(digits)s") % {"digits": "".join(digits[-2:])}
