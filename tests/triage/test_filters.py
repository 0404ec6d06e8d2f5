"""Every filter of a list: what it leaves, alone and with others; what makes no sense is left out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import Attention, Category, Channel, Clinic, CustomField, FieldChoice, FieldKind, FieldValue, Lead, User
from tests.cast import make_lead, vera_writes
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db


def names(client: Client, query: str) -> set[str]:
    context = client.get(f"{reverse('inbox')}?{query}").context
    return {row.name for row in context["rows"]}


def test_by_where_they_came_from(as_bob: Client, clinic: Clinic) -> None:
    make_lead(name="Called", source=Channel.PHONE)
    make_lead(name="Wrote", source=Channel.FORM)
    assert names(as_bob, "source=phone") == {"Called"}
    assert names(as_bob, "view=everyone&source=form") == {"Wrote"}


def test_a_lead_knows_where_it_came_from_first(as_bob: Client, clinic: Clinic) -> None:
    vera_writes()
    assert Lead.objects.get().source == Channel.FORM


def test_by_what_is_to_be_done_next(as_bob: Client, clinic: Clinic) -> None:
    make_lead(name="Reply")
    make_lead(name="Check", next_action="check_back")
    assert names(as_bob, "next=check_back") == {"Check"}


def test_by_how_they_wait(as_bob: Client, clinic: Clinic) -> None:
    now = timezone.now()
    make_lead(name="Late", waiting_since=now - timedelta(days=2), due_at=now - timedelta(days=1))
    make_lead(name="In time", waiting_since=now)
    make_lead(name="Due", next_action="check_back", due_at=now - timedelta(hours=1))
    make_lead(name="Asleep", attention=Attention.DONE, due_at=now - timedelta(hours=1))
    make_lead(name="Closed", category=Category.CLOSED)
    assert names(as_bob, "view=everyone&wait=late") == {"Late"}
    assert names(as_bob, "view=everyone&wait=waiting") == {"Late", "In time"}
    assert names(as_bob, "view=everyone&wait=due") == {"Due"}


def test_by_day_on_the_clinics_clock(as_bob: Client, clinic: Clinic) -> None:
    """The clinic's in New York: half past midnight in London is still the day before there."""
    make_lead(name="Late on the first", received_at=datetime(2026, 6, 2, 0, 30, tzinfo=UTC))
    make_lead(name="On the third", received_at=datetime(2026, 6, 3, 12, 0, tzinfo=UTC))
    assert names(as_bob, "view=everyone&since=2026-06-01&until=2026-06-01") == {"Late on the first"}
    assert names(as_bob, "view=everyone&since=2026-06-02") == {"On the third"}
    assert names(as_bob, "view=everyone&until=2026-06-02") == {"Late on the first"}


def test_several_leave_what_all_of_them_leave(as_bob: Client, clinic: Clinic, bob: User) -> None:
    make_lead(name="Both", topic="cost", owner=bob)
    make_lead(name="One", topic="cost")
    assert names(as_bob, f"topic=cost&owner={bob.pk}") == {"Both"}
    assert names(as_bob, "topic=cost&owner=none") == {"One"}


@pytest.mark.parametrize(
    "query",
    [
        "source=fax", "next=nothing", "wait=for-ever", "since=yesterday", "until=2026-13-01", "since=0001-01-01", "until=9999-12-31",
        "stage=none", "topic=cost%00", "owner=-1", "owner=99999999999999999999", "wait=", "since=%D9%A1",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(as_bob: Client, clinic: Clinic, query: str) -> None:
    make_lead(name="Vera")
    assert names(as_bob, query) == {"Vera"}


def test_what_is_chosen_behind_is_counted_and_can_be_undone(as_bob: Client, clinic: Clinic) -> None:
    page = as_bob.get(f"{reverse('inbox')}?source=phone&since=2026-01-01").content.decode()
    assert 'More filters <span class="count">2</span>' in page
    assert "Show all" in page


def test_all_of_them_cost_no_query_more(as_bob: Client, clinic: Clinic) -> None:
    for number in range(60):
        make_lead(name=f"{number}", topic="cost", source=Channel.PHONE)
    plain = queries(as_bob, f"{reverse('inbox')}?topic=cost")
    assert queries(as_bob, f"{reverse('inbox')}?topic=cost&source=phone&wait=waiting&since=2020-01-01&until=2100-01-01") == plain


def test_a_choice_that_is_a_number_is_not_taken_for_another(as_bob: Client, clinic: Clinic) -> None:
    """The menu sends a choice's own number, and what it is called may be the number of another one."""
    rating = CustomField.objects.create(key="rating", label="Rating", kind=FieldKind.CHOICE)
    first, second = (FieldChoice.objects.create(field=rating, label=label, position=position) for position, label in enumerate("ab"))
    FieldChoice.objects.filter(pk=first.pk).update(label=str(second.pk))
    lead = make_lead(name="Second")
    FieldValue.objects.create(lead=lead, field=rating, kind=FieldKind.CHOICE, choice=second)
    assert names(as_bob, f"view=everyone&f_rating={second.pk}") == {"Second"}
    assert names(as_bob, "view=everyone&f_rating=b") == {"Second"}


def test_two_choices_that_differ_by_case_alone_are_two(as_bob: Client, clinic: Clinic) -> None:
    rating = CustomField.objects.create(key="rating", label="Rating", kind=FieldKind.CHOICE)
    for label in ("vip", "VIP"):
        choice = FieldChoice.objects.create(field=rating, label=label)
        FieldValue.objects.create(
            lead=make_lead(name=label, email=f"{choice.pk}@example.com"), field=rating, kind=FieldKind.CHOICE, choice=choice
        )
    for choice in rating.choices.all():
        assert names(as_bob, f"view=everyone&f_rating={choice.pk}") == {choice.label}
