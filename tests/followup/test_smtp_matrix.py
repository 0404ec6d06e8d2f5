"""Everything a relay can do at every point: each row tells the truth at once, and no follow-up arrives twice."""

from collections import Counter

import pytest
from django.utils import timezone

from leads.followup.crew import deliver_due
from leads.models import Message, Suppression
from tests.cast import make_lead
from tests.followup.made import make_enquiry, make_enrolment, make_followup
from tests.followup.relay import Relay

pytestmark = pytest.mark.django_db

MAILS = 3
# (where, what the relay does there): what the row of a follow-up says then. 5xx to our own sender is no fault of the mail.
MATRIX = {
    ("mail", "451 4.3.0 Later"): "queued",
    ("mail", "553 5.1.8 Not this sender"): "queued",
    ("mail", "421 4.3.2 Going away"): "queued",
    ("mail", "drop"): "queued",
    ("mail", "stall"): "queued",
    ("rcpt", "451 4.7.1 Greylisted"): "queued",
    ("rcpt", "550 5.1.1 Nobody here"): "failed",
    ("rcpt", "421 4.3.2 Going away"): "queued",
    ("rcpt", "drop"): "queued",
    ("rcpt", "stall"): "queued",
    ("early", "drop"): "unknown",
    ("early", "stall"): "unknown",
    ("data", "451 4.3.0 Later"): "queued",
    ("data", "554 5.7.1 Not this text"): "failed",
    ("data", "421 4.3.2 Going away"): "queued",
    ("data", "nonsense"): "unknown",
    ("data", "drop"): "unknown",
    ("data", "stall"): "unknown",
}
IDS = [f"{where}-{how.partition(' ')[0]}" for where, how in MATRIX]


@pytest.fixture(autouse=True)
def always_in_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leads.followup.tray.next_window", lambda at, hours: at)


@pytest.fixture(autouse=True)
def followups() -> None:
    for number in range(MAILS):
        lead = make_lead(email=f"vera{number}@example.com")
        make_followup(make_enrolment(make_enquiry(lead).lead), mail="followup-1")


def states() -> Counter[str]:
    return Counter(Message.objects.values_list("state", flat=True))


def assert_the_ledger_is_true(relay: Relay) -> None:
    arrived = Counter(mail["Message-ID"] for mail in relay.mails)
    assert max(arrived.values(), default=0) <= 1
    may_be = {"sent": {1}, "queued": {0}, "failed": {0}, "unknown": {0, 1}}
    for message in Message.objects.all():
        assert arrived[message.message_id] in may_be[message.state], message.state
        assert message.claim is None


def the_relay_is_well_again(relay: Relay) -> None:
    relay.mail = relay.rcpt = relay.early = relay.data = ""
    for _ in range(3):
        Message.objects.filter(state="queued").update(due_at=timezone.now())
        deliver_due()
        assert_the_ledger_is_true(relay)


@pytest.mark.parametrize(("trouble", "state"), MATRIX.items(), ids=IDS)
def test_one_mail_of_many_meets_it(relay: Relay, trouble: tuple[str, str], state: str) -> None:
    relay.once = dict([trouble])
    deliver_due()
    assert states() == {state: 1, "sent": MAILS - 1}
    assert_the_ledger_is_true(relay)
    the_relay_is_well_again(relay)
    assert states() == ({"sent": MAILS} if state == "queued" else {state: 1, "sent": MAILS - 1})
    assert Suppression.objects.count() == (trouble == ("rcpt", "550 5.1.1 Nobody here"))


@pytest.mark.parametrize(("trouble", "state"), MATRIX.items(), ids=IDS)
def test_every_mail_meets_it(relay: Relay, trouble: tuple[str, str], state: str) -> None:
    setattr(relay, *trouble)
    deliver_due()
    assert states() == {state: MAILS}
    assert_the_ledger_is_true(relay)
    the_relay_is_well_again(relay)
    assert states() == {"sent" if state == "queued" else state: MAILS}
