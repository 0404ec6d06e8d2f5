"""An address that gets no mail, as it turns out when a mail is handed over: what runs stops at once, and the timeline says why, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leads.followup.crew import deliver_due
from leads.models import Attention, Enrolment, Lead, Message, Suppression, User
from tests.cast import make_lead
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message, make_staff_mail
from tests.followup.relay import Relay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def always_in_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leads.followup.tray.next_window", lambda at, hours: at)


@pytest.fixture
def followup() -> Message:
    """To Vera; the next one is planned."""
    return make_followup(make_enrolment(make_enquiry().lead, next_step=2))


def timeline(lead: Lead | None) -> list[tuple[str, str]]:
    assert lead
    return [(event.kind, event.data.get("reason", "")) for event in lead.events.order_by("at")]


def enrolment() -> tuple[str, str]:
    row = Enrolment.objects.get()
    return row.state, row.stop_reason


# The relay knows nobody there


def test_what_runs_stops_with_the_refusal(relay: Relay, followup: Message) -> None:
    relay.rcpt = "550 5.1.1 Nobody here"
    deliver_due()
    assert enrolment() == ("stopped", "bounced")
    assert timeline(followup.lead) == [("followup_stopped", "bounced"), ("bounced", "")]
    assert Suppression.objects.get().reason == "bounced"


def test_a_thank_you_that_is_refused_stops_it_too(relay: Relay) -> None:
    relay.rcpt = "550 5.1.1 Nobody here"
    enquiry = make_enquiry()
    make_enrolment(enquiry.lead)
    make_message(enquiry)
    deliver_due()
    assert enrolment() == ("stopped", "bounced")


def test_what_is_queued_for_them_is_taken_back(relay: Relay, followup: Message) -> None:
    relay.rcpt = "550 5.1.1 Nobody here"
    later = make_followup(Enrolment.objects.get(), 2, due_at=timezone.now() + timedelta(hours=1))
    deliver_due()
    later.refresh_from_db()
    assert (later.state, later.reason) == ("cancelled", "bounced")


def test_two_refusals_are_told_once(relay: Relay, followup: Message) -> None:
    relay.rcpt = "550 5.1.1 Nobody here"
    make_message(make_enquiry(followup.lead, reference="7K3M92QX"))
    deliver_due()
    assert [kind for kind, _ in timeline(followup.lead)].count("bounced") == 1


def test_a_lead_that_sleeps_needs_us_to_find_another_way(relay: Relay, followup: Message) -> None:
    Lead.objects.update(attention=Attention.DONE, next_action="check_back")
    relay.rcpt = "550 5.1.1 Nobody here"
    deliver_due()
    lead = Lead.objects.get()
    assert (lead.attention, lead.next_action) == ("needs_us", "other_way")


def test_a_closed_lead_stays_closed(relay: Relay, followup: Message) -> None:
    Lead.objects.update(attention=Attention.DONE, category="closed", due_at=None, next_action="")
    relay.rcpt = "550 5.1.1 Nobody here"
    deliver_due()
    assert Lead.objects.get().attention == "done"


def test_staff_are_not_touched(relay: Relay, bob: User, followup: Message) -> None:
    Message.objects.all().delete()
    relay.rcpt = "550 5.1.1 Nobody here"
    make_staff_mail(bob, lead=make_lead(email=bob.email, name="Other"))
    deliver_due()
    assert not Suppression.objects.exists()
    assert enrolment() == ("running", "")


# The list says so


@pytest.mark.parametrize(("reason", "why"), [("opted_out", "opted_out"), ("bounced", "bounced"), ("by_hand", "suppressed")])
def test_a_row_that_is_found_when_a_mail_is_handed_over_stops_it(relay: Relay, followup: Message, reason: str, why: str) -> None:
    Suppression.objects.create(address="vera@example.com", reason=reason)
    deliver_due()
    followup.refresh_from_db()
    assert (followup.state, followup.reason) == ("suppressed", "suppressed")
    assert enrolment() == ("stopped", why)
    assert timeline(followup.lead) == [("followup_stopped", why)]


def test_a_row_about_an_address_that_they_have_no_more_stops_nothing(relay: Relay, followup: Message) -> None:
    Lead.objects.update(email="new@example.com")
    Suppression.objects.create(address="vera@example.com", reason="bounced")
    deliver_due()
    assert enrolment() == ("running", "")


def test_an_answer_that_an_opt_out_lets_through_stops_nothing(relay: Relay, followup: Message) -> None:
    followup.delete()
    Suppression.objects.create(address="vera@example.com", reason="opted_out")
    make_message(make_enquiry(Lead.objects.get(), reference="7K3M92QX"))
    deliver_due()
    assert enrolment() == ("running", "")  # its next step asks
