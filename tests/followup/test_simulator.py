"""The dates that the simulator shows are the dates on which the engine sends."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from leads.followup.actions import enrol
from leads.followup.crew import deliver_due
from leads.followup.schedule import simulate
from leads.followup.sequences import materialise
from leads.models import Enrolment, Lead, Message, Sequence, Step, StepText, Unit, Version
from leads.policy.hours import opening_hours
from tests.cast import make_lead
from tests.followup.made import make_enquiry

pytestmark = pytest.mark.django_db

Waits = list[tuple[int, str]]
EVENINGS = {str(day): [["17:30", "20:00"]] for day in range(7)}


def make_version(waits: Waits, windows: dict[str, Any]) -> Version:
    """The only one that anybody joins."""
    sequence, _ = Sequence.objects.get_or_create(slug="tried", defaults={"name": "Tried", "starts": "by_itself", "position": 0})
    Sequence.objects.filter(slug="after-enquiry").update(position=1)
    number = sequence.versions.count() + 1
    version = Version.objects.create(sequence=sequence, number=number, windows=windows, published_at=timezone.now())
    for position, (wait, unit) in enumerate(waits, start=1):
        step = Step.objects.create(version=version, position=position, wait=wait, unit=unit)
        StepText.objects.create(step=step, language="en", subject="We are here", body="{{ greeting }}")
    return version


def live(lead: Lead, clock: time_machine.Traveller, late: timedelta) -> list[datetime]:
    """The clock jumps to each due time, and a little further: when the mails left."""
    while (enrolment := Enrolment.objects.filter(lead=lead, state="running").first()) and enrolment.due_at:
        clock.move_to(max(enrolment.due_at, timezone.now()) + late)
        materialise(timezone.now())
        deliver_due()
    return [mail.sent_at for mail in Message.objects.filter(lead=lead, state="sent").order_by("step") if mail.sent_at]


waits = st.lists(st.tuples(st.integers(1, 9), st.sampled_from(Unit.values)), min_size=1, max_size=3)
# On the minute, as windows are: what is due is then never so near to a window's end that a worker comes too late for it.
written = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
zones = st.sampled_from(["", "America/New_York", "America/Los_Angeles", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Tokyo"])

wishes = st.sampled_from(["", "any evening", "weekdays morning afternoon", "weekend", "weekend evening"])


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(waits, written, zones, st.sampled_from([{}, EVENINGS]), wishes, st.integers(0, 20))
def test_the_engine_sends_when_the_simulator_says(
    db: None, waits: Waits, at: datetime, zone: str, windows: dict[str, Any], asked: str, late: int
) -> None:
    number = Lead.objects.count()
    with time_machine.travel(at, tick=False) as clock:
        lead = make_lead(email=f"vera{number}@example.com", time_zone=zone, asked_hours=asked)
        version = make_version(waits, windows)
        enquiry = make_enquiry(lead, email=lead.email, promise_at=at + timedelta(hours=5))
        enrol(enquiry=enquiry, by=None)
        shown = simulate(version, at, zone, opening_hours(), enquiry.promise_at, asked)
        assert live(lead, clock, timedelta(seconds=late)) == [moment + timedelta(seconds=late) for moment in shown]


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("", ["Mon 09:00", "Wed 09:00", "Tue 09:00"]),
        ("America/Los_Angeles", ["Mon 12:00", "Wed 12:00", "Tue 12:00"]),
    ],
)
def test_written_on_a_friday_at_four(zone: str, shown: list[str]) -> None:
    """6 March 2026 in New York, whose clocks go forward on the Sunday; there is no holiday for a while."""
    version = Version.objects.get()
    moments = simulate(version, datetime(2026, 3, 6, 21, tzinfo=UTC), zone, opening_hours())
    assert [f"{at.astimezone(opening_hours().zone):%a %H:%M}" for at in moments] == shown


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("any afternoon", ["Mon 12:00", "Wed 12:00", "Tue 12:00"]),
        ("any evening", ["Mon 17:00", "Wed 17:00", "Tue 17:00"]),  # never in the usual windows: what they asked for comes first
        ("weekend", ["Sat 09:00", "Sat 09:00", "Sat 09:00"]),
    ],
)
def test_who_said_when_to_be_reached_gets_it_then(asked: str, shown: list[str]) -> None:
    moments = simulate(Version.objects.get(), datetime(2026, 3, 6, 21, tzinfo=UTC), "", opening_hours(), asked=asked)
    assert [f"{at.astimezone(opening_hours().zone):%a %H:%M}" for at in moments] == shown
