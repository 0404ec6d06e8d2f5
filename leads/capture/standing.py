"""How an enquiry stands, for the visitor: never what was written, and nothing of how we sort our work."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from leads.capture.visit import Visit
from leads.models import Category, Enquiry, Lead, Screening


class Stands(Enum):
    WAITS = "waits"  # for our answer
    LATE = "late"  # we did not keep the promise
    READ = "read"  # a person looked, and there was nothing to answer
    ANSWERED = "answered"
    IN_TOUCH = "in_touch"
    CLOSED = "closed"


@dataclass(frozen=True)
class Standing:
    code: str  # of Stands
    promise_at: datetime | None = None


def standing_of(visit: Visit, now: datetime) -> Standing:
    """What waits in Check looks like any other new enquiry."""
    lead, promise_at = visit.lead, _promise(visit)
    if lead.waiting_since is None and lead.screening == Screening.ACCEPTED:
        return Standing((Stands.ANSWERED if visit.enquiry else _of(lead)).value)
    return Standing((Stands.LATE if promise_at and promise_at < now else Stands.WAITS).value, promise_at)


def _promise(visit: Visit) -> datetime | None:
    """The earliest that we gave and did not keep yet; from the thank-you page, that of the enquiry it thanks for."""
    if visit.enquiry:
        return visit.enquiry.promise_at
    since = visit.lead.waiting_since
    unanswered = Enquiry.objects.filter(lead=visit.lead, received_at__gte=since) if since else Enquiry.objects.none()
    return unanswered.order_by("promise_at").values_list("promise_at", flat=True).first()


def _of(lead: Lead) -> Stands:
    if lead.category == Category.CLOSED:
        return Stands.CLOSED
    if lead.category in (Category.BOOKED, Category.WON):
        return Stands.IN_TOUCH
    return Stands.ANSWERED if lead.category == Category.WORKING or lead.answers.exists() else Stands.READ
