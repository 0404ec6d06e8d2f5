"""Other leads with this email or phone: possibly the same person, with why; and people who share the address, which somebody said."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from leads.access import leads_visible_to
from leads.models import Lead, NotSame, User
from leads.policy.identity import first_word

SAME_PERSON = 5


@dataclass(frozen=True)
class Alike:
    lead: Lead
    why: str
    household: bool  # somebody said so: two people


def alike(user: User, lead: Lead) -> list[Alike]:
    """In one query. Whoever was said to be somebody else, of the lead or of one that was merged into either, is not among them."""
    apart = NotSame.objects.filter(Q(lead=lead) | Q(lead__merged_into=lead)).filter(
        Q(other=OuterRef("pk")) | Q(other__merged_into=OuterRef("pk"))
    )
    others = leads_visible_to(user).same_address_as(lead).filter(~Exists(apart.filter(household=False)))
    found = others.annotate(household=Exists(apart.filter(household=True))).order_by("-received_at", "-id")[:SAME_PERSON]
    return [Alike(other, _why(lead, other), vars(other)["household"]) for other in found]


def _why(lead: Lead, other: Lead) -> str:
    email, phone = bool(lead.email) and lead.email == other.email, bool(lead.phone) and lead.phone == other.phone
    if first_word(lead.name) == first_word(other.name):
        both, one = _("Same email, phone and first name"), (_("Same email and first name") if email else _("Same phone and first name"))
    else:
        both, one = _("Same email and phone, another name"), (_("Same email, another name") if email else _("Same phone, another name"))
    return both if email and phone else one
