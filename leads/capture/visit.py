"""Who opens a page of their own, and by which link (docs/decisions/0016-a-page-of-their-own.md)."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from leads.capture import token as tokens
from leads.followup import own_link
from leads.followup.contact import waiting_address
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
    new_email: str = ""  # where the link was mailed to an address that is not used yet: it opens nothing but the question whether to

    @property
    def by_mail(self) -> bool:
        return self.enquiry is None and not self.new_email


def visit_of(token: str, grace: timedelta = NO_GRACE) -> Visit | None:
    """None where the link is not ours, too old, or belongs to an address that they have no more. `grace`: so much older is good enough."""
    if named := own_link.read(token, own_link.LASTS + grace):
        lead = lead_with(named.reference)
        return _by_mail(token, lead, named) if lead else None
    enquiry = _enquiry(tokens.read_sent(token, timedelta(seconds=tokens.SENT_LIFETIME) + grace))
    return Visit(token, enquiry.lead, enquiry) if enquiry else None


def whose(token: str) -> Lead | None:
    """Of a link that we made, however old."""
    if named := own_link.read(token, lasts=None):
        return lead_with(named.reference)
    enquiry = _enquiry(tokens.read_sent(token, lasts=None))
    return enquiry.lead if enquiry else None


def _by_mail(token: str, lead: Lead, named: own_link.OwnPageToken) -> Visit | None:
    if named.went_to(lead.email):
        return Visit(token, lead)
    rule = waiting_address(lead)
    return Visit(token, lead, new_email=rule.email) if rule and named.went_to(rule.email) else None


def lead_with(reference: str) -> Lead | None:
    """Its own reference, or that of any of its enquiries: what waited in Check may have joined another lead since, or been merged."""
    lead = Lead.objects.filter(reference=reference).first()
    return lead.standing if lead else Lead.objects.filter(enquiries__reference=reference).first()


def _enquiry(pk: UUID | None) -> Enquiry | None:
    return Enquiry.objects.select_related("lead").defer("message").filter(pk=pk).first() if pk else None
