"""Mail that a provider hands us: the same verb as from the mailbox, once however often it comes, and no answer of 500."""

import base64
import json
import time
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from leads.capture import delivered
from leads.followup.reply_address import token_of
from leads.models import Enquiry, Lead, Message, Reply
from tests.capture import inbound_posts as posts
from tests.capture.inbound_posts import Make, Posted
from tests.capture.mailed import arrive, bounce, mail
from tests.followup.made import make_enquiry, make_message

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:django-anymail has dropped official support for SendGrid")]

SECRET = "tracker:correct-horse-battery"
PROVIDERS = ["postmark", "mailgun", "amazon-ses", "sendgrid", "brevo"]


@pytest.fixture(autouse=True)
def with_secrets(settings: Any) -> None:
    settings.MAIL_WEBHOOK_SECRET = SECRET
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": posts.KEY}


@pytest.fixture
def ours() -> Message:
    """A mail to Vera that left."""
    return make_message(make_enquiry(message="How does a first visit go?"), state="sent")


def hand(posted: Posted, secret: str | None = SECRET) -> int:
    provider, body, content_type, headers = posted
    if secret is not None:
        headers = headers | {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}
    url = f"/hooks/mail/inbound/{provider}/"
    return Client(enforce_csrf_checks=True).generic("POST", url, body, content_type, headers=headers).status_code


# What it does


@pytest.mark.parametrize("make", posts.EVERY)
def test_an_answer_joins_its_lead(ours: Message, make: Make) -> None:
    assert hand(make(mail(about=ours, text="Tuesday suits me."))) == 200
    reply = Reply.objects.get()
    assert (reply.lead, reply.about, reply.kind) == (ours.lead, ours, "reply")
    assert (reply.text, reply.subject) == ("Tuesday suits me.", "Re: We have your message")
    assert reply.from_address == "vera@example.com"


@pytest.mark.parametrize("make", posts.EVERY)
def test_the_token_in_the_address_decides(lead: Lead, make: Make) -> None:
    assert hand(make(mail(to=f'"Rezeption, Zürich" <reply+{token_of(lead.reference)}@example.com>'))) == 200
    assert Reply.objects.get().lead == lead


def test_the_address_it_was_delivered_to_counts_too(lead: Lead) -> None:
    hand(posts.postmark_in_pieces(mail(), OriginalRecipient=f"reply+{token_of(lead.reference)}@example.com"))
    assert Reply.objects.get().lead == lead


@pytest.mark.parametrize("make", posts.EVERY)
def test_a_stranger_waits_in_check(make: Make) -> None:
    assert hand(make(mail())) == 200
    assert Enquiry.objects.get().screening == "check"


@pytest.mark.parametrize("make", posts.WHOLE)
def test_a_bounce_is_one(ours: Message, make: Make) -> None:
    assert hand(make(bounce(ours))) == 200
    assert Reply.objects.get().kind == "bounce"


@pytest.mark.parametrize("make", posts.EVERY)
def test_a_machine_is_known_by_its_header(ours: Message, make: Make) -> None:
    hand(make(mail(about=ours, Auto_Submitted="auto-replied")))
    assert Reply.objects.get().kind == "auto_reply"


@pytest.mark.parametrize("make", posts.EVERY)
def test_words_in_any_script_arrive(ours: Message, make: Make) -> None:
    hand(make(mail(about=ours, text="Größe – привет 🙂", Subject="Grüße", From="Vera Lindström <vera@example.com>")))
    reply = Reply.objects.get()
    assert (reply.text, reply.subject, reply.from_address) == ("Größe – привет 🙂", "Grüße", "vera@example.com")


def test_a_mail_in_another_charset_comes_as_it_was(ours: Message) -> None:
    raw = mail(about=ours, text="x").replace(b'charset="utf-8"', b'charset="latin-1"').replace(b"\nx", "\nGröße".encode("latin-1"))
    hand(posts.mailgun(raw))
    assert Reply.objects.get().text == "Größe"


def test_only_html_becomes_text(ours: Message) -> None:
    hand(posts.postmark_in_pieces(mail(about=ours), TextBody=None, HtmlBody="<p>Tuesday<p>suits me"))
    assert Reply.objects.get().text == "Tuesday\nsuits me"


def test_what_is_attached_is_counted(ours: Message) -> None:
    hand(posts.mailgun_in_pieces(mail(about=ours), files=2))
    hand(posts.postmark_in_pieces(mail(about=ours, Message_ID="<2@example.com>"), Attachments=[{"Name": "a", "Content": "eA=="}]))
    assert list(Reply.objects.order_by("id").values_list("attachments", flat=True)) == [2, 1]


def test_several_at_once(ours: Message) -> None:
    item = json.loads(posts.brevo(mail(about=ours))[1])["items"][0]
    other = item | {"Headers": item["Headers"] | {"Message-ID": "<2@example.com>", "Received": ["by a", "by b"]}}
    assert hand(("brevo", json.dumps({"items": [item, other]}).encode(), posts.JSON, {})) == 200
    assert Reply.objects.count() == 2


# Once


@pytest.mark.parametrize("make", posts.EVERY)
def test_however_often_it_comes(ours: Message, make: Make) -> None:
    raw = mail(about=ours)
    assert [hand(make(raw)), hand(make(raw))] == [200, 200]
    arrive(raw)  # and by the mailbox
    assert Reply.objects.count() == 1


def test_what_could_not_be_written_down_is_taken_when_it_comes_again(ours: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: Any) -> None:
        raise OperationalError("a word of theirs")

    with monkeypatch.context() as patch:
        patch.setattr("leads.capture.inbound_hook.receive_mail", away)
        assert hand(posts.postmark(mail(about=ours))) == 503
    assert hand(posts.postmark(mail(about=ours))) == 200
    assert Reply.objects.count() == 1


# Who is believed


@pytest.mark.parametrize("make", posts.EVERY)
@pytest.mark.parametrize(("secret", "status"), [(None, 401), ("tracker:wrong", 403), ("", 403)])
def test_whoever_has_not_the_secret_changes_nothing(make: Make, secret: str | None, status: int) -> None:
    assert hand(make(mail()), secret) == status
    assert not Reply.objects.exists()


def test_of_whoever_has_not_the_secret_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivered, "_all_of", lambda request: pytest.fail("it was read"))
    assert hand(posts.postmark(mail()), "tracker:wrong") == 403


def test_a_signature_has_to_be_right_as_well() -> None:
    assert hand(posts.mailgun(mail(), key="another")) == 403
    assert not Reply.objects.exists()


def test_without_a_secret_of_ours_nothing_is_there(settings: Any) -> None:
    settings.MAIL_WEBHOOK_SECRET = ""
    assert hand(posts.postmark(mail()), "") == 404


@pytest.mark.parametrize("provider", ["nobody", "resend"])
def test_nobody_else_is_there(provider: str) -> None:
    assert hand((provider, b"{}", posts.JSON, {})) == 404


def test_a_provider_may_look_whether_we_are_there(client: Client) -> None:
    assert client.head("/hooks/mail/inbound/postmark/").status_code == 200
    assert client.get("/hooks/mail/inbound/postmark/").status_code == 405


def test_a_subscription_is_confirmed_by_a_person(caplog: pytest.LogCaptureFixture) -> None:
    body = {"Type": "SubscriptionConfirmation", "MessageId": "1", "SubscribeURL": "https://sns.example/confirm"}
    headers = {"x-amz-sns-message-type": "SubscriptionConfirmation", "x-amz-sns-message-id": "1"}
    assert hand(("amazon-ses", json.dumps(body).encode(), "text/plain", headers)) == 200
    assert "https://sns.example/confirm" in caplog.text


# What is too much, or makes no sense


def test_a_mail_with_a_large_attachment_is_taken(ours: Message) -> None:
    large = mail(about=ours) + (b"0" * 76 + b"\n") * 90_000
    for make in (posts.postmark, posts.mailgun, posts.sendgrid):
        start = time.process_time()  # other tests have the processors, too
        assert hand(make(large)) == 200
        assert time.process_time() - start < 5
    assert Reply.objects.count() == 1


def test_one_that_is_larger_than_any_mail_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivered, "MOST_POSTED", 1000)
    assert hand(posts.postmark(mail(text="x" * 1000))) == 413
    assert not Reply.objects.exists()


def test_another_hook_takes_no_more_than_before() -> None:
    headers = {"Authorization": "Basic " + base64.b64encode(SECRET.encode()).decode()}
    body = b'{"a": "' + b"x" * 300_000 + b'"}'
    assert Client().generic("POST", "/hooks/mail/tracking/postmark/", body, posts.JSON, headers=headers).status_code == 413


def test_nothing_of_what_they_wrote_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    hand(("postmark", b'{"RawEmail": "secret words', posts.JSON, {}))
    hand(("brevo", b'{"items": [{"Headers": "secret words"}]}', posts.JSON, {}))
    assert len(caplog.records) == 2
    assert "secret" not in caplog.text


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["\0", "\ud800", "a\r\nb: c", "=?utf-8?b?=?="]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    ["RawEmail", "Headers", "TextBody", "From", "Attachments", "OriginalRecipient", "items", "Message", "RawTextBody", "Recipients", "Type"]
)
told = st.dictionaries(names, values, max_size=5).map(json.dumps).map(str.encode)
fields = st.sampled_from(
    ["body-mime", "message-headers", "body-plain", "recipient", "email", "headers", "text", "envelope", "signature", "token", "timestamp"]
)
forms = st.dictionaries(fields, st.binary(max_size=40) | values.map(json.dumps).map(str.encode), max_size=6).map(posts.as_form)
bodies = told.map(lambda body: (body, posts.JSON)) | st.tuples(forms | st.binary(max_size=80), st.just(MULTIPART_CONTENT))
anything = bodies | st.tuples(st.binary(max_size=80), st.sampled_from([posts.JSON, posts.URLENCODED, "multipart/form-data", "text/plain"]))


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(provider=st.sampled_from(PROVIDERS), posted=anything)
def test_whatever_is_posted_has_an_answer(provider: str, posted: tuple[bytes, str]) -> None:
    headers = {"x-amz-sns-message-type": "Notification", "x-amz-sns-message-id": "<<missing>>"}
    assert hand((provider, *posted, headers)) in (200, 400, 403)


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(form=st.dictionaries(fields, st.binary(max_size=60), max_size=6))
def test_also_what_is_signed(form: dict[str, bytes]) -> None:
    assert hand(("mailgun", posts.as_form(form | posts.signed()), MULTIPART_CONTENT, {})) in (200, 400)


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(headers=st.lists(st.tuples(st.text(max_size=12), st.text(max_size=40))), text=st.text(), html=st.text())
def test_also_a_mail_in_strange_pieces(headers: list[tuple[str, str]], text: str, html: str) -> None:
    body = {"Headers": [{"Name": name, "Value": value} for name, value in headers], "TextBody": text, "HtmlBody": html}
    assert hand(("postmark", json.dumps(body).encode(), posts.JSON, {})) == 200
