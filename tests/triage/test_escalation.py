"""What is overdue is told: to the owner first, then to the managers, each once; a crisis every quarter of an hour for an hour."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from leads.followup.alerts import alert_staff
from leads.models import Attention, Clinic, EventKind, Lead, Message, Notice, NoticeKind, Role, User
from leads.triage.by_itself.escalation import escalate, press_crises, remind
from leads.triage.by_itself.waking import wake_due
from leads.triage.decisions.actions import mark_contacted, take_care
from leads.triage.same_person.merging import merge, unmerge
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db
MONDAY_TEN = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)
SOON = timedelta(minutes=5)


@pytest.fixture
def watched(clinic: Clinic) -> None:
    """Somebody has looked before: nothing is told about the time before that."""
    remind(MONDAY_TEN)
    escalate(MONDAY_TEN)


def told() -> list[tuple[str, str]]:
    return [(str(notice.user), notice.kind) for notice in Notice.objects.order_by("pk")]


def due(**fields: object) -> Lead:
    return make_lead(due_at=MONDAY_TEN + SOON, **fields)


def at(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        wake_due(moment)
        remind(moment)
        escalate(moment)


def test_the_owner_is_told_once(watched: None, alice: User, bob: User) -> None:
    due(owner=bob)
    at(MONDAY_TEN + 2 * SOON)
    at(MONDAY_TEN + 3 * SOON)
    assert told() == [("Bob", NoticeKind.OVERDUE)]


def test_nobody_is_told_before_its_time(watched: None, bob: User) -> None:
    due(owner=bob)
    at(MONDAY_TEN + SOON / 2)
    assert told() == []


def test_whoever_acted_in_time_is_not_told(watched: None, bob: User) -> None:
    lead = due(owner=bob)
    with time_machine.travel(MONDAY_TEN, tick=False):
        mark_contacted(by=bob, lead=lead)
    at(MONDAY_TEN + 2 * SOON)
    assert told() == []


def test_where_nobody_has_it_everybody_at_work_is_told(watched: None, alice: User, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(work_hours={"3": [["09:00", "10:00"]]})
    due()
    at(MONDAY_TEN + 2 * SOON)
    assert told() == [("Alice", NoticeKind.OVERDUE)]


def test_two_opening_hours_later_the_managers_are_told(watched: None, alice: User, bob: User) -> None:
    lead = due(owner=bob)
    at(MONDAY_TEN + 2 * SOON)
    at(MONDAY_TEN + SOON + timedelta(hours=2, minutes=1))
    assert told() == [("Bob", NoticeKind.OVERDUE), ("Alice", NoticeKind.ESCALATED)]
    assert lead.events.filter(kind=EventKind.ESCALATED).count() == 1


def test_a_night_is_no_opening_time(watched: None, alice: User, bob: User) -> None:
    """Due at ten to five on Monday: the second hour is over on Tuesday morning."""
    make_lead(owner=bob, due_at=MONDAY_TEN + timedelta(hours=6, minutes=50))
    at(MONDAY_TEN + timedelta(hours=12))
    assert ("Alice", NoticeKind.ESCALATED) not in told()
    at(MONDAY_TEN + timedelta(days=1, hours=1))
    assert ("Alice", NoticeKind.ESCALATED) in told()


def test_a_lead_that_slept_is_told_when_it_wakes(watched: None, bob: User) -> None:
    due(owner=bob, attention=Attention.DONE, next_action="check_back")
    at(MONDAY_TEN + 2 * SOON)
    assert told() == [("Bob", NoticeKind.OVERDUE)]


def test_after_a_stand_still_nothing_is_left_out(watched: None, bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leads.triage.by_itself.escalation.MOST", 2)
    for number in range(5):
        make_lead(name=f"{number}", owner=bob, due_at=MONDAY_TEN + SOON + timedelta(seconds=number))
    for minute in range(6):
        at(MONDAY_TEN + timedelta(days=3, minutes=minute))
    assert told().count(("Bob", NoticeKind.OVERDUE)) == 5


def test_the_first_look_tells_nobody_about_years(clinic: Clinic, bob: User) -> None:
    make_lead(owner=bob, due_at=MONDAY_TEN - timedelta(days=300))
    at(MONDAY_TEN)
    at(MONDAY_TEN + SOON)
    assert told() == []


def crises(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return press_crises(moment)


def test_a_crisis_that_nobody_took_is_told_every_quarter_of_an_hour_for_an_hour(clinic: Clinic, alice: User, bob: User) -> None:
    with time_machine.travel(MONDAY_TEN, tick=False):
        vera_writes(message="I want to kill myself")
        alert_staff(MONDAY_TEN)
    first = Message.objects.filter(mail="crisis-alert").count()
    pressed = [crises(MONDAY_TEN + timedelta(minutes=minutes)) for minutes in range(1, 180)]
    assert sum(pressed) == 4
    assert [minute for minute, how_many in enumerate(pressed, 1) if how_many] == [15, 30, 45, 60]
    assert Message.objects.filter(mail="crisis-alert").count() - first == 4
    assert set(told()) == {("Alice", NoticeKind.ESCALATED)}


def test_once_somebody_has_it_nobody_is_pressed(clinic: Clinic, alice: User, bob: User) -> None:
    with time_machine.travel(MONDAY_TEN, tick=False):
        lead = Lead.objects.get(reference=vera_writes(message="I want to kill myself").reference)
        take_care(by=bob, lead=lead)
    assert crises(MONDAY_TEN + timedelta(minutes=20)) == 0


def test_one_in_check_counts_too(clinic: Clinic, alice: User) -> None:
    with time_machine.travel(MONDAY_TEN, tick=False):
        vera_writes(message="I want to kill myself", suspicions=["honeypot"])
    assert crises(MONDAY_TEN + timedelta(minutes=16)) == 1


def test_without_managers_whoever_works_hears_of_it(watched: None, bob: User) -> None:
    due(owner=bob)
    at(MONDAY_TEN + timedelta(hours=3))
    assert ("Bob", NoticeKind.ESCALATED) in told()


def test_what_the_desk_told_is_mailed_once_as_a_link(watched: None, bob: User, alice: User) -> None:
    due(owner=bob)
    due(name="Second", email="2@example.com", owner=bob)
    at(MONDAY_TEN + 2 * SOON)
    moment = MONDAY_TEN + 3 * SOON
    with time_machine.travel(moment, tick=False):
        alert_staff(moment)
        alert_staff(moment + SOON)
    mails = Message.objects.filter(mail="notice")
    assert [mail.to_address for mail in mails] == [bob.email]


def test_who_wants_no_mail_gets_none(watched: None, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(wants_notices=False)
    due(owner=bob)
    at(MONDAY_TEN + 2 * SOON)
    alert_staff(MONDAY_TEN + 3 * SOON)
    assert not Message.objects.filter(mail="notice").exists()


@pytest.mark.parametrize("gone", [{"is_active": False}, {"role": Role.NONE}], ids=["left", "without rights"])
def test_who_left_meanwhile_gets_none(watched: None, bob: User, gone: dict[str, object]) -> None:
    due(owner=bob)
    at(MONDAY_TEN + 2 * SOON)
    User.objects.filter(pk=bob.pk).update(**gone)
    alert_staff(MONDAY_TEN + 3 * SOON)
    assert not Message.objects.filter(mail="notice").exists()
    assert not Notice.objects.filter(mailed_at=None).exists()  # nor are they looked at again and again


def test_what_was_read_on_the_desk_is_not_mailed(watched: None, bob: User) -> None:
    due(owner=bob)
    at(MONDAY_TEN + 2 * SOON)
    Notice.objects.update(read_at=MONDAY_TEN + 2 * SOON)
    alert_staff(MONDAY_TEN + 3 * SOON)
    assert not Message.objects.filter(mail="notice").exists()


def test_an_administrator_counts_as_a_manager(watched: None, bob: User) -> None:
    User.objects.create_user("dana@example.com", name="Dana", role=Role.ADMINISTRATOR)
    due(owner=bob)
    at(MONDAY_TEN + timedelta(hours=3))
    assert ("Dana", NoticeKind.ESCALATED) in told()


def test_who_was_due_while_part_of_another_lead_is_told_of_once_they_are_parted(watched: None, alice: User, bob: User) -> None:
    keep, other = make_lead(owner=bob, due_at=MONDAY_TEN + timedelta(days=9)), due(owner=bob, email="vera@work.example")
    merge(by=alice, keep=keep, other=other, choices={})
    with time_machine.travel(MONDAY_TEN, tick=False):
        mark_contacted(by=bob, lead=keep)
    later = MONDAY_TEN + timedelta(days=1)
    at(later)
    with time_machine.travel(later, tick=False):
        unmerge(by=alice, lead=keep)
    at(later + SOON)
    at(later + 2 * SOON)
    assert told() == [("Bob", NoticeKind.OVERDUE)]
    at(later + timedelta(hours=3))
    at(later + timedelta(hours=4))
    assert told() == [("Bob", NoticeKind.OVERDUE), ("Alice", NoticeKind.ESCALATED)]
