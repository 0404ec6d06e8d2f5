"""What an exported file can hold of each lead, and how it reads there: fields of the lead's own row, its tags, and the clinic's own fields.

Never what people wrote, nor a field of free text: those are sealed, and opened one lead at a time.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.models import Attention, Channel, CustomField, FieldKind, ReplyBy, Stage, Tag, Topic
from leads.models.custom_field import values_of
from leads.policy.hours import opening_hours
from leads.triage.lists.states import NEXT_ACTIONS
from leads.triage.words.staff import people

OF_FIELD = "f_"  # before a field's key, as in addresses
TAGS = "tags"


@dataclass(frozen=True)
class Column:
    code: str  # in the form; of those in ROW, the name of the lead's field
    label: str | Promise
    chosen: bool = True  # unless somebody chooses otherwise


COLUMNS = (
    Column("reference", gettext_lazy("Reference")),
    Column("name", gettext_lazy("Name")),
    Column("email", gettext_lazy("Email address")),
    Column("phone", gettext_lazy("Phone number")),
    Column("topic", gettext_lazy("Topic")),
    Column("stage_id", gettext_lazy("Stage")),
    Column("attention", gettext_lazy("Attention")),
    Column("next_action", gettext_lazy("Next action")),
    Column("due_at", gettext_lazy("Due")),
    Column("owner_id", gettext_lazy("Owner")),
    Column("source", gettext_lazy("Source")),
    Column("received_at", gettext_lazy("Wrote last")),
    Column("created_at", gettext_lazy("Wrote first")),
    Column("reply_by", gettext_lazy("Wants an answer by"), chosen=False),
    Column("language", gettext_lazy("Language"), chosen=False),
    Column("time_zone", gettext_lazy("Time zone"), chosen=False),
)
ROW = {column.code for column in COLUMNS}  # those in the lead's own row


def columns() -> list[Column]:
    """Those of every clinic, then its own."""
    fields = [field for field in CustomField.objects.known() if field.kind != FieldKind.TEXT]
    return [*COLUMNS, Column(TAGS, gettext_lazy("Tags")), *(Column(f"{OF_FIELD}{field.key}", field.label) for field in fields)]


def own_texts(codes: Collection[str], leads: Collection[int]) -> list[Mapping[int, str]]:
    """Of each of these columns what it holds of these leads, by id. One look-up for all fields, and one for tags."""
    values = values_of(leads, sealed=False) if any(code != TAGS for code in codes) else {}
    return [_tags_of(leads) if code == TAGS else _field_of(code.removeprefix(OF_FIELD), values) for code in codes]


def _tags_of(leads: Collection[int]) -> dict[int, str]:
    return {lead: ", ".join(tag.name for tag in tags) for lead, tags in Tag.objects.of_leads(leads).items()}


def _field_of(key: str, values: Mapping[int, Mapping[str, Any]]) -> dict[int, str]:
    return {lead: _as_text(found[key]) for lead, found in values.items() if key in found}


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return value.isoformat() if isinstance(value, date) else str(value)


Words = Callable[[Any], str]


def words_of(code: str) -> Words | None:
    """How a value of this column reads; None where it is a text already."""
    fixed: dict[str, dict[Any, Any]] = {
        "topic": dict(Topic.choices),
        "attention": dict(Attention.choices),
        "source": dict(Channel.choices),
        "reply_by": dict(ReplyBy.choices),
        "next_action": dict(NEXT_ACTIONS),
    }
    if code in fixed:
        return _from({value: str(label) for value, label in fixed[code].items()})
    if code == "stage_id":
        return _from({stage.pk: stage.name for stage in Stage.objects.known()})
    if code == "owner_id":
        return _from({pk: str(person) for pk, person in people().items()})
    return _moments(opening_hours().zone) if code.endswith("_at") else None


def _from(words: dict[Any, str]) -> Words:
    return lambda value: words.get(value) or (str(value) if value else "")


def _moments(zone: ZoneInfo) -> Words:
    """On the clinic's clock, as every spreadsheet reads it."""

    def word(moment: datetime | None) -> str:
        return moment.astimezone(zone).isoformat(" ", "minutes")[:16] if moment else ""

    return word
