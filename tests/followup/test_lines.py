"""Several lines to the relay at once: quicker, and no guarantee weaker."""

import asyncio
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leads.followup import delivery
from leads.followup.crew import deliver_due
from leads.followup.waiting import finished
from leads.models import Message
from tests.followup.made import make_enquiry, make_message
from tests.followup.relay import Relay

pytestmark = pytest.mark.django_db(transaction=True)

MAILS = 150
LINES = 8


@pytest.fixture(autouse=True)
def backlog(settings: Any) -> None:
    settings.MAIL_CONNECTIONS = LINES
    enquiry = make_enquiry()
    for number in range(MAILS):
        make_message(enquiry, to_address=f"vera{number}@example.com")


def states() -> dict[str, int]:
    found = list(Message.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in found}


def test_a_backlog_is_worked_off_on_several(relay: Relay) -> None:
    deliver_due()
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}
    assert len({mail["Message-ID"] for mail in relay.mails}) == len(relay.mails) == MAILS
    assert len(relay.connections) == LINES


def test_they_share_a_commit(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow this machine is, the first waits for the others."""
    monkeypatch.setattr(delivery, "finished", lambda lines, _: finished(lines, 1))
    monkeypatch.setattr("leads.followup.waiting.LONGEST_LINGER", 1000)
    with CaptureQueriesContext(connection) as queries:
        deliver_due()
    assert len(queries) < MAILS / 3


def test_one_that_has_to_wait_holds_up_none_of_the_others(relay: Relay, settings: Any) -> None:
    """This recipient is answered for only after everybody else's mail has come."""
    settings.EMAIL_TIMEOUT = 30
    relay.patient = ("vera0@example.com", MAILS - 1)
    deliver_due()
    assert states() == {"sent": MAILS}
    assert relay.mails[-1]["To"] == "vera0@example.com"


def test_silence_on_one_is_that_mails_alone(relay: Relay, settings: Any) -> None:
    relay.patient = ("vera0@example.com", MAILS + 1)
    settings.EMAIL_TIMEOUT = 3
    deliver_due()
    assert states() == {"sent": MAILS - 1, "queued": 1}
    assert Message.objects.get(state="queued").reason == "timeout"


def test_a_relay_that_takes_fewer_connections_gets_fewer(relay: Relay) -> None:
    relay.most = 3
    deliver_due()
    assert states() == {"sent": MAILS}
    assert len(relay.connections) == 3


def test_a_relay_that_goes_away_costs_each_line_one_try_and_the_others_none(relay: Relay) -> None:
    relay.most, relay.data = LINES, "421 4.3.0 Going away"
    deliver_due()
    assert states() == {"queued": MAILS}
    assert Message.objects.filter(attempts=1).count() == LINES
    assert Message.objects.filter(attempts=0, claim=None).count() == MAILS - LINES


def test_the_relay_hears_of_no_mail_that_is_not_marked(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another connection sees of a row at the moment at which its message has come."""
    seen: list[str] = []
    take = Relay.handle_DATA

    def look(address: str) -> None:
        seen.append(Message.objects.get(to_address=address).state)
        connection.close()

    async def look_and_take(self: Relay, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.to_thread(look, envelope.rcpt_tos[0])
        return await take(self, server, session, envelope)

    monkeypatch.setattr(Relay, "handle_DATA", look_and_take)
    deliver_due()
    assert seen == ["sending"] * MAILS


def test_a_worker_that_dies_leaves_one_doubt_a_line(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        """As SIGKILL."""

    def kill(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(delivery, "finished", kill)
    with pytest.raises(Killed):
        deliver_due()
    assert Message.objects.filter(state="sending").count() == LINES
