"""Mail that comes by two ways at one moment is one reply, and what happens to the lead meanwhile blocks nobody."""

import pytest
from django.utils import timezone

from leads.followup.actions import opt_out
from leads.followup.sequences import materialise
from leads.models import Enrolment, Event, EventKind, Lead, Message, Reply, User
from leads.triage.decisions.actions import write_to
from tests.capture.mailed import arrive, bounce, mail
from tests.cast import vera_writes
from tests.followup.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


@pytest.fixture
def thanks(db: None) -> Message:
    vera_writes()
    return Message.objects.get()


def test_the_same_mail_many_times_at_once_is_one_reply(thanks: Message) -> None:
    raw = mail(about=thanks)
    at_once(*[lambda: arrive(raw)] * 8)
    assert Reply.objects.count() == 1
    assert Event.objects.filter(kind=EventKind.REPLIED).count() == 1


def test_a_stranger_many_times_at_once_is_one_lead(db: None) -> None:
    at_once(*[lambda: arrive(mail())] * 8)
    assert (Reply.objects.count(), Lead.objects.count()) == (1, 1)


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_all_that_can_happen_to_one_lead_at_once_happens(thanks: Message, bob: User, round_: int) -> None:
    Enrolment.objects.update(due_at=timezone.now())
    lead = Lead.objects.get()
    at_once(
        lambda: arrive(mail(about=thanks)),
        lambda: arrive(mail(about=thanks, text="I want to end my life.", Message_ID="<2@mail.example.com>")),
        lambda: write_to(by=bob, lead=Lead.objects.get(), subject="Hello", text="Hello"),
        lambda: materialise(timezone.now()),
        lambda: arrive(bounce(thanks, status="4.2.2")) and opt_out(by=None, lead=lead),
    )
    assert Reply.objects.count() == 3
    lead.refresh_from_db()
    assert lead.held_at is not None
    assert Enrolment.objects.get().state == "stopped"
