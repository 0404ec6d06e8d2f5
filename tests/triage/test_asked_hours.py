"""When somebody wants to be reached stands beside every way of contacting them."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from leads.followup.contact import write_down_how_to_reach
from leads.models import Lead, User
from leads.triage.history.contact_rules import hours_of
from tests.cast import make_lead

pytestmark = pytest.mark.django_db
TWENTY_PAST_TEN = datetime(2026, 11, 3, 15, 20, tzinfo=UTC)  # in New York
WISHES = {"channels": ["call"], "times": ["evening"], "days": "weekdays", "may_leave_voicemail": True, "may_say_name": False}


@pytest.mark.parametrize(("asked", "zone", "words"), [
    ("", "America/New_York", ""),
    ("weekdays evening", "America/New_York", "Only in the evening, Monday to Friday. It is 10:20 a.m. there now."),
    ("any morning evening", "Europe/Madrid", "Only in the morning or in the evening. It is 4:20 p.m. there now."),
    ("weekend", "", "Only Saturday and Sunday."),
])  # fmt: skip
def test_it_is_one_sentence_and_their_clock(db: None, asked: str, zone: str, words: str) -> None:
    assert hours_of(make_lead(asked_hours=asked, time_zone=zone), TWENTY_PAST_TEN) == words


@time_machine.travel(TWENTY_PAST_TEN, tick=False)
def test_it_stands_beside_the_email_the_call_and_the_addresses(as_bob: Client, bob: User) -> None:
    lead = make_lead(phone="+12125550104", time_zone="America/New_York")
    write_down_how_to_reach(lead=lead, wishes=WISHES | {"email": "", "phone": ""}, by=bob)
    shown = as_bob.get(reverse("lead", args=[lead.reference])).content.decode()
    assert shown.count("Only in the evening, Monday to Friday. It is 10:20 a.m. there now.") == 3
    assert "They asked us not to email." in shown


def test_the_newest_rule_counts(bob: User, db: None) -> None:
    lead = make_lead(phone="+12125550104")
    write_down_how_to_reach(lead=lead, wishes=WISHES | {"email": "", "phone": ""}, by=bob)
    assert Lead.objects.get().asked_hours == "weekdays evening"
    write_down_how_to_reach(lead=lead, wishes=WISHES | {"times": [], "days": "any", "email": "", "phone": ""}, by=bob)
    assert Lead.objects.get().asked_hours == ""
