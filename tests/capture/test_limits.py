"""Above a limit an enquiry goes to Check with the same answer; only a flood is refused."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.db import connection

from leads.capture.actions import receive_enquiry
from leads.capture.limits import Flooded
from leads.capture.origin import Origin
from leads.models import Counter, Enquiry, Lead, Message
from tests.cast import vera, vera_writes


@pytest.fixture(autouse=True)
def one_window() -> Any:
    with time_machine.travel("2026-03-02 15:00:30Z", tick=False):
        yield


def person(number: int) -> dict[str, Any]:
    return {
        "name": f"Vera{'abcdefghijklmnopqrstuvwxyz'[number % 26]}",
        "email": f"vera{number}@example.com",
        "message": f"Question {number}",
    }


def by_program(**changes: Any) -> None:
    receive_enquiry(by=None, channel="api", details=vera(**changes), origin=Origin(address="198.51.100.7"), key="k")


@pytest.mark.django_db
def test_the_sixth_from_one_address_in_ten_minutes_goes_to_check() -> None:
    for number in range(6):
        vera_writes(**person(number))
    assert Lead.objects.accepted().count() == 5
    assert Lead.objects.in_check().get().enquiries.get().screening_reasons == ["limit_address_600"]


@pytest.mark.django_db
def test_the_fourth_from_one_email_in_a_day_goes_to_check() -> None:
    for number in range(4):
        vera_writes(message=f"Question {number}", address=f"198.51.100.{number}")
    assert Lead.objects.accepted().get().enquiries.count() == 3
    assert Lead.objects.in_check().get().enquiries.get().screening_reasons == ["limit_email"]


@pytest.mark.django_db
def test_neighbours_in_one_ipv6_network_count_as_one() -> None:
    for number in range(6):
        vera_writes(**person(number), address=f"2001:db8::{number}")
    assert Lead.objects.in_check().count() == 1


@pytest.mark.django_db
def test_a_flood_is_refused_and_counted() -> None:
    Counter.objects.all().delete()
    for number in range(60):
        vera_writes(**person(number))
    with pytest.raises(Flooded):
        vera_writes(**person(61))
    assert Enquiry.objects.count() == 60
    assert Counter.objects.get(scope="flood").count == 61


@pytest.mark.django_db
@pytest.mark.parametrize("message", ["A question.", "Another one."])
def test_retries_can_be_a_flood_too(message: str) -> None:
    for _ in range(60):
        by_program(message="A question.")
    with pytest.raises(Flooded):
        by_program(message=message)
    assert Enquiry.objects.count() == 1
    assert Counter.objects.get(scope="flood").count == 61


@pytest.mark.django_db
def test_raised_limits_raise_the_flood_level(settings: Any) -> None:
    settings.CAPTURE_LIMITS = [(100, 600)]
    for number in range(70):
        vera_writes(**person(number))
    assert Lead.objects.accepted().count() == 70


@pytest.mark.django_db
def test_no_address_is_kept() -> None:
    vera_writes()
    assert "198.51" not in str(list(Counter.objects.values_list("subject", flat=True)))


@pytest.mark.django_db(transaction=True)
def test_exactly_five_get_through_at_once() -> None:
    def write(number: int) -> None:
        try:
            vera_writes(**person(number))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(20)))
    assert Lead.objects.accepted().count() == 5
    assert Message.objects.count() == 5
    assert Lead.objects.in_check().count() == 15
