"""Changes of details, of the clinic's own fields and of tags, as the timeline tells them."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from leads.models import CustomField, Event, EventKind, Tag
from leads.policy.custom_values import Unfit, read, shown
from leads.triage.details.changed_values import before_and_after
from leads.triage.details.detail_words import LABELS, in_words
from leads.triage.details.field_values import PREFIX


def changed_detail(event: Event) -> str:
    label = LABELS.get(event.data.get("field", ""))
    return _("Changed: %(what)s") % {"what": str(label).lower()} if label else str(EventKind(event.kind).label)


def changed_field(event: Event) -> str:
    field = _field_of(event)
    return _("Changed “%(what)s”") % {"what": field.label} if field else str(EventKind(event.kind).label)


def changed_tags(event: Event) -> str:
    pk = event.data.get("tag", 0)
    tag = Tag.objects.known_by_id({pk}).get(pk)
    name = {"name": tag.name if tag else _("a tag that was removed since")}
    return _("Tagged “%(name)s”") % name if event.data.get("added") else _("Took off the tag “%(name)s”") % name


def written_with(event: Event) -> str:
    """The text that stands below the title: a note, or what a field held before and after."""
    if event.kind not in (EventKind.DETAILS, EventKind.CUSTOM_FIELD) or "field" not in event.data:
        return event.text or ""
    words = _words(event)
    before, after = (words(value) if value else "–" for value in before_and_after(event))
    return f"{before} → {after}"


def _words(event: Event) -> Callable[[str], str]:
    field = _field_of(event) if event.kind == EventKind.CUSTOM_FIELD else None
    return (lambda value: _as_shown(field, value)) if field else (lambda value: in_words(event.data["field"], value))


def _as_shown(field: CustomField, value: str) -> str:
    try:
        return shown(read(field, value))
    except Unfit:  # a choice that is gone
        return value


def _field_of(event: Event) -> CustomField | None:
    return CustomField.objects.known_by_key(event.data.get("field", "").removeprefix(PREFIX))
