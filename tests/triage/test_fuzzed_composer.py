"""Whatever is posted to the composer and the pages that go with it, no answer is a 500, and nothing leaves but what was asked for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.models import CallOutcome, Days, Lead, MailTemplate, Message, PartOfDay, ReplyBy
from tests.cast import make_lead

pytestmark = pytest.mark.django_db
anything = st.text(max_size=60) | st.sampled_from(["\0", "\r\n", "{{ name }}", "{{", "9" * 30, "-1", "<b>", "\u202e", "x" * 12_000])
codes = st.sampled_from([*CallOutcome.values, *Days.values, *PartOfDay.values, *ReplyBy.values, "en", "note", "email", "call"])
FIELDS = (
    *("text", "write", "note_on", "mail_subject", "mail_text", "warned_of", "outcome", "template", "message", "next"),
    *(
        "channels",
        "times",
        "days",
        "may_leave_voicemail",
        "may_say_name",
        "email",
        "phone",
        "name",
        "language",
        "subject",
        "body",
        "signature",
    ),
)
posted = st.dictionaries(st.sampled_from(FIELDS), anything | codes | st.lists(codes | anything, max_size=3), max_size=10)
OF_LEAD = ("lead_call", "lead_call_remove", "lead_template", "lead_answer", "lead_answer_remove", "lead_again", "lead_reach")
OF_SETTINGS = ("templates", "profile")


@pytest.fixture
def target(db: None) -> Lead:
    lead = make_lead(phone="+12125550104")
    MailTemplate.objects.create(name="Costs", language="en", subject="Costs", body="{{ greeting }}")
    Message.objects.create(kind="acknowledgement", lead=lead, to_address=lead.email, state="failed")
    return lead


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(OF_LEAD + OF_SETTINGS), posted)
def test_no_answer_is_a_500(as_alice: Client, target: Lead, door: str, fields: dict[str, Any]) -> None:
    address = reverse(door, args=[target.reference]) if door in OF_LEAD else reverse(door)
    assert as_alice.post(address, fields).status_code < 500
    assert as_alice.get(reverse("lead", args=[target.reference])).status_code == 200
    assert not Message.objects.filter(again_of__isnull=False).exists()
