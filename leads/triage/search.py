"""Search over leads: a reference, an address or a number exactly; else words in names and parts of addresses.

What people wrote is sealed and is never searched.
"""

import re

from django.db.models import Q

from leads.models import Clinic, Enquiry, LeadQuerySet
from leads.policy.identity import normal_email, normal_phone

REFERENCE = re.compile(r"([0-9A-Z]{4})-?([0-9A-Z]{4})", re.IGNORECASE)
WORDS = 5
LENGTH = 100


def search(leads: LeadQuerySet, text: str) -> LeadQuerySet:
    """The leads among `leads` that `text` means, exact ones alone where there are any."""
    text = text.replace("\x00", "")[:LENGTH].strip()
    if not text:
        return leads
    exact = _exact(text)
    if exact is not None and leads.filter(exact).exists():
        return leads.filter(exact)
    return leads.filter(_words(text))


def _exact(text: str) -> Q | None:
    if match := REFERENCE.fullmatch(text):
        reference = f"{match[1]}-{match[2]}".upper()
        return Q(reference=reference) | Q(pk__in=Enquiry.objects.filter(reference=reference).values("lead"))
    if "@" in text:
        return Q(email=normal_email(text))
    if sum(letter.isdigit() for letter in text) >= 7:
        return Q(phone=normal_phone(text, Clinic.current().country))
    return None


def _words(text: str) -> Q:
    """Every word somewhere in the name or the email address; digits also in the number."""
    found = Q()
    for word in text.split()[:WORDS]:
        part = Q(name__icontains=word) | Q(email__icontains=word)
        if word.isdigit():
            part |= Q(phone__contains=word)
        found &= part
    return found
