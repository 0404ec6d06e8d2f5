"""An open inbox asks every few seconds who has come: a number, in one read, and 304 while nothing is new."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from leads.models import Clinic, Lead, ReadRecord, Screening, User
from leads.triage.decisions.actions import mark_contacted
from tests.cast import make_lead, vera_writes
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db


def address(of: str = "", before: timedelta = timedelta(seconds=5)) -> str:
    return f"{reverse('new')}?{urlencode({'of': of, 'shown': (timezone.now() - before).isoformat()})}"


def said(client: Client, of: str = "") -> str:
    return client.get(address(of)).content.decode()


def test_whoever_wrote_since_is_counted(as_bob: Client, clinic: Clinic) -> None:
    make_lead(waiting_since=timezone.now() - timedelta(hours=1))
    assert "new" not in said(as_bob)
    vera_writes()
    assert "1 new, show" in said(as_bob)


def test_whoever_writes_again_is_new_again(as_bob: Client, bob: User, clinic: Clinic) -> None:
    reference = vera_writes().reference
    lead = Lead.objects.get(reference=reference)
    mark_contacted(by=bob, lead=lead)
    Lead.objects.update(received_at=timezone.now() - timedelta(hours=1))
    assert "new" not in said(as_bob)
    vera_writes(message="One more thing")
    assert "1 new, show" in said(as_bob)


def test_only_those_that_the_list_asks_for_count(as_bob: Client, clinic: Clinic) -> None:
    vera_writes(topic="how")
    assert "new" not in said(as_bob, "topic=cost")
    assert "new" not in said(as_bob, "view=mine")
    assert "1 new" in said(as_bob, "topic=how")


def test_check_has_its_own(as_bob: Client, clinic: Clinic) -> None:
    vera_writes(suspicions=["honeypot"])
    assert Lead.objects.get().screening == Screening.CHECK
    assert "new" not in said(as_bob)
    assert "1 new" in said(as_bob, "view=check")


def test_nothing_new_is_304(as_bob: Client, clinic: Clinic) -> None:
    first = as_bob.get(address())
    again = as_bob.get(address(), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    vera_writes()
    assert as_bob.get(address(), headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_it_is_one_read_beside_who_asks(as_bob: Client, clinic: Clinic) -> None:
    for number in range(120):
        make_lead(name=f"{number}", waiting_since=timezone.now())
    assert queries(as_bob, address()) == 3, "the session, the person, and one"
    assert "99 new" in said(as_bob)


def test_it_shows_no_lead_so_nothing_is_recorded(as_bob: Client, clinic: Clinic) -> None:
    vera_writes()
    said(as_bob)
    assert not ReadRecord.objects.exists()


@pytest.mark.parametrize("shown", ["", "now", "2026-01-01", "9999-12-31T00:00:00+00:00"])
def test_a_time_that_is_none_is_not_found(as_bob: Client, shown: str) -> None:
    assert as_bob.get(f"{reverse('new')}?{urlencode({'shown': shown})}").status_code == 404


def test_asking_keeps_no_session_alive(as_bob: Client, clinic: Clinic) -> None:
    as_bob.get(reverse("inbox"))
    session = as_bob.session
    session["seen"] -= 120
    session.save()
    before = session["seen"]
    as_bob.get(address(), headers={"X-Polling": "1"})
    assert as_bob.session["seen"] == before
