"""A worker that dies at any point loses nothing, and sends nothing more than twice. (tests/processes kills real ones.)"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from leads.followup import delivery, tray
from leads.followup.claim import requeue_expired
from leads.followup.crew import deliver_due
from leads.followup.letter import Letter
from leads.followup.outcome import Outcome
from leads.followup.provider import ProviderOutlet
from leads.models import Message
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """No handler of ours catches it, as none sees SIGKILL."""


def kill(*args: Any) -> None:
    raise Killed


def killed_while_writing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tray, "compose", kill)


def killed_before_marking(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(delivery, "turn", kill)


def killed_before_handing_over(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ProviderOutlet, "send", kill)


def killed_after_the_relays_yes(patch: pytest.MonkeyPatch) -> None:
    send = ProviderOutlet.send

    def send_and_die(outlet: ProviderOutlet, letter: Letter) -> Outcome:
        send(outlet, letter)
        raise Killed

    patch.setattr(ProviderOutlet, "send", send_and_die)


POINTS = [killed_while_writing, killed_before_marking, killed_before_handing_over, killed_after_the_relays_yes]


@pytest.fixture(autouse=True)
def always_in_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tray, "next_window", lambda at, hours: at)


def die_and_start_again(point: Callable[[pytest.MonkeyPatch], None]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        point(patch)
        with pytest.raises(Killed):
            deliver_due()
    requeue_expired(timezone.now() + timedelta(hours=1))
    Message.objects.filter(state="queued").update(due_at=timezone.now())
    deliver_due()


@pytest.mark.parametrize("point", POINTS)
def test_every_acknowledgement_arrives_and_at_most_one_of_them_twice(point: Callable[[pytest.MonkeyPatch], None]) -> None:
    enquiry = make_enquiry()
    messages = [make_message(enquiry) for _ in range(5)]
    die_and_start_again(point)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    arrived = [str(item.extra_headers["Message-ID"]) for item in mail.outbox]
    assert set(arrived) == {message.message_id for message in messages}
    assert len(arrived) <= 6
    assert len(arrived) == 5 or point is killed_after_the_relays_yes


@pytest.mark.parametrize("point", POINTS)
def test_no_follow_up_is_ever_sent_twice(point: Callable[[pytest.MonkeyPatch], None]) -> None:
    enrolment = make_enrolment(make_enquiry().lead)
    for step in range(1, 4):
        make_followup(enrolment, step, mail=f"followup-{step}")
    die_and_start_again(point)
    doubtful = Message.objects.filter(state="unknown").count()
    assert doubtful == (1 if point in POINTS[2:] else 0)
    arrived = [str(item.extra_headers["Message-ID"]) for item in mail.outbox]
    assert len(arrived) == len(set(arrived))
    assert Message.objects.filter(state="sent").count() + doubtful == 3
