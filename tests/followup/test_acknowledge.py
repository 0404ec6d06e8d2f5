"""One thank-you for each enquiry, one a day for each address."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from leads.followup.actions import answer
from leads.models import Enquiry, Message
from tests.cast import make_lead
from tests.followup.made import make_enquiry

pytestmark = pytest.mark.django_db


def thanks(enquiry: Enquiry, now: datetime | None = None) -> Message | None:
    answer(enquiry=enquiry, by=None, now=now or timezone.now())
    return Message.objects.filter(enquiry=enquiry).first()


def test_it_queues_one_mail_with_a_fixed_message_id() -> None:
    enquiry = make_enquiry()
    message = thanks(enquiry)
    assert message is not None
    assert (message.state, message.lead_id, message.to_address) == ("queued", enquiry.lead_id, "vera@example.com")
    assert message.message_id.startswith(f"<{message.id.hex}@")


def test_it_needs_an_address() -> None:
    assert thanks(make_enquiry(email="", phone="+15550100199")) is None
    assert not Message.objects.exists()


def test_it_thanks_one_address_once_a_day_and_says_why_not_again() -> None:
    now = timezone.now()
    thanks(make_enquiry(), now)
    second = thanks(make_enquiry(make_lead(), email="VERA@example.com"), now + timedelta(hours=23))
    assert second is not None
    assert (second.state, second.reason) == ("suppressed", "acknowledged_today")


def test_it_thanks_again_the_next_day() -> None:
    now = timezone.now()
    thanks(make_enquiry(), now)
    later = thanks(make_enquiry(make_lead()), now + timedelta(hours=24))
    assert later is not None
    assert later.state == "queued"


def test_it_thanks_in_a_crisis_too() -> None:
    enquiry = make_enquiry(make_lead(held_at=timezone.now()), crisis=True)
    message = thanks(enquiry)
    assert message is not None
    assert message.state == "queued"
