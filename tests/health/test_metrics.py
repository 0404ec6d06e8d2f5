"""/metrics counts and names nobody, and is there only for those who may know."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leads.followup.mailbox_trouble import FETCHED
from leads.models import LastTime, Lead, Message, MessageKind, MessageState
from tests.cast import make_lead

pytestmark = pytest.mark.django_db


def test_it_counts_mail_and_leads(client: Client, lead: Lead) -> None:
    for state in (MessageState.QUEUED, MessageState.QUEUED, MessageState.FAILED):
        Message.objects.create(kind=MessageKind.ACKNOWLEDGEMENT, lead=lead, to_address=lead.email, state=state)
    make_lead(screening="check")
    lines = client.get("/metrics").content.decode().splitlines()
    assert 'leadwell_messages{state="queued"} 2.0' in lines
    assert 'leadwell_messages{state="failed"} 1.0' in lines
    assert 'leadwell_messages{state="unknown"} 0.0' in lines
    assert "leadwell_leads_need_us 1.0" in lines
    assert "leadwell_leads_in_check 1.0" in lines


def test_it_tells_how_long_ago_the_mailbox_was_fetched(client: Client, settings: Any) -> None:
    settings.INBOX = {"host": "imap.example.com"}
    LastTime.objects.create(key=FETCHED, at=timezone.now() - timedelta(hours=1))
    [age] = [line for line in client.get("/metrics").content.decode().splitlines() if line.startswith("leadwell_mailbox_age_seconds")]
    assert float(age.split()[1]) == pytest.approx(3600, abs=5)


def test_it_names_nobody(client: Client, lead: Lead) -> None:
    text = client.get("/metrics").content.decode()
    assert not any(word in text for word in (lead.name, lead.email, lead.reference))


def test_it_is_not_there_for_others(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404


def test_a_trusted_proxy_does_not_open_it(client: Client, settings: Any) -> None:
    settings.TRUSTED_PROXIES = settings.METRICS_ALLOW
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404
