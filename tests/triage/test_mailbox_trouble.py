"""While the mailbox can't be fetched, the inbox says so: answers may wait where nobody here sees them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.followup.mailbox_trouble import FETCHED, note_fetched
from leads.models import LastTime
from leads.policy.hours import opening_hours
from leads.triage.words.times import when

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_mailbox(settings: Any) -> None:
    settings.INBOX = {"host": "imap.example.com"}


def inbox(client: Client) -> str:
    return client.get(reverse("inbox")).content.decode()


def fetched(minutes_ago: int) -> datetime:
    return LastTime.objects.create(key=FETCHED, at=timezone.now() - timedelta(minutes=minutes_ago)).at


def test_it_says_since_when(as_bob: Client) -> None:
    since = when(fetched(minutes_ago=40), timezone.now(), opening_hours().zone)
    assert f"Mail to the mailbox has not been fetched since {since}".removesuffix(".") in inbox(as_bob)


def test_it_says_nothing_while_all_is_well(as_bob: Client) -> None:
    fetched(minutes_ago=4)
    assert "mailbox" not in inbox(as_bob)


def test_it_says_nothing_before_the_first_try_nor_without_a_mailbox(as_bob: Client, settings: Any) -> None:
    assert "mailbox" not in inbox(as_bob)
    fetched(minutes_ago=40)
    settings.INBOX = None
    assert "mailbox" not in inbox(as_bob)


def test_a_mail_that_could_not_be_read_is_told(as_bob: Client) -> None:
    note_fetched(starred=True)
    assert "A mail in the mailbox could not be read. It waits there with a star." in inbox(as_bob)
