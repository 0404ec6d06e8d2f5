"""/readyz says whether the service can keep its promise, and if not, why."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from leads.followup.mailbox_trouble import FETCHED, note_fetched
from leads.health.checks import CHECKS
from leads.models import LastTime, Lead, Message, MessageKind, note_time

pytestmark = pytest.mark.django_db


def readiness(client: Client) -> tuple[int, dict[str, str]]:
    response = client.get("/readyz")
    return response.status_code, response.json()


def due_mail(lead: Lead, minutes_ago: int) -> Message:
    due_at = timezone.now() - timedelta(minutes=minutes_ago)
    return Message.objects.create(kind=MessageKind.ACKNOWLEDGEMENT, lead=lead, to_address=lead.email, due_at=due_at)


def test_it_is_ready_once_swept(client: Client) -> None:
    note_time("sweep")
    assert readiness(client) == (200, {"database": "ok", "migrations": "ok", "mail": "ok", "sweep": "ok"})


def test_it_is_not_ready_before_the_first_sweep(client: Client) -> None:
    status, answers = readiness(client)
    assert status == 503
    assert answers["sweep"] == "The outbox has not been swept yet: is a worker running?"


def test_it_says_how_old_the_last_sweep_is(client: Client) -> None:
    LastTime.objects.create(key="sweep", at=timezone.now() - timedelta(minutes=5))
    assert readiness(client)[1]["sweep"] == "The outbox was last swept 5 min ago."


def test_it_says_how_long_the_oldest_mail_has_waited(client: Client, lead: Lead) -> None:
    note_time("sweep")
    due_mail(lead, minutes_ago=3)
    assert readiness(client)[0] == 200
    due_mail(lead, minutes_ago=14)
    status, answers = readiness(client)
    assert status == 503
    assert answers["mail"] == "The oldest due mail has waited 14 min."


def test_a_mailbox_that_is_away_is_told_and_takes_the_site_not_down(client: Client, settings: Any) -> None:
    settings.INBOX = {"host": "imap.example.com"}
    note_time("sweep")
    assert readiness(client)[1]["mailbox"] == "ok"
    LastTime.objects.create(key=FETCHED, at=timezone.now() - timedelta(minutes=12))
    assert readiness(client) == (200, dict.fromkeys(CHECKS, "ok") | {"mailbox": "The mailbox has not been fetched for 12 min."})


def test_a_mail_that_could_not_be_read_is_told_too(client: Client, settings: Any) -> None:
    settings.INBOX = {"host": "imap.example.com"}
    note_fetched(starred=True)
    assert readiness(client)[1]["mailbox"] == "A mail in the mailbox could not be read: it waits there with a star."


def test_it_answers_while_the_database_does_not(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise OperationalError("password of the database")

    monkeypatch.setattr(connection, "cursor", refuse)
    status, answers = readiness(client)
    assert status == 503
    assert answers["database"] == "The database does not answer, or lacks what this release needs."


def test_it_refuses_to_be_posted_to(client: Client) -> None:
    assert client.post("/readyz").status_code == 405
