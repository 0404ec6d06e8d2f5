"""Two workers at once never send a mail twice."""

import threading

import pytest
from django.db import connection

from leads.followup.crew import deliver_due
from leads.models import Message
from tests.followup.made import make_enquiry, make_message
from tests.followup.relay import Relay

pytestmark = pytest.mark.django_db(transaction=True)

MAILS = 60


def work() -> None:
    deliver_due()
    connection.close()


def test_they_share_the_mails(relay: Relay) -> None:
    enquiry = make_enquiry()
    for _ in range(MAILS):
        make_message(enquiry)
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}
    arrived = [mail["Message-ID"] for mail in relay.mails]
    assert len(arrived) == len(set(arrived)) == MAILS


@pytest.mark.postgresql  # SQLite has one writer, so one connection serves it
def test_a_backlog_is_worked_off_on_several_connections(relay: Relay) -> None:
    enquiry = make_enquiry()
    for _ in range(150):
        make_message(enquiry)
    deliver_due()
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}
    assert len(relay.mails) == 150
    assert len(relay.connections) > 1
