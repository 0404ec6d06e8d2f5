"""Example enquiries: a handful of people who don't exist, to try the desk out on. Nothing is mailed to them, and one click removes them."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from leads.models import Category, Channel, Enquiry, Event, EventKind, Lead, Stage, Topic, User
from leads.policy.promise import promise_at


@dataclass(frozen=True)
class Example:
    name: str
    topic: Topic
    text: str
    hours_ago: int
    read_first: bool = False


EXAMPLES = (
    Example("Ada (example)", Topic.COST, "What does a first visit cost, and is any of it covered?", 2),
    Example("Ben (example)", Topic.HOW, "How long does an appointment take, and may I drive home afterwards?", 5),
    Example("Cleo (example)", Topic.SUITABILITY, "I take blood thinners. Is it an option for me at all?", 26),
    Example("Dev (example)", Topic.OTHER, "Do you have parking for wheelchairs?", 30),
    Example("Elif (example)", Topic.SUITABILITY, "I can't go on like this.", 1, read_first=True),
)


def are_there() -> bool:
    return Lead.objects.filter(is_example=True).exists()


@transaction.atomic
def add_examples(*, by: User) -> int:
    """How many; none where they are there already."""
    stage = Stage.objects.in_use().select_for_update().filter(category=Category.NEW).earliest("position")  # one at a time
    if are_there():
        return 0
    for example in EXAMPLES:
        _add(example, stage, by)
    return len(EXAMPLES)


@transaction.atomic
def remove_examples(*, by: User) -> int:
    """With everything that was tried out on them."""
    _deleted, rows = Lead.objects.filter(is_example=True).delete()
    return rows.get(Lead._meta.label, 0)


def _add(example: Example, stage: Stage, by: User) -> None:
    at = timezone.now() - timedelta(hours=example.hours_ago)
    promise = promise_at(at)
    person = {"name": example.name, "topic": example.topic, "reply_by": "call", "may_leave_voicemail": True}
    lead = Lead.objects.create(
        **person, stage=stage, category=stage.category, next_action="reply", due_at=promise, created_at=at, received_at=at,
        waiting_since=at, read_first=example.read_first, is_example=True, source=Channel.PHONE, phone="+15550100123", no_email=True,
    )  # fmt: skip
    enquiry = Enquiry.objects.create(
        **person, lead=lead, channel=Channel.PHONE, received_at=at, promise_at=promise, phone="(555) 010-0123", message=example.text,
        consent_reply=True, screening="accepted", crisis=example.read_first, added_by=by,
    )  # fmt: skip
    Event.objects.create(lead=lead, kind=EventKind.ENQUIRY, at=at, by=by, data={"enquiry": str(enquiry.pk), "channel": enquiry.channel})
    if example.read_first:
        Event.objects.create(lead=lead, kind=EventKind.CRISIS, at=at, data={"enquiry": str(enquiry.pk)})
