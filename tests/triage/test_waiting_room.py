"""Waiting-room mode: names are initials, and nothing that tells more is in the page."""

import pytest
from django.test import Client
from django.urls import reverse

from leads.models import Attention, Clinic, Event, EventKind, Lead, ReadRecord, User
from leads.triage.decisions.actions import add_note
from leads.triage.lists.waiting_room import OPEN, initials
from tests.cast import vera_writes
from tests.doors import url_names
from tests.triage.lead_page import url

pytestmark = pytest.mark.django_db
HIDE, SHOW = "/desk/waiting-room/", "/desk/waiting-room/remove/"
TELLS = ("Vera", "Lind", "vera@example.com", "010-0177", "first visit")


@pytest.fixture
def vera(clinic: Clinic) -> Lead:
    return Lead.objects.get(reference=vera_writes(phone="+15550100177").reference)


def page(client: Client, path: str) -> str:
    return str(client.get(path, follow=True).content.decode())


@pytest.mark.parametrize(
    ("name", "short"),
    [("Vera Lind", "V. L."), ("vera", "V."), ("Ana María de la Cruz", "A. M. D."), ("", "–"), ("<b>", "–"), ("Łucja", "Ł.")],
)
def test_a_name_becomes_initials(name: str, short: str) -> None:
    assert initials(name) == short


@pytest.mark.parametrize("path", ["/desk/", "/desk/board/", "/desk/?view=everyone"])
def test_lists_hold_initials_alone(as_bob: Client, vera: Lead, path: str) -> None:
    assert "Vera Lind" in page(as_bob, path)
    as_bob.post(HIDE)
    hidden = page(as_bob, path)
    assert "V. L." in hidden
    assert [word for word in TELLS if word in hidden] == []


def test_a_leads_page_shows_initials_and_what_needs_no_more(as_bob: Client, bob: User, vera: Lead) -> None:
    add_note(by=bob, lead=vera, text="Asks about a first visit.")
    as_bob.post(HIDE)
    hidden = page(as_bob, reverse("lead", args=[vera.reference]))
    assert "<title>V. L.</title>" in hidden
    assert url("contacted", vera) in hidden
    assert [word for word in TELLS if word in hidden] == []
    record = ReadRecord.objects.latest("id")
    assert (record.leads, record.fields) == ([vera.id], "initials")


def test_what_is_decided_there_comes_back_there(as_bob: Client, bob: User, vera: Lead) -> None:
    as_bob.post(HIDE)
    answer = as_bob.post(url("assignment", vera), {"owner": bob.pk}, follow=True)
    vera.refresh_from_db()
    assert vera.owner == bob
    assert "V. L." in answer.content.decode()
    assert [word for word in TELLS if word in answer.content.decode()] == []


def test_a_colleague_who_is_not_in_a_waiting_room_sees_everything(as_bob: Client, as_alice: Client, vera: Lead) -> None:
    as_bob.post(HIDE)
    assert "Vera Lind" in page(as_alice, reverse("lead", args=[vera.reference]))


@pytest.mark.parametrize("noun", ["_closing", "_reach"])
def test_a_page_that_tells_more_is_not_made_at_all(as_bob: Client, vera: Lead, noun: str) -> None:
    as_bob.post(HIDE)
    before = ReadRecord.objects.count()
    hidden = page(as_bob, reverse(f"lead{noun}", args=[vera.reference]))
    assert "This page is hidden" in hidden
    assert [word for word in TELLS if word in hidden] == []
    assert ReadRecord.objects.count() == before


def test_the_story_is_not_opened(as_bob: Client, vera: Lead) -> None:
    as_bob.post(HIDE)
    assert "This page is hidden" in as_bob.post(url("story", vera)).content.decode()
    assert not Event.objects.filter(kind=EventKind.STORY_READ).exists()


def test_a_change_that_is_refused_shows_nobody_either(as_bob: Client, vera: Lead) -> None:
    as_bob.post(HIDE)
    answer = as_bob.post(url("snooze", vera), {"text": "a note", "until": "nonsense"})
    assert [word for word in TELLS if word in answer.content.decode()] == []


def test_the_inbox_still_works(as_bob: Client, vera: Lead) -> None:
    as_bob.post(HIDE)
    as_bob.post(url("done", vera), {"next": "/desk/"})
    vera.refresh_from_db()
    assert vera.attention == Attention.DONE
    as_bob.post(url("done_remove", vera), {"next": "/desk/"})
    vera.refresh_from_db()
    assert vera.attention == Attention.NEEDS_US


def test_what_was_just_done_is_no_longer_said(as_bob: Client, vera: Lead) -> None:
    as_bob.post(url("stage", vera), {"stage": "contacted", "next": "/desk/"})
    as_bob.post(HIDE)
    assert "Moved to" not in page(as_bob, "/desk/")


def test_it_lasts_until_it_is_taken_back(as_bob: Client, vera: Lead) -> None:
    as_bob.post(HIDE)
    assert "Vera" not in page(as_bob, "/desk/") + page(as_bob, "/desk/")
    as_bob.post(SHOW)
    assert "Vera Lind" in page(as_bob, "/desk/")


def test_it_is_each_ones_own(as_bob: Client, as_alice: Client, vera: Lead) -> None:
    as_bob.post(HIDE)
    assert "Vera Lind" in page(as_alice, "/desk/")


def test_twice_is_once(as_bob: Client, vera: Lead) -> None:
    as_bob.post(HIDE)
    as_bob.post(HIDE)
    as_bob.post(SHOW)
    as_bob.post(SHOW)
    assert "Vera Lind" in page(as_bob, "/desk/")


@pytest.mark.parametrize(("asked", "goes"), [("/desk/board/?q=Vera", "/desk/board/"), ("https://evil.example/", "/desk/"), ("", "/desk/")])
def test_it_goes_back_to_the_page_without_what_was_searched_for(as_bob: Client, asked: str, goes: str) -> None:
    assert as_bob.post(HIDE, {"next": asked})["Location"] == goes


def test_it_only_takes_posts_from_the_desk(as_bob: Client, as_charlie: Client) -> None:
    assert as_bob.get(HIDE).status_code == 405
    assert as_charlie.post(HIDE).status_code == 404


def test_every_page_that_stays_open_exists() -> None:
    assert set(url_names()) >= OPEN
