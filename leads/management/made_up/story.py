"""One made-up person and the clinic, from the first enquiry to today. Each verb leaves the rows that the real one leaves.

Times are given, not read from a clock. What lies in the future has not happened yet: its verb does nothing.
"""

from datetime import datetime
from typing import Any

from leads.management.made_up.history import Fields, FollowUp, History
from leads.management.made_up.ids import reference, uuid_at
from leads.management.made_up.people import Person
from leads.management.made_up.words import MESSAGES
from leads.management.made_up.world import World
from leads.models import Attention, Category, Channel, EventKind, MessageKind, ReplyBy, Screening, StopReason, SuppressionReason, Topic
from leads.models.sealed import seal
from leads.policy import consent
from leads.policy.identity import identity_key
from leads.policy.promise import promise_for

NEXT_ACTIONS = {Category.NEW: "check_back", Category.WORKING: "check_back", Category.BOOKED: "consultation", Category.WON: "look_after"}
TOPICS = [topic.value for topic in Topic]
SOURCES = 14 * [Channel.FORM] + 3 * [Channel.PHONE] + 2 * [Channel.API] + [Channel.WALK_IN]


class Story:
    def __init__(self, world: World, lead_id: int, enrolment_id: int, person: Person, **details: Any) -> None:
        self.world, self.enrolment_id = world, enrolment_id
        self.typed_phone = person.phone_as_typed
        self.staff = world.rng.choice(world.staff) if world.staff else None
        self.lead: Fields = _nobody_yet(lead_id, person, world) | details
        self.history = History(world, self.lead)
        self.followup: FollowUp | None = None
        self.enquiries = 0

    def writes(self, at: datetime, *, crisis: bool = False, screening: str = Screening.ACCEPTED) -> None:
        if at > self.world.now:
            return
        enquiry = uuid_at(at, self.world.rng)
        promise = promise_for(at, self.world.hours, self.world.promise_hours, ())
        consented = self._enquiry(enquiry, at, promise, crisis=crisis, screening=screening)
        self._waits(at, promise, screening)
        self.history.event(EventKind.ENQUIRY, at, {"enquiry": enquiry, "channel": Channel.FORM})
        if crisis:
            self._is_read_first(enquiry, at)
        if screening == Screening.ACCEPTED and self.lead["email"]:
            self.history.mail(MessageKind.ACKNOWLEDGEMENT, at, enquiry=enquiry)
            if consented and not crisis and self.followup is None:
                self.followup = FollowUp(self.history, self.enrolment_id, at)

    def opts_out(self, at: datetime) -> None:
        if self.lead["email"] and at <= self.world.now:
            self.world.tables.suppressions.add(address=self.lead["email"], reason=SuppressionReason.OPTED_OUT, at=at)
            self._stops(StopReason.OPTED_OUT, at, self.history.event(EventKind.OPTED_OUT, at, {}), by=None)

    def is_assigned(self, at: datetime) -> None:
        if self.staff and at <= self.world.now:
            before, self.lead["owner_id"] = self.lead["owner_id"], self.staff
            data = {"noun": "assignment", "before": {"owner": before}, "after": {"owner": self.staff}}
            self.history.event(EventKind.ASSIGNMENT, at, data, by=self.staff)

    def is_contacted(self, at: datetime) -> None:
        if at > self.world.now:
            return
        self._is_answered(at)
        category = Category.WORKING if self.lead["category"] == Category.NEW else self.lead["category"]
        cause = self._changes(EventKind.CONTACTED, "contacted", at, self._settled(category, at))
        self._stops(StopReason.CONTACTED, at, cause, by=self.staff)

    def moves(self, category: str, at: datetime, reason: str = "") -> None:
        if at > self.world.now:
            return
        closing = category == Category.CLOSED
        change = self._settled(category, at) | ({"next_action": "", "due_at": None} if closing else {})
        cause = self._changes(EventKind.STAGE, "stage", at, change, reason)
        self._stops(StopReason.CLOSED if closing else StopReason.STAGE, at, cause, by=self.staff)

    def is_snoozed(self, at: datetime, until: datetime) -> None:
        if at <= self.world.now:
            change = {"attention": Attention.SNOOZED, "snoozed_until": until, "next_action": "look_again", "due_at": until}
            self._changes(EventKind.ATTENTION, "snooze", at, change)

    def gets_a_note(self, at: datetime, text: str) -> None:
        if at <= self.world.now:
            self.history.event(EventKind.NOTE, at, {}, by=self.staff, text=text)

    def reaches_today(self) -> None:
        """Whoever slept past their time is awake, and the rows are complete."""
        due = self.lead["due_at"]
        if due and due <= self.world.now and self.lead["attention"] != Attention.NEEDS_US:
            before = self._snapshot()
            self.lead |= {"attention": Attention.NEEDS_US, "snoozed_until": None}
            self.history.event(EventKind.WOKEN, due, {"before": before, "after": self._snapshot()})
        if self.followup:
            self.followup.goes_on_until(self.world.now)
            self.world.tables.enrolments.add(**self.followup.row)
        self.world.tables.leads.add(**self.lead)

    def _enquiry(self, pk: str, at: datetime, promise: datetime, *, crisis: bool, screening: str) -> bool:
        """Its row; whether it allows follow-up."""
        lead, rng = self.lead, self.world.rng
        consented = bool(lead["email"]) and rng.random() < 0.5
        self.world.tables.enquiries.add(
            id=pk,
            lead_id=lead["id"],
            reference=reference(2 * lead["id"] + self.enquiries),
            channel=lead["source"],
            received_at=at,
            promise_at=promise,
            name=lead["name"],
            email=lead["email"],
            phone=self.typed_phone if lead["phone"] else "",
            message=seal(rng.choice(MESSAGES[lead["language"]]), f"leads_enquiry:{pk}:message"),
            topic=lead["topic"],
            reply_by=lead["reply_by"],
            may_leave_voicemail=lead["may_leave_voicemail"],
            language=lead["language"],
            consent_reply=True,
            consent_followup=consented,
            consent_version=consent.CURRENT,
            screening=screening,
            screening_reasons=[] if screening == Screening.ACCEPTED else ["many_links"],
            crisis=crisis,
        )
        self.enquiries += 1
        return consented

    def _waits(self, at: datetime, promise: datetime, screening: str) -> None:
        accepted = screening == Screening.ACCEPTED
        self.lead |= {
            "identity_key": identity_key(self.lead["name"], self.lead["email"], self.lead["phone"]) if accepted else None,
            "screening": screening,
            "stage_id": self.world.stages[Category.NEW],
            "category": Category.NEW,
            "attention": Attention.NEEDS_US,
            "snoozed_until": None,
            "next_action": "reply",
            "due_at": promise,
            "created_at": self.lead["created_at"] or at,
            "received_at": at,
            "waiting_since": at,
        }

    def _is_read_first(self, enquiry: str, at: datetime) -> None:
        self.history.event(EventKind.CRISIS, at, {"enquiry": enquiry})
        self.history.event(EventKind.HELD, at, {})
        self.lead |= {"read_first": True, "held_at": at}

    def _is_answered(self, at: datetime) -> None:
        since = self.lead["waiting_since"]
        if since:
            waited = round(self.world.hours.between(since, at))
            self.world.tables.answers.add(lead_id=self.lead["id"], received_at=since, answered_at=at, open_seconds=waited, by_id=self.staff)

    def _settled(self, category: str, at: datetime) -> Fields:
        """Done for now, and looked at again after so many working days."""
        return {
            "stage_id": self.world.stages[category],
            "category": category,
            "attention": Attention.DONE,
            "snoozed_until": None,
            "next_action": NEXT_ACTIONS.get(category, ""),  # type: ignore[call-overload]  # a value of Category is its text
            "due_at": self.world.check_back_at(at),
            "waiting_since": None,
            "read_first": False,
        }

    def _stops(self, reason: str, at: datetime, cause: str, *, by: int | None) -> None:
        if self.followup:
            self.followup.stops(reason, at, by=by, cause=cause)

    def _changes(self, kind: str, noun: str, at: datetime, change: Fields, text: str = "") -> str:
        before = self._snapshot()
        self.lead |= change
        return self.history.event(kind, at, {"noun": noun, "before": before, "after": self._snapshot()}, by=self.staff, text=text)

    def _snapshot(self) -> Fields:
        """As leads.triage.decisions.snapshots takes it."""
        lead = self.lead
        return {
            "stage": lead["stage_id"],
            "attention": lead["attention"],
            "snoozed_until": _text(lead["snoozed_until"]),
            "next_action": lead["next_action"],
            "due_at": _text(lead["due_at"]),
            "waiting_since": _text(lead["waiting_since"]),
            "read_first": lead["read_first"],
            "close_reason": None,
        }


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _nobody_yet(lead_id: int, person: Person, world: World) -> Fields:
    """A lead's fields before its first enquiry."""
    rng = world.rng
    call = rng.random() < 0.4
    return {
        "id": lead_id,
        "reference": reference(2 * lead_id),
        "name": person.name,
        "email": person.email,
        "phone": person.phone if call or rng.random() < 0.3 else "",
        "language": "es" if rng.random() < 0.12 else "en",
        "source": SOURCES[lead_id % len(SOURCES)],
        "topic": rng.choice(TOPICS),
        "reply_by": ReplyBy.CALL if call else ReplyBy.EMAIL,
        "may_leave_voicemail": call and rng.random() < 0.6,
        "created_at": None,
        "owner_id": None,
        "read_first": False,
        "held_at": None,
    }
