"""What providers tell about our mails: who is believed, what it does, and that it does it once."""

import base64
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from leads.followup.letterhead import Letterhead
from leads.followup.outcome import Outcome, Result
from leads.followup.purge import purge
from leads.followup.settle import settle
from leads.models import Attention, Enrolment, EventKind, LastTime, Lead, Message, Suppression, User
from tests.followup import reports
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message, make_staff_mail, mark_sending
from tests.followup.reports import Make, Report

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:django-anymail has dropped official support for SendGrid")]

SECRET = "tracker:correct-horse-battery"


@pytest.fixture(autouse=True)
def with_secrets(settings: Any) -> None:
    settings.MAIL_WEBHOOK_SECRET = SECRET
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": reports.KEY}


@pytest.fixture
def mail() -> Message:
    """A follow-up to Vera that left; the next one is planned."""
    return make_followup(make_enrolment(make_enquiry().lead), state="sent", sent_at=timezone.now())


def tell(report: Report, secret: str | None = SECRET) -> int:
    provider, body, headers = report
    if secret is not None:
        headers = headers | {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}
    url = f"/hooks/mail/tracking/{provider}/"
    return Client(enforce_csrf_checks=True).post(url, json.dumps(body), "application/json", headers=headers).status_code


def kinds(lead: Lead | None) -> list[str]:
    assert lead
    return list(lead.events.order_by("at").values_list("kind", flat=True))


# Who is believed


@pytest.mark.parametrize("make", [reports.postmark_bounce, reports.mailgun_bounce, reports.ses_bounce])
@pytest.mark.parametrize(("secret", "status"), [(None, 401), ("tracker:wrong", 403), ("", 403), ("tracker", 403)])
def test_whoever_has_not_the_secret_changes_nothing(mail: Message, make: Make, secret: str | None, status: int) -> None:
    assert tell(make(mail.message_id), secret) == status
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("make", [reports.postmark_bounce, reports.mailgun_bounce, reports.ses_bounce])
def test_without_a_secret_of_ours_nothing_is_there(settings: Any, mail: Message, make: Make) -> None:
    settings.MAIL_WEBHOOK_SECRET = ""
    assert tell(make(mail.message_id), "") == 404
    assert tell(make(mail.message_id), ":") == 404


def test_a_signature_has_to_be_right_as_well(mail: Message) -> None:
    assert tell(reports.mailgun("complained", mail.message_id, key="another")) == 403
    assert not Suppression.objects.exists()


def test_a_provider_whose_key_we_do_not_have_is_not_there(settings: Any, mail: Message) -> None:
    settings.ANYMAIL = {}
    assert tell(reports.mailgun("complained", mail.message_id)) == 404


def test_nobody_else_is_there() -> None:
    assert tell(("nobody", {}, {})) == 404


def test_a_provider_may_look_whether_we_are_there(client: Client) -> None:
    assert client.head("/hooks/mail/tracking/postmark/").status_code == 200
    assert client.get("/hooks/mail/tracking/postmark/").status_code == 405


def test_amazon_is_asked_for_its_secret(client: Client) -> None:
    assert "Basic" in client.post("/hooks/mail/tracking/amazon-ses/", "{}", "application/json").headers["WWW-Authenticate"]


def test_a_subscription_is_confirmed_by_a_person(caplog: pytest.LogCaptureFixture) -> None:
    body = {"Type": "SubscriptionConfirmation", "MessageId": "1", "SubscribeURL": "https://sns.example/confirm"}
    headers = {"x-amz-sns-message-type": "SubscriptionConfirmation", "x-amz-sns-message-id": "1"}
    assert tell(("amazon-ses", body, headers)) == 200
    assert "https://sns.example/confirm" in caplog.text


@pytest.mark.parametrize("provider", ["postmark", "mailgun", "amazon-ses", "sendgrid", "brevo", "resend"])
@pytest.mark.parametrize("body", [{}, [], "text", None, {"RecordType": 7, "event": [], "type": {}, "Type": "Notification", "Message": "{"}])
def test_what_makes_no_sense_is_no_error_of_ours(provider: str, body: Any) -> None:
    assert tell((provider, body, {"x-amz-sns-message-type": "Notification"})) in (200, 400, 403)


def test_words_that_no_row_can_hold_find_nothing(mail: Message) -> None:
    for strange in ("\0", "\ud800", "x" * 300, ["a"], {"b": 1}, 7):
        assert tell(reports.postmark_bounce(mail.message_id, Metadata={"mail": strange}, MessageID=strange, Email=strange)) == 200
    assert not Suppression.objects.exists()


# What it does


@pytest.mark.parametrize("make", reports.GONE)
def test_an_address_that_does_not_exist_gets_no_more_mail_and_the_timeline_says_why(mail: Message, make: Make) -> None:
    assert tell(make(mail.message_id)) == 200
    row = Suppression.objects.get()
    assert (row.address, row.reason, row.by) == ("vera@example.com", "bounced", None)
    assert (Enrolment.objects.get().state, Enrolment.objects.get().stop_reason) == ("stopped", "bounced")
    assert kinds(mail.lead) == ["followup_stopped", "bounced"]


@pytest.mark.parametrize("make", reports.COMPLAINED)
def test_a_complaint_does_the_same(mail: Message, make: Make) -> None:
    assert tell(make(mail.message_id)) == 200
    assert Suppression.objects.get().reason == "complained"
    assert Enrolment.objects.get().stop_reason == "complained"
    assert kinds(mail.lead) == ["followup_stopped", "complained"]


def test_leaving_the_providers_list_is_asking_us_to_stop(mail: Message) -> None:
    tell(reports.postmark("SubscriptionChange", mail.message_id, SuppressSending=True, SuppressionReason="ManualSuppression"))
    assert Suppression.objects.get().reason == "opted_out"
    assert Enrolment.objects.get().stop_reason == "opted_out"


@pytest.mark.parametrize("make", reports.LATER)
def test_what_can_not_be_delivered_for_now_is_noted_and_stops_nothing(mail: Message, make: Make) -> None:
    assert tell(make(mail.message_id)) == 200
    assert kinds(mail.lead) == ["bounced_softly"]
    assert not Suppression.objects.exists()
    assert Enrolment.objects.get().state == "running"


@pytest.mark.parametrize("make", reports.ARRIVED)
def test_a_delivery_settles_a_doubt(mail: Message, make: Make) -> None:
    Message.objects.update(state="unknown", sent_at=None)
    assert tell(make(mail.message_id)) == 200
    mail.refresh_from_db()
    assert mail.state == "sent"
    assert mail.sent_at
    assert kinds(mail.lead) == ["doubt_settled"]


@pytest.mark.parametrize("make", reports.NOTHING)
def test_opens_and_clicks_and_words_that_we_do_not_know_do_nothing(mail: Message, make: Make) -> None:
    assert tell(make(mail.message_id)) == 200
    assert kinds(mail.lead) == []


def test_a_mail_that_came_back_had_left(mail: Message) -> None:
    Message.objects.update(state="unknown")
    tell(reports.postmark_bounce(mail.message_id))
    mail.refresh_from_db()
    assert mail.state == "sent"


def test_a_mail_that_the_provider_refused_has_not_left(mail: Message) -> None:
    Message.objects.update(state="unknown")
    tell(reports.postmark_bounce(mail.message_id, "BadEmailAddress"))
    mail.refresh_from_db()
    assert mail.state == "unknown"


@pytest.mark.parametrize("outcome", [Outcome(Result.SENT), Outcome(Result.DOUBT, "no_answer"), Outcome(Result.LATER, "http_500")])
def test_a_report_that_is_quicker_than_the_answer_wins(outcome: Outcome) -> None:
    mail = make_message(state="claimed", claim=uuid4(), lease_until=timezone.now())
    assert mark_sending(mail)
    tell(reports.postmark("Delivery", mail.message_id))
    settle(mail, outcome, Letterhead.current())
    mail.refresh_from_db()
    assert (mail.state, mail.claim, mail.reason) == ("sent", None, "")


def test_it_is_found_by_the_providers_id_too(mail: Message) -> None:
    Message.objects.update(provider_id="883953f4-6105-42a2-a16a-77a8eac79483")
    tell(reports.postmark_bounce("", Metadata={}))
    assert Suppression.objects.exists()


def test_mails_that_are_not_ours_are_nothing_to_us(mail: Message) -> None:
    assert tell(reports.postmark_bounce("<other@elsewhere.example>")) == 200
    assert tell(reports.postmark_bounce("", Metadata={}, MessageID="")) == 200
    assert not Suppression.objects.exists()


def test_the_address_is_the_one_that_we_wrote_to(mail: Message) -> None:
    tell(reports.postmark_bounce(mail.message_id, Email="kim@example.com"))
    assert Suppression.objects.get().address == "vera@example.com"


def test_staff_are_never_put_on_the_list(bob: User) -> None:
    alert = make_staff_mail(bob, lead=make_enquiry().lead, state="sent")
    assert tell(reports.postmark_bounce(alert.message_id)) == 200
    assert not Suppression.objects.exists()
    assert kinds(alert.lead) == []


# Once


@pytest.mark.parametrize("make", [*reports.GONE[:3], *reports.COMPLAINED[:3], *reports.LATER[:3]])
def test_twice_is_once_also_after_it_was_lifted(mail: Message, make: Make) -> None:
    tell(make(mail.message_id))
    before = kinds(mail.lead)
    Suppression.objects.all().delete()
    assert tell(make(mail.message_id)) == 200
    assert kinds(mail.lead) == before
    assert not Suppression.objects.exists()


def test_what_failed_here_is_taken_when_it_comes_again(mail: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("leads.followup.actions.suppress", fail)
        assert tell(reports.postmark_bounce(mail.message_id)) == 503
    tell(reports.postmark_bounce(mail.message_id))
    assert Suppression.objects.exists()


def test_it_is_forgotten_after_a_month(mail: Message) -> None:
    tell(reports.postmark_bounce(mail.message_id))
    purge(timezone.now() + timedelta(days=29))
    assert LastTime.objects.filter(key__startswith="hook:").exists()
    purge(timezone.now() + timedelta(days=31))
    assert not LastTime.objects.filter(key__startswith="hook:").exists()


# Three in a week


def put_off(mail: Message, day: int) -> None:
    """One more attempt, a day after the one before."""
    LastTime.objects.filter(key__startswith="soft:").update(at=timezone.now() - timedelta(days=1, minutes=1))
    tell(reports.postmark_bounce(mail.message_id, "SoftBounce", BouncedAt=f"2030-03-{day:02}T14:02:11Z"))


def test_attempts_on_one_day_count_once(mail: Message) -> None:
    for minute in range(5):
        tell(reports.postmark_bounce(mail.message_id, "SoftBounce", BouncedAt=f"2030-03-05T14:{minute:02}:11Z"))
    assert kinds(mail.lead) == ["bounced_softly"]


def test_the_third_in_seven_days_makes_a_lead_that_sleeps_need_us(mail: Message) -> None:
    Lead.objects.update(attention=Attention.DONE, next_action="check_back", due_at=timezone.now() + timedelta(days=9))
    put_off(mail, 5)
    put_off(mail, 6)
    assert Lead.objects.get().attention == "done"
    put_off(mail, 7)
    lead = Lead.objects.get()
    assert (lead.attention, lead.next_action) == ("needs_us", "other_way")
    assert lead.due_at
    assert lead.due_at <= timezone.now()


def test_three_in_a_longer_time_do_not(mail: Message) -> None:
    Lead.objects.update(attention=Attention.DONE)
    for day in (5, 6):
        put_off(mail, day)
    mail.lead.events.update(at=timezone.now() - timedelta(days=8))  # type: ignore[union-attr]  # it has one
    put_off(mail, 14)
    assert Lead.objects.get().attention == "done"


def test_a_lead_that_waits_for_an_answer_waits_as_before(mail: Message) -> None:
    before = Lead.objects.get()
    for day in (5, 6, 7):
        put_off(mail, day)
    after = Lead.objects.get()
    assert (after.next_action, after.due_at) == (before.next_action, before.due_at)
    assert EventKind.BOUNCED_SOFTLY in kinds(after)
