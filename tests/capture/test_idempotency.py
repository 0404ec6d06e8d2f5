"""A double click, a reload or a retry never makes a second enquiry."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection

from leads.capture.actions import receive_enquiry
from leads.capture.idempotency import KeyReused
from leads.capture.origin import Origin
from leads.models import Enquiry, Lead, Message
from tests.cast import vera, vera_writes


def by_api(key: str | None = "k", **changes: object) -> str:
    details = vera(**changes)
    return receive_enquiry(by=None, channel="api", details=details, origin=Origin(address="198.51.100.7"), key=key).reference


@pytest.mark.django_db
def test_the_same_key_and_body_gets_the_same_answer() -> None:
    assert by_api() == by_api()
    assert Enquiry.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused() -> None:
    by_api()
    with pytest.raises(KeyReused):
        by_api(message="Something else.")
    assert Enquiry.objects.count() == 1


@pytest.mark.django_db
def test_a_form_changed_and_sent_again_is_a_second_enquiry() -> None:
    vera_writes(key="token")
    vera_writes(key="token", message="I forgot to say something.")
    assert Enquiry.objects.count() == 2


@pytest.mark.django_db
@time_machine.travel("2026-03-02 15:01:00Z", tick=False)
def test_without_a_key_the_identical_enquiry_is_a_retry() -> None:
    assert by_api(key=None) == by_api(key=None)


def at(moment: str) -> str:
    with time_machine.travel(f"2026-03-02 {moment}Z", tick=False):
        return by_api(key=None)


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "again"), [("15:09:59.5", "15:10:00.5"), ("15:01:00", "15:10:59")])
def test_and_stays_one_for_ten_minutes_whatever_the_clock_shows(first: str, again: str) -> None:
    assert at(first) == at(again)


@pytest.mark.django_db
@pytest.mark.parametrize("later", ["15:11:01", "19:01:00"])
def test_after_that_it_is_a_new_one(later: str) -> None:
    first = at("15:01:00")
    second = at(later)
    assert second != first
    assert at(later) == second


@pytest.mark.django_db
def test_a_retry_makes_the_ten_minutes_no_longer() -> None:
    first = at("15:01:00")
    assert at("15:10:00") == first
    assert at("15:12:00") != first


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", ["k", None])
def test_fifty_at_once_are_one(key: str | None) -> None:
    def write(_: int) -> str:
        try:
            return by_api(key)
        finally:
            connection.close()

    with time_machine.travel("2026-03-02 15:01:00Z"), ThreadPoolExecutor(16) as pool:
        references = set(pool.map(write, range(50)))
    assert len(references) == 1
    assert (Lead.objects.count(), Enquiry.objects.count(), Message.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_one_also_when_the_first_was_long_ago() -> None:
    def write(_: int) -> str:
        try:
            return by_api(None)
        finally:
            connection.close()

    first = at("15:01:00")
    with time_machine.travel("2026-03-02 15:12:00Z"), ThreadPoolExecutor(16) as pool:
        references = set(pool.map(write, range(50)))
    assert len(references) == 1
    assert references != {first}
    assert (Lead.objects.count(), Enquiry.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_one_person_writing_twenty_things_at_once_is_one_lead(settings: object) -> None:
    settings.CAPTURE_LIMITS = [(1000, 600)]  # type: ignore[attr-defined]  # pytest-django's settings wrapper

    def write(number: int) -> None:
        try:
            vera_writes(message=f"Question {number}.", address=f"198.51.100.{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(20)))
    assert Enquiry.objects.count() == 20
    assert Lead.objects.accepted().count() == 1
