"""Who opens a page of their own, and by which link (docs/decisions/0018-a-page-of-their-own.md)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from leads.capture import token as tokens
from leads.followup import own_page
from leads.models import Enquiry, Lead

NO_GRACE = timedelta(0)


@dataclass(frozen=True)
class Visit:
    """By the link in our mail, which shows that they read the mail of this lead; or straight from the thank-you page.

    Anybody can write in another's name and be thanked. So whoever comes from there sees nothing but what `enquiry` told us.
    """

    token: str
    lead: Lead
    enquiry: Enquiry | None = None

    @property
    def by_mail(self) -> bool:
        return self.enquiry is None


def visit_of(token: str, grace: timedelta = NO_GRACE) -> Visit | None:
    """None where the link is not ours, too old, or belongs to an address that they have no more. `grace`: so much older is good enough."""
    if named := own_page.read(token, own_page.LASTS + grace):
        lead = lead_with(named.reference)
        return Visit(token, lead) if lead and named.went_to(lead.email) else None
    enquiry = _enquiry(tokens.read_sent(token, timedelta(seconds=tokens.SENT_LIFETIME) + grace))
    return Visit(token, enquiry.lead, enquiry) if enquiry else None


def lead_with(reference: str) -> Lead | None:
    """Its own reference, or that of any of its enquiries: what waited in Check may have joined another lead since."""
    lead = Lead.objects.filter(reference=reference).first()
    return lead or Lead.objects.filter(enquiries__reference=reference).first()


def _enquiry(pk: UUID | None) -> Enquiry | None:
    return Enquiry.objects.select_related("lead").defer("message").filter(pk=pk).first() if pk else None
