"""What was kept long enough goes, whole; who waits for us, and who is treated, never."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import Category, Clinic, Enquiry, Event, EventKind, Lead, Message, Screening
from leads.privacy import retention
from leads.privacy.tasks import forget
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=800)
PAGE = reverse("retention")


@pytest.fixture
def keeps(clinic: Clinic) -> Clinic:
    Clinic.objects.update(keep_spam_days=30, keep_closed_months=12)
    return clinic


def old(**fields: object) -> Lead:
    at = timezone.now() - LONG_AGO
    return make_lead(received_at=at, created_at=at, **fields)


def left() -> set[int]:
    retention.forget_outlived(timezone.now())
    return set(Lead.objects.values_list("pk", flat=True))


def test_nothing_goes_until_somebody_says_so(clinic: Clinic) -> None:
    spam, closed = old(screening=Screening.SPAM), old(category=Category.CLOSED)
    assert left() == {spam.pk, closed.pk}


def test_old_spam_goes(keeps: Clinic) -> None:
    old(screening=Screening.SPAM)
    young = make_lead(screening=Screening.SPAM, received_at=timezone.now() - timedelta(days=29))
    assert left() == {young.pk}


def test_a_lead_that_was_closed_and_quiet_goes(keeps: Clinic) -> None:
    old(category=Category.CLOSED)
    assert left() == set()


def test_one_of_whom_we_heard_since_stays(keeps: Clinic) -> None:
    lead = old(category=Category.CLOSED)
    Event.objects.create(lead=lead, kind=EventKind.NOTE, at=timezone.now() - timedelta(days=300))
    assert left() == {lead.pk}


@pytest.mark.parametrize("category", [Category.NEW, Category.WORKING, Category.BOOKED, Category.WON])
def test_an_open_lead_stays_however_old(keeps: Clinic, category: str) -> None:
    assert left() | {old(category=category).pk} == left()


def test_what_waits_in_check_stays(keeps: Clinic) -> None:
    lead = old(screening=Screening.CHECK)
    assert left() == {lead.pk}


def test_everything_that_hangs_on_them_goes_along(keeps: Clinic) -> None:
    lead = Lead.objects.get(reference=vera_writes(message="My knee").reference)
    at = timezone.now() - LONG_AGO
    closed = old(category=Category.CLOSED, name="Closed").stage
    Lead.objects.filter(name="Closed").delete()
    lead.events.update(at=at)
    Lead.objects.filter(pk=lead.pk).update(
        stage=closed, category=Category.CLOSED, attention="done", due_at=None, next_action="", received_at=at, waiting_since=None
    )
    assert left() == set()
    assert not any(model.objects.exists() for model in (Enquiry, Event, Message))


def test_many_go_in_batches(keeps: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "SOME", 2)
    for number in range(5):
        old(screening=Screening.SPAM, name=f"{number}")
    forget()
    assert not Lead.objects.exists()


def test_trying_counts_and_deletes_nothing(as_alice: Client, clinic: Clinic) -> None:
    old(screening=Screening.SPAM)
    old(category=Category.CLOSED)
    shown = as_alice.post(PAGE, {"keep_spam_days": "30", "keep_closed_months": "", "try": "1"}).content.decode()
    assert "1 would be deleted now. Nothing was deleted yet." in shown
    assert Lead.objects.count() == 2
    assert Clinic.objects.get(pk=1).keep_spam_days is None, "trying saves nothing either"


def test_saving_lets_it_begin(as_alice: Client, clinic: Clinic) -> None:
    as_alice.post(PAGE, {"keep_spam_days": "30", "keep_closed_months": "12"})
    clinic.refresh_from_db()
    assert (clinic.keep_spam_days, clinic.keep_closed_months) == (30, 12)


@pytest.mark.parametrize("days", ["0", "-1", "4000", "soon"])
def test_a_number_that_is_none_is_refused(as_alice: Client, clinic: Clinic, days: str) -> None:
    assert "Enter a number of days from 1 to 3650, or nothing" in as_alice.post(PAGE, {"keep_spam_days": days}).content.decode()
