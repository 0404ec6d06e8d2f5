"""Whether a lead may get follow-ups. Asked when a sequence starts, when it resumes, and again before each of its mails."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from leads.models import Enquiry, Lead, Message, MessageKind, MessageState, Screening, StopReason, Suppression
from leads.policy.consent import followups_allowed

NEVER_LEFT = (MessageState.CANCELLED, MessageState.SUPPRESSED, MessageState.FAILED)


def may_follow_up(lead: Lead) -> bool:
    return reason_against(lead, suppressed=Suppression.objects.filter(address=lead.email).exists()) is None


def reason_against(lead: Lead, *, suppressed: bool) -> StopReason | None:
    """The first rule that is against it."""
    if not lead.email or suppressed:
        return StopReason.SUPPRESSED
    if lead.no_email:
        return StopReason.NO_EMAIL
    if lead.held_at:
        return StopReason.HELD
    if not lead.is_open or lead.screening != Screening.ACCEPTED:
        return StopReason.CLOSED
    return None


@dataclass(frozen=True)
class Rules:
    """What the rules need to know about some leads, read for all of them at once."""

    suppressed: frozenset[str]  # addresses
    written: Counter[int]  # follow-ups that left or are about to, by lead
    allowed: dict[int, int]  # how many the wording that they accepted speaks of, by lead

    @classmethod
    def about(cls, leads: Iterable[Lead]) -> Self:
        ids, addresses = [lead.pk for lead in leads], {lead.email for lead in leads}
        mails = Message.objects.filter(lead__in=ids, kind=MessageKind.FOLLOWUP).exclude(state__in=NEVER_LEFT)
        consents = Enquiry.objects.filter(lead__in=ids, consent_followup=True).order_by("received_at")
        return cls(
            suppressed=frozenset(Suppression.objects.filter(address__in=addresses).values_list("address", flat=True)),
            written=Counter(mails.values_list("lead_id", flat=True)),
            allowed={lead: followups_allowed(version) for lead, version in consents.values_list("lead_id", "consent_version")},
        )

    def stop_reason(self, lead: Lead) -> StopReason | None:
        return reason_against(lead, suppressed=lead.email in self.suppressed)

    def count(self, lead: Lead) -> None:
        """One more is about to leave. The caller holds the lead's row, so that no other sequence of theirs counts at the same time."""
        self.written[lead.pk] += 1

    def consent_used_up(self, lead: Lead) -> bool:
        return self.written[lead.pk] >= self.allowed.get(lead.pk, 0)
