"""What waits in the mailbox is taken in once, one at a time; a mail that can't be is starred and holds up nobody."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.utils import timezone

from leads.capture import collect
from leads.capture.actions import receive_mail
from leads.capture.mailbox import opened
from leads.capture.tasks import fetch_mail
from leads.followup.mailbox_trouble import mailbox_trouble
from leads.models import Reply, first_in
from tests.capture.imap import FakeImap
from tests.capture.mailed import mail

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 3, 5, 17, 0, tzinfo=UTC)
SEEN, STARRED = {"\\Seen"}, {"\\Flagged"}


@pytest.fixture
def imap(settings: Any) -> Iterator[FakeImap]:
    imap = FakeImap()
    settings.INBOX = imap.settings()
    yield imap
    imap.stop()


def fail_on(monkeypatch: pytest.MonkeyPatch, word: bytes, error: Exception) -> None:
    def receive_or_fail(*, by: None, raw: bytes) -> Reply:
        if word in raw:
            raise error
        return receive_mail(by=by, raw=raw)

    monkeypatch.setattr(collect, "receive_mail", receive_or_fail)


def test_what_waits_is_taken_in_and_marked(imap: FakeImap) -> None:
    first, second = imap.put(mail()), imap.put(mail(Message_ID="<2@mail.example.com>"))
    fetch_mail()
    assert Reply.objects.count() == 2
    assert (imap.flags[first], imap.flags[second]) == (SEEN, SEEN)


def test_what_was_taken_in_is_not_fetched_again(imap: FakeImap) -> None:
    imap.put(mail())
    fetch_mail()
    fetch_mail()
    assert imap.fetched == [1]


def test_a_crash_before_the_mark_costs_a_second_look(imap: FakeImap) -> None:
    number = imap.put(mail())
    fetch_mail()
    imap.flags[number].clear()
    fetch_mail()
    assert imap.fetched == [1, 1]
    assert Reply.objects.count() == 1


def test_one_that_cannot_be_taken_in_is_set_aside(
    imap: FakeImap, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    poisoned, sound = imap.put(mail(text="poison")), imap.put(mail(Message_ID="<2@mail.example.com>"))
    fail_on(monkeypatch, b"poison", ValueError("poison"))
    with caplog.at_level(logging.ERROR):
        fetch_mail()
        fetch_mail()
    assert (imap.flags[poisoned], imap.flags[sound]) == (STARRED, SEEN)
    assert Reply.objects.count() == 1
    assert imap.fetched == [1, 2]
    [logged] = [record.getMessage() for record in caplog.records]
    assert logged.startswith("A mail was set aside in the inbox: ValueError in test_collect.py:")
    assert "poison" not in logged


def test_a_database_that_is_away_is_no_fault_of_the_mail(imap: FakeImap, monkeypatch: pytest.MonkeyPatch) -> None:
    number = imap.put(mail())
    fail_on(monkeypatch, b"Tuesday", OperationalError())
    with pytest.raises(OperationalError):
        fetch_mail()
    assert imap.flags[number] == set()


def test_one_fetches_at_a_time(imap: FakeImap) -> None:
    imap.put(mail())
    assert first_in(collect.KEY, collect.LEASE, timezone.now())  # a colleague began, and is still at it
    fetch_mail()
    assert imap.fetched == []
    with time_machine.travel(timezone.now() + collect.LEASE + timedelta(seconds=1)):  # that one died
        fetch_mail()
    assert imap.fetched == [1]


def test_time_that_is_up_leaves_the_rest_for_the_next_round(imap: FakeImap) -> None:
    for number in range(3):
        imap.put(mail(Message_ID=f"<{number}@mail.example.com>"))
    ticks = iter([0, 0, 60])
    with opened(imap.settings()) as mailbox:
        collect.collect_from(mailbox, until=60, clock=lambda: next(ticks))
    assert imap.fetched == [1, 2]


def test_a_server_that_refuses_is_logged_without_its_words(imap: FakeImap, settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.INBOX = imap.settings(password="wrong")
    fetch_mail()
    assert [record.getMessage().partition(" in ")[0] for record in caplog.records] == ["The inbox can't be read: error"]


def test_a_server_that_is_away_is_tried_again(imap: FakeImap, settings: Any) -> None:
    imap.put(mail())
    settings.INBOX = imap.settings(port=1)
    fetch_mail()
    settings.INBOX = imap.settings()
    fetch_mail()
    assert imap.fetched == [1]


def test_since_when_it_fails_is_known(imap: FakeImap, settings: Any) -> None:
    settings.INBOX = imap.settings(port=1)
    for minutes in (0, 3, 6):
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
            fetch_mail()
    assert mailbox_trouble().unfetched_since(NOON + timedelta(minutes=5)) is None
    assert mailbox_trouble().unfetched_since(NOON + timedelta(minutes=6)) == NOON
    settings.INBOX = imap.settings()
    with time_machine.travel(NOON + timedelta(minutes=7), tick=False):
        fetch_mail()
    assert mailbox_trouble().unfetched_since(NOON + timedelta(minutes=8)) is None


def test_a_mail_with_a_star_is_known_until_somebody_saw_to_it(imap: FakeImap, monkeypatch: pytest.MonkeyPatch) -> None:
    poisoned = imap.put(mail(text="poison"))
    with monkeypatch.context() as patch:
        fail_on(patch, b"poison", ValueError("poison"))
        fetch_mail()
    assert mailbox_trouble().starred
    imap.flags[poisoned].clear()
    fetch_mail()
    assert not mailbox_trouble().starred


def test_the_folder_is_the_one_that_was_named(imap: FakeImap, settings: Any) -> None:
    settings.INBOX = imap.settings(folder="Answers to us")
    fetch_mail()
    assert imap.folders == ["Answers to us"]


def test_without_a_mailbox_nothing_happens(settings: Any) -> None:
    settings.INBOX = None
    fetch_mail()
    assert not Reply.objects.exists()
