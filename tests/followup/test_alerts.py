"""Staff hear of new enquiries: bundled, switchable, content-free; of a crisis at once, all of them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from leads.followup.alerts import alert_staff
from leads.models import Message, Reply, User
from tests.cast import make_lead
from tests.followup.made import make_enquiry

pytestmark = pytest.mark.django_db


def arrive(screening: str = "accepted", **fields: object) -> None:
    now = timezone.now()
    lead = make_lead(received_at=now, screening=screening)
    make_enquiry(lead, received_at=now, screening=screening, **fields)


def told() -> list[str]:
    return sorted(Message.objects.values_list("to_address", flat=True))


def test_everybody_with_the_right_is_told(alice: User, bob: User, charlie: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        clock.shift(60)
        arrive()
        clock.shift(10)
        alert_staff(timezone.now())
    assert told() == ["alice@example.com", "bob@example.com"]
    message = Message.objects.filter(user=bob).get()
    assert (message.kind, message.lead, message.enquiry) == ("staff_alert", None, None)


def test_at_most_one_in_five_minutes_however_many_arrive(bob: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(30):  # five minutes
            arrive()
            clock.shift(10)
            alert_staff(timezone.now())
        assert len(told()) == 1
        clock.shift(20)
        alert_staff(timezone.now())
        assert len(told()) == 2
        clock.shift(600)
        alert_staff(timezone.now())
        assert len(told()) == 2  # nothing new since


def test_in_check_counts_and_spam_does_not(bob: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        clock.shift(60)
        arrive("spam")
        clock.shift(10)
        alert_staff(timezone.now())
        assert told() == []
        arrive("check")
        clock.shift(10)
        alert_staff(timezone.now())
        assert len(told()) == 1


def test_it_can_be_switched_off(bob: User) -> None:
    bob.wants_alerts = False
    bob.save()
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False) as clock:
        arrive()
        clock.shift(10)
        alert_staff(timezone.now())
    assert told() == []


def test_what_colleagues_add_themselves_is_no_news(alice: User, bob: User) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False) as clock:
        arrive(added_by=bob, channel="phone")
        clock.shift(10)
        alert_staff(timezone.now())
    assert told() == []


def test_an_enquiry_that_shows_up_after_the_sweep_is_not_missed(bob: User) -> None:
    """Its transaction was still open when the sweep looked."""
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False) as clock:
        alert_staff(timezone.now() + timedelta(seconds=2))
        arrive()
        clock.shift(10)
        alert_staff(timezone.now())
    assert told() == ["bob@example.com"]


class TestCrisis:
    def test_everybody_is_told_at_once_and_once(self, alice: User, bob: User, charlie: User) -> None:
        User.objects.update(wants_alerts=False, alerted_at=timezone.now())
        arrive(crisis=True)
        alert_staff(timezone.now())
        alert_staff(timezone.now())
        assert told() == ["alice@example.com", "bob@example.com"]
        assert Message.objects.filter(enquiry__crisis=True).count() == 2

    def test_each_enquiry_counts(self, bob: User) -> None:
        arrive(crisis=True)
        arrive("check", crisis=True)
        alert_staff(timezone.now())
        assert len(told()) == 2

    def test_spam_does_not_count(self, bob: User) -> None:
        arrive("spam", crisis=True)
        alert_staff(timezone.now())
        assert told() == []


def test_a_reply_is_news_too(alice: User) -> None:
    Reply.objects.create(kind="reply", fingerprint="1", received_at=timezone.now(), subject="", text="", quoted="")
    alert_staff(timezone.now() + timedelta(seconds=5))
    assert Message.objects.get().user == alice
