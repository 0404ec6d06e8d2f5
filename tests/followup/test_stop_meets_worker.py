"""A stop is under way while the relay puts the mail off: the worker waits for it, and the mail does not leave."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from leads.followup.actions import stop
from leads.followup.claim import claim
from leads.followup.letterhead import Letterhead
from leads.followup.outcome import Outcome, Result
from leads.followup.settle import settle
from leads.models import Lead, Message, StopReason
from tests.followup.made import make_enquiry, make_enrolment, make_followup, mark_sending

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]  # on SQLite one waits for the other

PATIENCE = 20  # seconds


def put_off(message: Message) -> None:
    settle(message, Outcome(Result.LATER, "421"), Letterhead.current())


def in_a_thread(work: Callable[[], None]) -> Thread:
    def alone() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=alone)
    thread.start()
    return thread


def test_a_stop_that_is_not_committed_yet() -> None:
    lead: Lead = make_enquiry().lead
    make_followup(make_enrolment(lead, next_step=2), at_once=True)
    (leaving,) = claim()
    assert mark_sending(leaving)
    begun, queued = Event(), Event()

    def stops() -> None:
        with transaction.atomic():
            stop(lead=lead, reason=StopReason.REPLIED, by=None)
            begun.set()
            queued.wait(PATIENCE)

    stopping = in_a_thread(stops)
    assert begun.wait(PATIENCE)
    worker = in_a_thread(lambda: put_off(leaving))
    while Message.objects.get().state == "sending":  # the worker's own commit, then it waits for the stop
        assert worker.is_alive()
    queued.set()
    for thread in (stopping, worker):
        thread.join(PATIENCE)
    assert Message.objects.get().state == "cancelled"
