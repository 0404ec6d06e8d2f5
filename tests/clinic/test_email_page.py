"""The page says how mail leaves, and a test mail shows it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leads.followup.crew import deliver_due
from leads.models import Message, MessageKind, MessageState, User

pytestmark = pytest.mark.django_db
EMAIL, TEST = reverse("email"), reverse("email_test")


def page(client: Client) -> str:
    return client.get(EMAIL).content.decode()


def test_it_says_that_mail_ends_in_files_here(as_alice: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "leads.followup.eml.EmailBackend"
    assert "each mail is a file in" in page(as_alice)


def test_it_names_the_relay_and_no_password(as_alice: Client, settings: Any) -> None:
    for name, value in {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "relay.example.com",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_PASSWORD": "hunter2",
    }.items():
        setattr(settings, name, value)
    shown = page(as_alice)
    assert "relay.example.com:587" in shown
    assert "hunter2" not in shown


def test_a_test_mail_goes_to_oneself_alone(as_alice: Client, alice: User) -> None:
    as_alice.post(TEST, {"to": "someone@example.com"})
    message = Message.objects.get(kind=MessageKind.TEST)
    assert message.to_address == alice.email
    assert "on its way" in page(as_alice)


@pytest.mark.django_db(transaction=True)
def test_the_page_sees_it_leave(as_alice: Client, alice: User) -> None:
    as_alice.post(TEST)
    deliver_due()
    assert Message.objects.get().state == MessageState.SENT
    shown = page(as_alice)
    assert "seconds after you pressed the button" in shown
    assert "every 1s" not in shown, "there is nothing to wait for any more"


def test_a_failure_is_said_with_its_reason(as_alice: Client, alice: User) -> None:
    Message.objects.create(
        kind=MessageKind.TEST, mail="settings-test", user=alice, to_address=alice.email, state=MessageState.FAILED, reason="550"
    )
    assert "It did not leave: 550." in page(as_alice)


def test_nobody_sees_anothers_test(as_alice: Client, bob: User) -> None:
    Message.objects.create(kind=MessageKind.TEST, mail="settings-test", user=bob, to_address=bob.email)
    assert "Nobody with your address has tried it yet." in page(as_alice)


def test_an_impatient_finger_is_slowed_down(as_alice: Client) -> None:
    for _ in range(12):
        as_alice.post(TEST)
    assert Message.objects.filter(kind=MessageKind.TEST).count() == 10
    assert "Wait a little" in page(as_alice)
