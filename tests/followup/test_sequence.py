"""Three mails after 1, 3 and 7 working days, inside their windows, in order, and never against a rule."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from leads.followup.actions import enrol
from leads.followup.crew import deliver_due
from leads.followup.sequences import materialise
from leads.models import Clinic, Closure, Enquiry, Enrolment, Event, EventKind, Lead, Message, Suppression
from tests.cast import make_lead
from tests.followup.made import make_enquiry, make_enrolment, make_followup

pytestmark = pytest.mark.django_db

WEDNESDAY_NOON = datetime(2026, 11, 4, 17, tzinfo=UTC)  # noon in New York


def live(start: datetime, days: int, hours: int = 3) -> list[str]:
    """A visitor writes at `start`; the sweep passes every so many hours. When the mails left, on the clinic's clock."""
    with time_machine.travel(start, tick=False) as clock:
        enquiry = make_enquiry()
        enrol(enquiry=enquiry, by=None)
        for _ in range(days * 24 // hours):
            materialise(timezone.now())
            deliver_due()
            clock.shift(timedelta(hours=hours))
    zone = ZoneInfo(Clinic.current().time_zone)
    mails = Message.objects.filter(state="sent").order_by("sent_at")
    assert [mail.step for mail in mails] == sorted(mail.step or 0 for mail in mails)
    return [f"{mail.sent_at.astimezone(zone):%a %d %b %H:%M}" for mail in mails if mail.sent_at]


def test_over_a_weekend() -> None:
    """Friday, 6 November, noon."""
    assert live(datetime(2026, 11, 6, 17, tzinfo=UTC), 20) == ["Mon 09 Nov 09:00", "Thu 12 Nov 09:00", "Wed 18 Nov 09:00"]


def test_the_first_never_leaves_before_the_answer_that_was_promised() -> None:
    with time_machine.travel(WEDNESDAY_NOON, tick=False):
        enquiry = make_enquiry(promise_at=datetime(2026, 11, 5, 18, tzinfo=UTC))
        enrol(enquiry=enquiry, by=None)
    assert Enrolment.objects.get().due_at == enquiry.promise_at


def test_over_a_holiday_and_a_closure() -> None:
    """Tuesday before Thanksgiving (26 November 2026); the clinic also closes on the Friday."""
    Closure.objects.create(day=datetime(2026, 11, 27, tzinfo=UTC).date())
    assert live(datetime(2026, 11, 24, 17, tzinfo=UTC), 25) == ["Wed 25 Nov 09:00", "Tue 01 Dec 09:00", "Mon 07 Dec 09:00"]


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (datetime(2026, 3, 6, 17, tzinfo=UTC), "Mon 09 Mar 09:00"),  # clocks go forward on Sunday the 8th
        (datetime(2026, 10, 30, 17, tzinfo=UTC), "Mon 02 Nov 09:00"),  # and back on Sunday the 1st
    ],
)
def test_over_a_change_of_clocks(start: datetime, first: str) -> None:
    assert live(start, 4, hours=1)[0] == first


def test_a_sweep_that_comes_late_waits_for_the_next_window() -> None:
    """The workers were down on the due day, and come back at night."""
    with time_machine.travel(WEDNESDAY_NOON, tick=False) as clock:
        enrolment = make_enrolment(make_enquiry().lead)
        clock.shift(timedelta(hours=9))
        materialise(timezone.now())
        assert not Message.objects.exists()
        enrolment.refresh_from_db()
        assert enrolment.due_at == datetime(2026, 11, 5, 14, tzinfo=UTC)


def test_a_clock_put_back_sends_no_step_twice() -> None:
    with time_machine.travel(WEDNESDAY_NOON, tick=False) as clock:
        make_enrolment(make_enquiry().lead)
        for shift in (0, -1, 1, 0):
            clock.shift(timedelta(hours=shift))
            materialise(timezone.now())
            deliver_due()
    assert list(Message.objects.values_list("step", flat=True)) == [1]


def test_a_step_waits_for_the_mail_before_it() -> None:
    with time_machine.travel(WEDNESDAY_NOON, tick=False):
        enrolment = make_enrolment(make_enquiry().lead, next_step=2)
        make_followup(enrolment, due_at=timezone.now() + timedelta(hours=1))
        materialise(timezone.now())
        assert Message.objects.count() == 1


def test_never_more_than_the_consent_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leads.followup.rules.followups_allowed", lambda version: 1)
    assert len(live(WEDNESDAY_NOON, 14)) == 1
    assert Enrolment.objects.get().state == "finished"


@time_machine.travel(WEDNESDAY_NOON, tick=False)
@pytest.mark.parametrize(
    ("change", "reason"), [({"category": "closed"}, "closed"), ({"held_at": WEDNESDAY_NOON}, "held"), ({"email": ""}, "suppressed")]
)
def test_every_rule_is_asked_again_before_each_mail(change: dict[str, object], reason: str) -> None:
    enrolment = make_enrolment(make_enquiry().lead)
    Lead.objects.update(**change)
    materialise(timezone.now())
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.stop_reason) == ("stopped", reason)
    assert Event.objects.get(kind=EventKind.FOLLOWUP_STOPPED).data == {"reason": reason}
    assert not Message.objects.exists()


@time_machine.travel(WEDNESDAY_NOON, tick=False)
def test_a_suppressed_address_gets_no_step() -> None:
    make_enrolment(make_enquiry().lead)
    Suppression.objects.create(address="vera@example.com", reason="complained")
    materialise(timezone.now())
    assert Enrolment.objects.get().stop_reason == "suppressed"


@time_machine.travel(WEDNESDAY_NOON, tick=False)
def test_many_are_due_at_once() -> None:
    for number in range(450):
        lead = make_lead(email=f"vera{number}@example.com")
        make_enquiry(lead, email=lead.email)
        make_enrolment(lead)
    materialise(timezone.now())
    assert Message.objects.count() == 450
    assert set(Enrolment.objects.values_list("next_step", flat=True)) == {2}


class TestEnrolling:
    def test_it_starts_once_for_each_lead(self) -> None:
        enquiry = make_enquiry()
        enrol(enquiry=enquiry, by=None)
        enrol(enquiry=enquiry, by=None)
        assert Enrolment.objects.count() == 1
        assert Event.objects.filter(kind=EventKind.ENROLLED).count() == 1

    def test_it_needs_their_consent(self) -> None:
        enquiry = make_enquiry(consent_followup=False)
        enrol(enquiry=enquiry, by=None)
        assert not Enrolment.objects.exists()

    @pytest.mark.parametrize("fields", [{"email": ""}, {"held_at": WEDNESDAY_NOON}, {"screening": "check"}])
    def test_it_needs_a_lead_that_may_get_mail(self, fields: dict[str, object]) -> None:
        enquiry = make_enquiry(make_lead(**fields))
        enrol(enquiry=enquiry, by=None)
        assert not Enquiry.objects.filter(lead__enrolments__isnull=False).exists()

    def test_it_needs_an_address_that_did_not_opt_out(self) -> None:
        enquiry = make_enquiry()
        Suppression.objects.create(address="vera@example.com", reason="opted_out")
        enrol(enquiry=enquiry, by=None)
        assert not Enrolment.objects.exists()
