"""One lead in a list or on a card, prepared in Python so that the template only prints. What they wrote is never in it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.models import Category, ReplyBy, Screening, Stage, Tag, Topic, User
from leads.triage.decisions.outcomes import Calendar
from leads.triage.lists.listed import Listed
from leads.triage.lists.states import Chip, state_of
from leads.triage.lists.tag_chips import tag_chips
from leads.triage.lists.waiting_room import shown_name
from leads.triage.words.blanks import Values
from leads.triage.words.staff import people
from leads.triage.words.times import Moment
from leads.triage.words.wording import one_language, worded_once

TOPICS: dict[str, str | Promise] = {
    Topic.HOW: gettext_lazy("How it works"),
    Topic.COST: gettext_lazy("Cost"),
    Topic.SUITABILITY: gettext_lazy("Suitability"),
    Topic.REFERRAL: gettext_lazy("Referral"),
    Topic.OTHER: gettext_lazy("Something else"),
}


class Row(NamedTuple):  # made fifty times a page, and a dataclass takes three times as long
    reference: str
    url: str
    name: str
    topic: str
    reach: str
    state: Chip
    read_first: bool
    stage: Chip
    owner: str
    owner_name: str
    received: Moment
    works: bool  # whether it can be marked contacted and done
    tags: SafeString  # the first few, as chips

    @classmethod
    def of(cls, lead: Listed, stage: Stage, owner: User | None, calendar: Calendar, tags: Sequence[Tag] = ()) -> "Row":
        return cls(
            reference=lead.reference,
            url=_address(lead.reference),
            name=shown_name(lead.name),
            topic=topic_words(lead.topic),
            reach=reach(lead.reply_by, lead.may_leave_voicemail, bool(lead.email)),
            state=state_of(lead, calendar),
            read_first=lead.read_first,
            stage=Chip(stage.name, stage.tone),
            owner=owner.initials if owner else "",
            owner_name=str(owner or ""),
            received=calendar.ago(lead.received_at),
            works=lead.category != Category.CLOSED and lead.screening == Screening.ACCEPTED,
            tags=tag_chips(tags),
        )

    def values(self) -> Values:
        """For templates with blanks."""
        return {
            "reference": self.reference,
            "url": self.url,
            "name": self.name,
            "topic": self.topic,
            "reach": self.reach,
            "state": self.state.text,
            "state_tone": self.state.tone,
            "read_first": self.read_first,
            "stage": self.stage.text,
            "stage_tone": self.stage.tone,
            "owner": self.owner,
            "owner_name": self.owner_name,
            "received": self.received.text,
            "received_iso": self.received.iso,
            "received_full": self.received.full,
            "works": self.works,
            "tags": self.tags,
        }


def rows_of(leads: Sequence[Listed], calendar: Calendar) -> list[Row]:
    stages = Stage.objects.known_by_id({lead.stage_id for lead in leads})
    owners = people.with_ids({lead.owner_id for lead in leads if lead.owner_id})
    tags = Tag.objects.of_leads([lead.id for lead in leads])
    with one_language():
        return [Row.of(lead, stages[lead.stage_id], owners.get(lead.owner_id), calendar, tags.get(lead.id, ())) for lead in leads]


def _address(reference: str) -> str:
    before, after = _around_reference()
    return f"{before}{reference}{after}"


@lru_cache(maxsize=1)
def _around_reference() -> list[str]:
    """A lead's address, cut where its reference goes: working out one address costs as much as half a row."""
    return reverse("lead", args=["REFERENCE"]).split("REFERENCE")


@worded_once
def topic_words(topic: str) -> str:
    return str(TOPICS.get(topic, ""))


@worded_once
def reach(reply_by: str, may_leave_voicemail: bool, has_email: bool) -> str:
    """How they want to be reached, and whether we may speak to a machine."""
    if reply_by == ReplyBy.CALL or (not reply_by and not has_email):
        return _("Call, voicemail is fine") if may_leave_voicemail else _("Call, no voicemail")
    if reply_by == ReplyBy.TEXT:
        return _("Text message")
    return _("Email") if has_email else ""
