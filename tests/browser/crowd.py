"""A desk with many of everything: more rows than a page holds, and the longest names and words that there is room for."""

from datetime import timedelta

from django.utils import timezone

from leads.followup.sequence_actions import create_sequence
from leads.models import (
    ApiKey,
    BookingKind,
    BulkChange,
    Category,
    CloseReason,
    CustomField,
    FieldKind,
    Import,
    ItemState,
    Lead,
    LeadTag,
    MailTemplate,
    Message,
    Notice,
    NoticeKind,
    Outcome,
    Role,
    SavedView,
    Stage,
    Suppression,
    SuppressionReason,
    Tag,
    Task,
    Team,
    Tone,
    User,
)
from leads.models.ids import uuid7
from leads.triage.bookings.bookings import book
from leads.triage.decisions.actions import add_note, assign, mark_done
from leads.triage.details.field_values import set_field
from tests import cast

LONG = "Maximiliano Fernández-Villalobos de la Torre y Hohenstaufen-Donaudampfschifffahrtsgesellschaft"
MANY, SOME, FEW = 55, 12, 5  # rows of a list, of a menu, and of one lead


def _text(number: int, most: int) -> str:
    return f"{number} {LONG}"[:most]


def gather(lead: Lead, user: User) -> None:
    """Around `lead`; what belongs to a person belongs to `user`."""
    colleagues = _team()
    _words_of_the_clinic()
    leads = _leads(colleagues)
    _about_one(lead, user)
    _for_one(user, leads)
    _over_all(user, leads)


def _team() -> list[User]:
    people = [User(email=f"{n}-{'x' * 50}@example.com", name=_text(n, 80), role=Role.FRONT_DESK) for n in range(SOME)]
    User.objects.bulk_create(people)
    for n in range(FEW):
        Team.objects.create(name=_text(n, 60), position=n).members.set(people[n:])
    return people


def _words_of_the_clinic() -> None:
    for n in range(FEW):
        Stage.objects.create(slug=f"stage-{n}", name=_text(n, 40), category=Category.WORKING, position=20 + n)
        CloseReason.objects.create(slug=f"reason-{n}", name=_text(n, 60)[:40], position=20 + n)
        MailTemplate.objects.create(name=_text(n, 60), subject=_text(n, 150), body=_text(n, 90) * 9)
        ApiKey.objects.create_with_secret(name=_text(n, 60), scopes=["leads:read", "leads:write"])
    for n in range(SOME):
        Tag.objects.create(name=_text(n, 30), tone=Tone.values[n % len(Tone.values)])
    for n, kind in enumerate(FieldKind.values):
        CustomField.objects.create(key=kind, label=_text(n, 60), kind=kind, help=LONG * 2, position=n)


def _leads(owners: list[User]) -> list[Lead]:
    now = timezone.now()
    stages = [stage for stage in Stage.objects.all() if stage.category != Category.CLOSED]
    made = [
        Lead(
            name=_text(n, 120), email=f"{n}-{'y' * 60}@example.com", phone=f"+1555010{n:04}", topic="suitability", reply_by="call",
            stage=stage, category=stage.category, attention="needs_us", next_action="reply", due_at=now + timedelta(minutes=n - 9),
            waiting_since=now - timedelta(days=n), owner=owners[n % len(owners)], read_first=n < FEW,
        )
        for n, stage in ((n, stages[0] if n % 6 else stages[n % len(stages)]) for n in range(MANY + FEW))
    ]  # fmt: skip
    Lead.objects.bulk_create(made)
    tags = list(Tag.objects.all())
    LeadTag.objects.bulk_create(LeadTag(lead=lead, tag=tag) for n, lead in enumerate(made) for tag in tags[: n % FEW])
    return made


def _about_one(lead: Lead, user: User) -> None:
    """All that a lead's page can hold."""
    later = timezone.now() + timedelta(days=9)
    Lead.objects.filter(pk=lead.pk).update(name=LONG, email=f"{'z' * 60}@example.com")
    lead.refresh_from_db()
    LeadTag.objects.bulk_create(LeadTag(lead=lead, tag=tag) for tag in Tag.objects.all())
    set_field(by=user, lead=lead, field=CustomField.objects.get(kind=FieldKind.TEXT), text=LONG * 3)
    for n in range(FEW):
        cast.make_lead(name=_text(n, 120), email=lead.email)  # possibly the same person
        Message.objects.create(kind="followup", lead=lead, to_address=lead.email, state="failed", reason="554 5.7.1")
        Task.objects.create(lead=lead, text=_text(n, 90) * 2, due_at=later)
    for kind in BookingKind:
        book(by=user, lead=lead, kind=kind, starts_at=later, minutes=45, note=LONG)
    for n in range(MANY):
        add_note(by=user, lead=lead, text=_text(n, 90) * 2)


def _for_one(user: User, leads: list[Lead]) -> None:
    now = timezone.now()
    Notice.objects.bulk_create(Notice(user=user, lead=lead, kind=NoticeKind.ASSIGNED) for lead in leads)
    Task.objects.bulk_create(
        Task(lead=lead, text=LONG, due_at=now + timedelta(hours=n), assignee=user) for n, lead in enumerate(leads[:MANY])
    )
    for n in range(SOME):
        SavedView.objects.create(owner=user, name=_text(n, 60), slug=f"view-{n}", query="topic=cost", shared=True)
    for lead in leads[-SOME:]:
        assign(by=user, lead=lead, owner=user)
    for lead in leads[-FEW:]:
        mark_done(by=user, lead=lead)


def _over_all(user: User, leads: list[Lead]) -> None:
    for n in range(FEW):
        create_sequence(by=user, name=_text(n, 80), starts="by_hand", topics=[], languages=[], channels=[])
    reasons = SuppressionReason.values
    Suppression.objects.bulk_create(
        Suppression(address=f"{n}{'x' * 60}@example.com", reason=reasons[n % len(reasons)], by=user) for n in range(MANY)
    )
    counts = dict.fromkeys(Outcome.values, 1_234_567)
    Import.objects.bulk_create(
        Import(file=uuid7(), by=user, encoding="utf-8", delimiter=",", state="done", rows=9_999_999, counts=counts, done_at=timezone.now())
        for _ in range(MANY)
    )
    Message.objects.bulk_create(Message(kind="followup", lead=lead, to_address=lead.email, state="unknown") for lead in leads[:MANY])
    for bulk in BulkChange.objects.all():
        bulk.items.bulk_create(bulk.items.model(bulk=bulk, lead=lead, state=ItemState.REFUSED, reason=LONG) for lead in leads[:MANY])
