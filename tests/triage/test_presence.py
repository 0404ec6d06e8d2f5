"""A lead's page says who else is on it, and who writes: within twenty seconds, and no longer than they stay."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import EventKind, Lead, Presence, User
from leads.triage.decisions.actions import change_stage, mark_contacted
from leads.triage.lead.presence import be_here, others_here
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db


def beat(client: Client, lead: Lead, **fields: str) -> str:
    return client.post(reverse("lead_presence", args=[lead.reference]), fields, headers={"X-Polling": "1"}).content.decode()


def test_bob_sees_alice(lead: Lead, as_alice: Client, as_bob: Client, alice: User) -> None:
    assert f"{alice} is here" not in beat(as_bob, lead)
    beat(as_alice, lead)
    assert f"{alice} is here" in beat(as_bob, lead)


def test_and_that_she_writes(lead: Lead, as_alice: Client, as_bob: Client, alice: User) -> None:
    beat(as_alice, lead, writes="1")
    beat(as_alice, lead)
    assert f"{alice} is writing" in beat(as_bob, lead)


def test_nobody_sees_themselves(lead: Lead, as_bob: Client, bob: User) -> None:
    beat(as_bob, lead)
    assert str(bob) not in beat(as_bob, lead)


def test_whoever_leaves_is_gone_at_once(lead: Lead, as_alice: Client, as_bob: Client, alice: User) -> None:
    beat(as_alice, lead)
    beat(as_alice, lead, gone="1")
    assert str(alice) not in beat(as_bob, lead)


def test_whoever_gives_no_sign_is_gone_in_half_a_minute(lead: Lead, alice: User, bob: User) -> None:
    now = timezone.now()
    be_here(by=alice, lead=lead, writes=False, now=now)
    assert others_here(lead, bob, now + timedelta(seconds=20))
    assert not others_here(lead, bob, now + timedelta(seconds=30))


def test_whoever_may_not_work_any_more_is_not_here(lead: Lead, alice: User, bob: User) -> None:
    be_here(by=alice, lead=lead, writes=False, now=timezone.now())
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert not others_here(lead, bob, timezone.now())


def test_two_pages_of_one_person_are_one_presence(lead: Lead, as_bob: Client) -> None:
    beat(as_bob, lead)
    beat(as_bob, lead)
    assert Presence.objects.count() == 1


def test_charlie_is_told_nothing_and_leaves_no_trace(lead: Lead, as_charlie: Client) -> None:
    assert as_charlie.post(reverse("lead_presence", args=[lead.reference])).status_code == 404
    assert not Presence.objects.exists()


def test_a_look_is_no_sign(lead: Lead, as_bob: Client) -> None:
    assert as_bob.get(reverse("lead_presence", args=[lead.reference])).status_code == 405


def test_it_says_what_a_colleague_decided_meanwhile(lead: Lead, as_bob: Client, alice: User) -> None:
    shown = timezone.now().isoformat()
    assert "Show" not in beat(as_bob, lead, shown=shown)
    with time_machine.travel(timezone.now() + timedelta(seconds=5), tick=True):
        mark_contacted(by=alice, lead=lead)
        answer = beat(as_bob, lead, shown=shown)
    assert f"{alice}, just now: Contact logged." in answer


def test_it_keeps_quiet_about_ones_own_decisions(lead: Lead, as_bob: Client, bob: User) -> None:
    shown = timezone.now().isoformat()
    change_stage(by=bob, lead=lead, stage=lead.stage)
    mark_contacted(by=bob, lead=lead)
    assert "notice" not in beat(as_bob, lead, shown=shown)


def test_it_says_that_they_wrote_again(lead: Lead, as_bob: Client) -> None:
    shown = (timezone.now() - timedelta(minutes=5)).isoformat()
    lead.events.create(kind=EventKind.REPLIED)
    assert "They wrote again, just now." in beat(as_bob, lead, shown=shown)


@pytest.mark.parametrize("shown", ["", "yesterday", "2026-01-01", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00-23:59"])
def test_a_time_that_is_none_is_no_error(lead: Lead, as_bob: Client, shown: str) -> None:
    assert beat(as_bob, lead, shown=shown).strip() == ""


def test_a_sign_of_life_costs_few_queries(lead: Lead, as_bob: Client) -> None:
    address = reverse("lead_presence", args=[lead.reference])
    assert queries(as_bob, address, post={"shown": timezone.now().isoformat()}) <= 8
