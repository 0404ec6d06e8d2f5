"""What we know about a person, changed by staff: locked, refused, changed, told to mail and recorded, in one transaction.

Old and new value stand in the event's sealed text; its data names the field alone.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from leads.followup.contact import address_changed, address_changed_back
from leads.models import Event, EventKind, Lead
from leads.policy.identity import identity_key
from leads.triage.decisions.recording import By, Conflict, key_of, lock, person, refuse_unless_accepted
from leads.triage.details.changed_values import before_and_after, pair
from leads.triage.details.detail_changed import DetailChanged
from leads.triage.details.detail_words import EMAIL, NAME, PHONE, in_words

IDENTITY = {NAME, EMAIL, PHONE}


class KnownAlready(Conflict):
    """Another lead has this address and this first name: it is most likely theirs, too."""

    def __init__(self, other: Lead) -> None:
        whose = {"name": other.name, "reference": other.reference}
        super().__init__(_("%(name)s (%(reference)s) has this address and first name already.") % whose)
        self.other = other


@transaction.atomic
def change_detail(*, by: By, lead: Lead, field: str, value: str, opened: str | None = None) -> Event | None:
    """`field`: one of detail_words.LABELS, `value` normalised. `opened`: what stood there when they began to type; DetailChanged where it
    is another now. None where it stands there already.
    """
    lock(lead)
    refuse_unless_accepted(lead)
    before: str = getattr(lead, field)
    if before == value:
        return None
    if opened is not None and opened != before:
        raise DetailChanged.of(lead, field, now=before, shown=in_words(field, before))
    _refuse_without(lead, field, value)
    _set(lead, field, value)
    if field == EMAIL and before:
        address_changed(lead=lead, old=before)
    data = {"noun": "details", "field": field} | key_of(by)
    return Event.objects.create(lead=lead, kind=EventKind.DETAILS, by=person(by), data=data, text=pair(before, value))


def stands(lead: Lead, event: Event) -> bool:
    return bool(getattr(lead, event.data["field"]) == before_and_after(event)[1])


def put_back(lead: Lead, event: Event) -> None:
    """Mail goes where it went before."""
    field = event.data["field"]
    before, after = before_and_after(event)
    _set(lead, field, before)
    if field == EMAIL and before:
        address_changed_back(lead=lead, new=after)


def _refuse_without(lead: Lead, field: str, value: str) -> None:
    if value:
        return
    if field == EMAIL:
        raise Conflict(_("Enter the address that is right. If they want no email, write that down under “How to reach them”."))
    if field == PHONE and not lead.email:
        raise Conflict(_("Keep an email address or a phone number, so that we can reach them."))


def _set(lead: Lead, field: str, value: str) -> None:
    """The key by which they are known when they write again follows."""
    setattr(lead, field, value)
    changed = [field]
    if field in IDENTITY:
        lead.identity_key = identity_key(lead.name, lead.email, lead.phone)
        changed.append("identity_key")
    lead.merged.filter(identity_key=lead.identity_key).update(identity_key=None)  # what is part of it stands in nobody's way
    save_as_the_only(lead, changed)


def save_as_the_only(lead: Lead, fields: list[str] | None = None) -> None:
    """One lead a person: the database refuses another with this address and first name."""
    try:
        with transaction.atomic():
            lead.save(update_fields=fields)
    except IntegrityError:
        known = Lead.objects.exclude(pk=lead.pk).filter(identity_key=lead.identity_key).first()
        if known is None:
            raise
        raise KnownAlready(known) from None
