"""What a merge does to automatic mail: nothing starts, at most one plan goes on, and whatever stops it for one lead stops it for both."""

from leads.followup import actions as followup
from leads.followup.causes import another_since
from leads.followup.rules import reason_against
from leads.models import Enrolment, EnrolmentState, Event, EventKind, Lead, StopReason, Suppression, User


def settle(keep: Lead, other: Lead, event: Event, by: User) -> None:
    """Before the rows move. Undoing `event` resumes what it stopped."""
    plans = list(Enrolment.objects.filter(lead__in=[keep, other]).order_by("pk"))
    reason = _against(keep) or _against(other) or _stopped(plans)
    if reason:
        for lead in (keep, other):
            followup.stop(lead=lead, reason=reason, by=by, event=event)
    elif any(plan.lead_id == keep.pk for plan in plans):  # theirs, or one that they have had
        followup.stop(lead=other, reason=StopReason.MERGED, by=by, event=event)


def resume(lead: Lead, other: Lead, merge: str, by: User) -> None:
    """Unless they were spoken with meanwhile, whichever of the two it was."""
    event = lead.events.filter(kind=EventKind.MERGED, data__merge=merge).first()
    if event and not another_since(lead, event):
        for each in (lead, other):
            followup.resume(lead=each, by=by, event=event)


def _against(lead: Lead) -> StopReason | None:
    """A lead without an address says nothing against the other's."""
    return reason_against(lead, suppressed=Suppression.objects.filter(address=lead.email).exists()) if lead.email else None


def _stopped(plans: list[Enrolment]) -> str | None:
    return next((plan.stop_reason for plan in plans if plan.state == EnrolmentState.STOPPED), None)
