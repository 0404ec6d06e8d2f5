"""Eight colleagues begin at the same moment: no two of them are given the same person."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from leads.models import CallTurn, Clinic, Role, User
from leads.triage.calls.call_queue import Queue, Sitting
from leads.triage.decisions.outcomes import Calendar
from tests.cast import PASSWORD, make_lead


@pytest.mark.django_db(transaction=True)
def test_no_two_are_given_the_same_person(clinic: Clinic) -> None:
    for number in range(8):
        make_lead(email=f"{number}@example.com", phone="+15550100177", reply_by="call")
    people = [User.objects.create_user(f"c{number}@example.com", PASSWORD, role=Role.FRONT_DESK) for number in range(8)]
    together = Barrier(8, timeout=30)

    def begin(user: User) -> int | None:
        try:
            calendar = Calendar.today()
            queue = Queue.of(user, Sitting(), calendar)
            together.wait()
            lead = queue.take_next(user, calendar.now)
            return lead.pk if lead else None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(begin, people))
    assert None not in given
    assert len(set(given)) == 8
    assert CallTurn.objects.filter(until__gt=timezone.now()).count() == 8
