"""One mail that can't be written delays nobody else's, and no duty of the sweep can stop the others."""

import logging
import time
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from leads.followup import tasks
from leads.followup.crew import deliver_due
from leads.models import Message, last_time
from tests.followup.made import make_enquiry, make_message

pytestmark = pytest.mark.django_db


def test_it_is_put_aside_and_the_others_leave_within_a_second(caplog: pytest.LogCaptureFixture) -> None:
    enquiry = make_enquiry(name="Vera Lind")
    make_message(enquiry)
    deliver_due()  # templates and holidays are loaded now
    mail.outbox.clear()
    poisoned = make_message(enquiry, mail="no-such-mail", due_at=timezone.now() - timedelta(hours=1))
    make_message(enquiry)
    start = time.monotonic()
    deliver_due()
    assert time.monotonic() - start < 1
    assert len(mail.outbox) == 1
    poisoned.refresh_from_db()
    assert (poisoned.state, poisoned.attempts, poisoned.reason) == ("queued", 1, "unwritable")
    assert poisoned.due_at > timezone.now()
    assert f"Mail {poisoned.pk} can't be written: KeyError in compose.py" in caplog.text
    assert "Vera" not in caplog.text


def test_after_eight_tries_it_is_given_up_and_says_so() -> None:
    message = make_message(mail="no-such-mail", attempts=7)
    deliver_due()
    message.refresh_from_db()
    assert (message.state, message.reason) == ("suppressed", "unwritable")


def test_a_duty_that_fails_holds_up_none_of_the_others(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(now: datetime) -> None:
        raise RuntimeError("vera@example.com")

    monkeypatch.setattr(tasks, "DUTIES", (broken, *tasks.DUTIES))
    make_message()
    with caplog.at_level(logging.ERROR):
        tasks.sweep()
    assert Message.objects.get().state == "sent"
    assert "broken failed: RuntimeError in test_poison.py" in caplog.text
    assert "vera@example.com" not in caplog.text


def test_the_sweep_leaves_a_note_that_it_passed() -> None:
    tasks.sweep()
    noted = last_time("sweep")
    assert noted is not None
    assert timezone.now() - noted < timedelta(seconds=5)
