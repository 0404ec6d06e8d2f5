"""A mail costs one statement, and so one commit, however many leave."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leads.followup.crew import deliver_due
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def always_in_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leads.followup.tray.next_window", lambda at, hours: at)


def statements_for(mails: int, kind: str) -> int:
    enquiry = make_enquiry()
    enrolment = make_enrolment(enquiry.lead)
    for step in range(mails):
        make_message(enquiry) if kind == "acknowledgement" else make_followup(enrolment, step, mail="followup-1")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        deliver_due()
    return len(queries)


@pytest.mark.parametrize("kind", ["acknowledgement", "followup"])
def test_ten_more_mails_cost_ten_more_statements(kind: str) -> None:
    deliver_due()
    assert statements_for(20, kind) - statements_for(10, kind) == 10
