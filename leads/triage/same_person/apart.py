"""Two leads that look like one person's and are not: kept, so that nobody is asked twice, and taken back with one press."""

from django.db import transaction
from django.utils.translation import gettext as _

from leads.models import Event, EventKind, Lead, NotSame, User
from leads.triage.decisions.recording import Conflict
from leads.triage.same_person.merging import lock_both


@transaction.atomic
def set_apart(*, by: User, lead: Lead, other: Lead, household: bool = False) -> bool:
    """They are two people. `household`: who share an address, which is shown on both. False where that was known."""
    lock_both(lead, other)
    known = NotSame.objects.filter(lead=lead, other=other).first()
    if known and known.household == household:
        return False
    for each, its in ((lead, other), (other, lead)):
        NotSame.objects.update_or_create(lead=each, other=its, defaults={"household": household, "by": by})
        _record(each, its, by, household=household)
    return True


@transaction.atomic
def take_back_apart(*, by: User, lead: Lead, other: Lead) -> None:
    lock_both(lead, other)
    deleted, _rows = NotSame.objects.filter(lead__in=[lead, other], other__in=[lead, other]).delete()
    if not deleted:
        raise Conflict(_("A colleague has taken that back already."))
    for each, its in ((lead, other), (other, lead)):
        _record(each, its, by, taken_back=True)


def _record(lead: Lead, other: Lead, by: User, **more: bool) -> None:
    Event.objects.create(lead=lead, kind=EventKind.NOT_SAME, by=by, data={"lead": other.pk, "reference": other.reference} | more)
