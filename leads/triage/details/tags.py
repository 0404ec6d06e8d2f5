"""Tags put on a lead and taken off. Twice is as good as once."""

from django.db import transaction
from django.utils.translation import gettext as _

from leads.models import Event, EventKind, Lead, LeadTag, Tag
from leads.models.tag import MOST_ON_A_LEAD
from leads.triage.decisions.recording import By, Conflict, key_of, lock, person, refuse_unless_accepted


@transaction.atomic
def add_tag(*, by: By, lead: Lead, tag: Tag) -> bool:
    """False where it is on it already."""
    lock(lead)
    refuse_unless_accepted(lead)
    if lead.tagged.filter(tag=tag).exists():
        return False
    if lead.tagged.count() >= MOST_ON_A_LEAD:
        raise Conflict(_("A lead has at most %(limit)d tags. Take one off first.") % {"limit": MOST_ON_A_LEAD})
    _refuse_if_gone(tag)
    LeadTag.objects.create(lead=lead, tag=tag)
    _record(by, lead, tag, added=True)
    return True


@transaction.atomic
def remove_tag(*, by: By, lead: Lead, tag: Tag) -> bool:
    """False where it is not on it."""
    lock(lead)
    refuse_unless_accepted(lead)
    if not LeadTag.objects.filter(lead=lead, tag=tag).delete()[0]:
        return False
    _record(by, lead, tag, added=False)
    return True


def stands(lead: Lead, event: Event) -> bool:
    there = lead.tagged.filter(tag_id=event.data["tag"]).exists()
    return there == event.data["added"] and Tag.objects.filter(pk=event.data["tag"]).exists()


def put_back(lead: Lead, event: Event) -> None:
    if event.data["added"]:
        LeadTag.objects.filter(lead=lead, tag_id=event.data["tag"]).delete()
    else:
        LeadTag.objects.create(lead=lead, tag_id=event.data["tag"])


def _refuse_if_gone(tag: Tag) -> None:
    """Locked: nobody removes it or merges it into another while it is put on."""
    if not Tag.objects.select_for_update(no_key=True).filter(pk=tag.pk).exists():
        raise Conflict(_("This tag was removed meanwhile."))


def _record(by: By, lead: Lead, tag: Tag, *, added: bool) -> None:
    data = {"noun": "tags", "tag": tag.pk, "added": added} | key_of(by)
    Event.objects.create(lead=lead, kind=EventKind.TAGS, by=person(by), data=data)
