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
