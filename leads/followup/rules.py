"""Whether a lead may get follow-ups. Asked when a sequence starts, resumes, and again before each of its mails."""

from leads.models import Lead, Screening, Suppression


def may_follow_up(lead: Lead) -> bool:
    return reason_against(lead) is None and not Suppression.objects.filter(address=lead.email).exists()


def reason_against(lead: Lead) -> str | None:
    """The first rule that says no, as a code; suppression aside, which is asked of many addresses at once."""
    if not lead.email:
        return "no_email"
    if lead.held_at:
        return "held"
    if not lead.is_open or lead.screening != Screening.ACCEPTED:
        return "closed"
    return None
