"""Which fields of its own a clinic has: made, changed, put out of use and back. What stands in them on leads is kept."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leads.clinic.actions import log, saved_under_its_name
from leads.models import CustomField, FieldChoice, FieldKind, User
from leads.policy.refused import Refused

MOST = 30  # in use


@transaction.atomic
def save_field(*, by: User, field: CustomField, labels: Sequence[str] = ()) -> bool:
    """A new one, or one that was changed; `labels`: of its choices, in their order. False where another has its key.

    A choice that is not among them is no longer offered; who has it keeps it.
    """
    if field._state.adding and CustomField.objects.filter(archived_at=None).count() >= MOST:
        raise Refused(_("There are %(limit)d fields in use. Put one out of use first.") % {"limit": MOST})
    if not saved_under_its_name(field):
        return False
    if field.kind == FieldKind.CHOICE:
        _offer(field, labels)
    log.info("field %s was saved by %s", field.pk, by.pk)
    return True


@transaction.atomic
def archive_field(*, by: User, field: CustomField) -> None:
    CustomField.objects.filter(pk=field.pk, archived_at=None).update(archived_at=timezone.now())
    log.info("field %s was put out of use by %s", field.pk, by.pk)


@transaction.atomic
def restore_field(*, by: User, field: CustomField) -> None:
    CustomField.objects.filter(pk=field.pk).update(archived_at=None)
    log.info("field %s was put back into use by %s", field.pk, by.pk)


def _offer(field: CustomField, labels: Sequence[str]) -> None:
    """Known by their label in any case, so that one that comes back is the same one."""
    known = {choice.label.casefold(): choice for choice in FieldChoice.objects.select_for_update().filter(field=field)}
    now, wanted = timezone.now(), set[str]()
    for position, label in enumerate(labels):
        wanted.add(label.casefold())
        choice = known.get(label.casefold()) or FieldChoice(field=field)
        choice.label, choice.position, choice.archived_at = label, position, None
        choice.save()
    gone = [choice.pk for key, choice in known.items() if key not in wanted and choice.archived_at is None]
    FieldChoice.objects.filter(pk__in=gone).update(archived_at=now)
