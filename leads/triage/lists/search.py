"""Search over leads: a reference, an address or a number exactly; else words in names and parts of addresses.

What people wrote is sealed and is never searched.
"""

import re

from django.db.models import Q
from django.db.models.functions import Coalesce

from leads.models import Clinic, Enquiry, Lead, LeadQuerySet
from leads.policy.identity import normal_email, normal_phone

REFERENCE = re.compile(r"([0-9A-Z]{4})-?([0-9A-Z]{4})", re.IGNORECASE)
WORDS = 5
LENGTH = 100
MANY = 500  # leads with one address


def search(leads: LeadQuerySet, text: str) -> LeadQuerySet:
    """The leads among `leads` that `text` means, exact ones alone where there are any."""
    text = text.replace("\x00", "")[:LENGTH].strip()
    if not text:
        return leads
    exact = leads.filter(pk__in=_exactly(text))
    return exact if exact.exists() else leads.filter(_words(text))


def _exactly(text: str) -> list[int]:
    """Ids, each found through one index; an OR of them would make PostgreSQL read the whole table."""
    if match := REFERENCE.fullmatch(text):
        reference = f"{match[1]}-{match[2]}".upper()
        asked = Enquiry.objects.filter(reference=reference).values_list("lead_id", flat=True)
        own = Lead.objects.filter(reference=reference).values_list(Coalesce("merged_into", "pk"), flat=True)
        return [*own, *asked]
    if "@" in text:
        return _some(Q(email=normal_email(text)) & ~Q(email=""))
    if sum(letter.isdigit() for letter in text) >= 7:
        return _some(Q(phone=normal_phone(text, Clinic.current().country)) & ~Q(phone=""))
    return []


def _some(same: Q) -> list[int]:
    return list(Lead.objects.filter(same).values_list("pk", flat=True)[:MANY])


def _words(text: str) -> Q:
    """Every word somewhere in the name or the email address; digits also in the number."""
    found = Q()
    for word in text.split()[:WORDS]:
        part = Q(name__icontains=word) | Q(email__icontains=word)
        if word.isdigit():
            part |= Q(phone__contains=word)
        found &= part
    return found
