"""Wherever people live, whenever clocks change, however often a time is moved and whatever the relay does: a reminder is never outside
their contact rule, never after the time itself, never twice, and never about a time that no longer stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.followup.claim import requeue_expired
from leads.followup.crew import deliver_due
from leads.followup.letter import Letter
from leads.followup.outcome import Outcome, Result
from leads.models import BookingKind, BookingMail, ContactRule, Days, Lead, Message, PartOfDay, Role, User
from leads.triage.bookings.bookings import book, cancel, move
from leads.triage.decisions.recording import Conflict
from tests.cast import asks_to_be_reached, make_lead

pytestmark = pytest.mark.django_db

HOURS = {"morning": (8, 12), "afternoon": (12, 17), "evening": (17, 20)}
ZONES = ["America/New_York", "Europe/Madrid", "Pacific/Auckland", "America/Sao_Paulo", "Asia/Kathmandu"]
# Around a change of clocks, in one zone or the other.
BEGINNINGS = [datetime(2026, 3, 5, 12, tzinfo=UTC), datetime(2026, 3, 27, 7, tzinfo=UTC), datetime(2026, 10, 29, 22, tzinfo=UTC)]
HOUR = timedelta(hours=1)
TOOK_IT = (Result.SENT, Result.DOUBT)


class Relay:
    """Says what it is told to say, and notes what it was handed and when."""

    many = False

    def __init__(self, answers: list[Result]) -> None:
        self.answers, self.handed = answers, list[tuple[str, datetime, Result]]()

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, letter: Letter) -> Outcome:
        result = self.answers[len(self.handed) % len(self.answers)]
        self.handed.append((letter.message_id, timezone.now(), result))
        return Outcome(result, "" if result == Result.SENT else "450")


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def stories() -> st.SearchStrategy[list[tuple[timedelta, str, timedelta]]]:
    """(how long after the one before, what happens, how far away the new time is)."""
    waits = st.integers(1, 30 * 4).map(lambda quarters: quarters * HOUR / 4)
    aways = st.integers(1, 9 * 24 * 4).map(lambda quarters: quarters * HOUR / 4)
    steps = st.tuples(waits, st.sampled_from(["visit", "visit", "visit", "move", "cancel", "hold", "release"]), aways)
    return st.lists(steps, min_size=1, max_size=14)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    beginning=st.sampled_from(BEGINNINGS),
    zone=st.sampled_from(ZONES),
    times=st.lists(st.sampled_from(PartOfDay.values), unique=True),
    days=st.sampled_from(Days.values),
    away=st.integers(1, 9 * 24 * 4).map(lambda quarters: quarters * HOUR / 4),
    answers=st.lists(st.sampled_from([Result.SENT, Result.SENT, Result.LATER, Result.DOUBT]), min_size=1, max_size=9),
    story=stories(),
)
def test_whatever_happens(monkeypatch: pytest.MonkeyPatch, db: None, **given_: Any) -> None:
    relay = Relay(given_["answers"])
    monkeypatch.setattr("leads.followup.crew.new_outlet", lambda: relay)
    with rolled_back(), time_machine.travel(given_["beginning"], tick=False) as clock:
        user = User.objects.create_user("bob@example.com", "x", name="Bob", role=Role.FRONT_DESK)
        lead = make_lead(time_zone=given_["zone"])
        rule = asks_to_be_reached(lead, times=given_["times"], days=given_["days"])
        booking = book(by=user, lead=lead, kind=BookingKind.CALL, starts_at=timezone.now() + given_["away"], minutes=30)
        for wait, what, away in given_["story"]:
            for _ in range(4 if what == "visit" else 1):
                clock.shift(wait / 4)
                deliver(relay, lead, rule)
            held = {"hold": timezone.now(), "release": None}
            try:
                if what == "move":
                    move(by=user, booking=booking, starts_at=timezone.now() + away, minutes=30)
                elif what == "cancel":
                    cancel(by=user, booking=booking)
                elif what in held:
                    Lead.objects.filter(pk=lead.pk).update(held_at=held[what])
            except Conflict:
                pass
            deliver(relay, lead, rule)
        mails = [message_id for message_id, _, result in relay.handed if result in TOOK_IT]
        reminders = Message.objects.filter(kind="reminder", message_id__in=mails)
        revisions = list(BookingMail.objects.filter(message__in=reminders).values_list("revision", flat=True))
        assert len(revisions) == len(set(revisions))
        assert all(mails.count(message.message_id) == 1 for message in reminders)


def deliver(relay: Relay, lead: Lead, rule: ContactRule) -> None:
    """A worker comes by. What it hands over is as the rows say it."""
    before = len(relay.handed)
    requeue_expired(timezone.now())
    deliver_due()
    lead.refresh_from_db()
    for message_id, at, _ in relay.handed[before:]:
        mail = BookingMail.objects.select_related("booking", "message").get(message__message_id=message_id)
        assert mail.revision == mail.booking.revision
        assert (mail.message.mail == "booking-cancelled") is (mail.booking.cancelled_at is not None)
        if mail.reminds:
            assert at < mail.starts_at == mail.booking.starts_at
            assert lead.held_at is None
            assert is_within(rule, at.astimezone(ZoneInfo(lead.time_zone)))


def is_within(rule: ContactRule, there: datetime) -> bool:
    """Told from the calendar and the clock alone."""
    hours = [HOURS[part] for part in rule.times] or [(9, 17)]
    weekend = there.weekday() > 4
    on_a_day = rule.days == "any" or weekend is (rule.days == "weekend")
    return on_a_day and any(since <= there.hour < until for since, until in hours)
