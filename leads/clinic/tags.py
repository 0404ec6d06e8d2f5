"""Which tags there are: made, renamed, coloured, merged and removed by those who manage the clinic. What leads have follows."""

from django.db import transaction
from django.utils.translation import gettext as _

from leads.clinic.actions import log, saved_under_its_name
from leads.models import LeadTag, Tag, User
from leads.policy.refused import Refused


@transaction.atomic
def save_tag(*, by: User, tag: Tag) -> bool:
    """A new one, or one that was changed. False where another has its name."""
    if not saved_under_its_name(tag):
        return False
    log.info("tag %s was saved by %s", tag.pk, by.pk)
    return True


@transaction.atomic
def remove_tag(*, by: User, tag: Tag) -> None:
    """From every lead, too; their timelines keep that it was there. Locked first, so that nobody gets it meanwhile."""
    list(Tag.objects.select_for_update().filter(pk=tag.pk))
    log.info("tag %s was removed by %s", tag.pk, by.pk)
    Tag.objects.filter(pk=tag.pk).delete()


@transaction.atomic
def merge_tag(*, by: User, tag: Tag, into: Tag) -> int:
    """Whoever has `tag` has `into` instead, once. How many leads that were. Both are locked, so that nobody gets `tag` meanwhile."""
    both = {found.pk for found in Tag.objects.select_for_update().filter(pk__in=[tag.pk, into.pk]).order_by("pk")}
    if tag == into or both != {tag.pk, into.pk}:
        raise Refused(_("Choose another tag to merge it into."))
    links = LeadTag.objects.filter(tag=tag)
    many = links.count()
    links.exclude(lead__in=LeadTag.objects.filter(tag=into).values("lead")).update(tag=into)
    log.info("tag %s was merged into %s by %s", tag.pk, into.pk, by.pk)
    tag.delete()
    return many
