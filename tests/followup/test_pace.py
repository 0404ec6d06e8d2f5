"""MAIL_RATE: no more leave than may, whoever sends them, and what waits has lost nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leads.followup.claim import claim
from leads.followup.crew import deliver_due
from leads.followup.pace import at_their_pace
from leads.models import Counter, Message
from tests.cast import make_lead
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message

pytestmark = pytest.mark.django_db
NOON = datetime(2030, 3, 5, 17, 0, 20, tzinfo=UTC)  # a Tuesday, inside the window


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def followups(number: int, domain: str = "gmail.com") -> None:
    for one in range(number):
        lead = make_lead(email=f"vera{one}@{domain}")
        make_followup(make_enrolment(make_enquiry(lead).lead), mail="followup-1")


def acknowledgements(number: int, domain: str = "gmail.com") -> None:
    enquiry = make_enquiry()
    for one in range(number):
        make_message(enquiry, to_address=f"walter{one}@{domain}")


def sent(kind: str = "") -> int:
    return Message.objects.filter(state="sent", kind__startswith=kind).count()


def test_without_a_rate_nobody_is_asked(settings: Any, clock: Any) -> None:
    acknowledgements(3)
    batch = claim()
    with CaptureQueriesContext(connection) as queries:
        assert at_their_pace(batch) == (batch, {})
    assert len(queries) == 0


def test_no_more_leave_to_a_domain_than_may(settings: Any, clock: Any) -> None:
    settings.MAIL_RATES = {"gmail.com": (4, 60)}
    acknowledgements(10)
    acknowledgements(3, "example.org")
    deliver_due()
    deliver_due()
    assert sent() == 7
    assert {item.to[0] for item in mail.outbox if "gmail" in item.to[0]} == {f"walter{one}@gmail.com" for one in range(4)}


def test_all_together_have_a_ceiling(settings: Any, clock: Any) -> None:
    settings.MAIL_RATES = {"gmail.com": (4, 60), "*": (6, 60)}
    acknowledgements(10)
    acknowledgements(10, "example.org")
    deliver_due()
    assert sent() == 6


def test_what_is_above_waits_for_a_later_window_without_a_try(settings: Any, clock: Any) -> None:
    settings.MAIL_RATES = {"*": (4, 60)}
    acknowledgements(10)
    deliver_due()
    waiting = Message.objects.filter(state="queued")
    assert set(waiting.values_list("attempts", "claim", "reason")) == {(0, None, "")}
    assert {due - NOON for due in waiting.values_list("due_at", flat=True)} == {timedelta(seconds=40), timedelta(seconds=100)}


def test_in_the_end_everything_has_left_and_each_window_held_no_more(settings: Any, clock: Any) -> None:
    settings.MAIL_RATES = {"*": (4, 60)}
    acknowledgements(10)
    before, windows = 0, []
    for _ in range(4):
        deliver_due()
        windows.append(sent() - before)
        before = sent()
        clock.shift(60)
    assert windows == [4, 4, 2, 0]
    assert len(mail.outbox) == 10


def test_an_acknowledgement_never_waits_behind_follow_ups(settings: Any, clock: Any) -> None:
    settings.MAIL_RATES = {"*": (8, 60)}
    followups(20)
    deliver_due()
    assert sent() == 6
    acknowledgements(2)
    deliver_due()
    assert (sent("followup"), sent("acknowledgement")) == (6, 2)


def test_a_rate_of_one_still_lets_follow_ups_leave(settings: Any, clock: Any) -> None:
    settings.MAIL_RATES = {"*": (1, 60)}
    followups(2)
    deliver_due()
    assert sent("followup") == 1


def test_capitals_make_no_other_domain(settings: Any, clock: Any) -> None:
    settings.MAIL_RATES = {"gmail.com": (1, 60)}
    acknowledgements(2, "GMail.com")
    deliver_due()
    assert sent() == 1


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_let_exactly_so_many_through(settings: Any) -> None:
    settings.MAIL_RATES = {"gmail.com": (20, 86400), "*": (30, 86400)}
    acknowledgements(40)
    acknowledgements(40, "example.org")

    def take(_: int) -> int:
        try:
            return len(at_their_pace(claim(10))[0])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        let = sum(pool.map(take, range(8)))
    assert let == 30
    assert dict(Counter.objects.filter(scope="mail").values_list("subject", "count"))["*"] == 30
    assert dict(Counter.objects.filter(scope="mail").values_list("subject", "count"))["gmail.com"] <= 20
