"""What happens to one person's follow-up at the same moment blocks nobody: no enquiry is refused for a deadlock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from leads.followup.actions import opt_out
from leads.followup.sequences import materialise
from leads.models import Enrolment, Lead, User
from leads.triage.decisions.actions import mark_contacted
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db(transaction=True)
CRISIS = "I want to kill myself."
ROUNDS = 6


def at_once(*verbs: Callable[[], object]) -> None:
    together = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> None:
        try:
            together.wait()
            verb()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        list(pool.map(run, verbs))


def writer(number: int) -> Lead:
    vera_writes(email=f"vera{number}@example.com", address=f"198.51.100.{number}")
    return Lead.objects.get(email=f"vera{number}@example.com")


def writes_in_crisis(lead: Lead, number: int) -> None:
    vera_writes(email=lead.email, message=CRISIS, address=f"198.51.100.{number}")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_somebody_opts_out_while_they_write_in_crisis(number: int) -> None:
    lead = writer(number)
    at_once(lambda: writes_in_crisis(lead, number), lambda: opt_out(by=None, lead=lead))
    lead.refresh_from_db()
    assert lead.held_at
    assert lead.read_first
    assert lead.enrolments.get().state == "stopped"


@pytest.mark.parametrize("number", range(ROUNDS))
def test_somebody_opts_out_while_a_colleague_marks_them_contacted(number: int, bob: User) -> None:
    lead = writer(number)
    at_once(lambda: mark_contacted(by=bob, lead=Lead.objects.get(pk=lead.pk)), lambda: opt_out(by=None, lead=lead))
    assert lead.enrolments.get().state == "stopped"


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_mail_of_the_sequence_is_due_while_they_write_in_crisis(number: int) -> None:
    lead = writer(number)
    Enrolment.objects.update(due_at=timezone.now())
    at_once(lambda: writes_in_crisis(lead, number), lambda: materialise(timezone.now()))
    lead.refresh_from_db()
    assert lead.read_first
    assert lead.enrolments.get().state == "stopped"
