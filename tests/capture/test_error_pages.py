"""Errors speak plainly, carry crisis help and ask the database nothing."""

from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client, RequestFactory
from redis.exceptions import TimeoutError as RedisTimeout

from leads.capture import error_pages
from leads.models import Lead, User
from tests.triage.queries import queries

PAGES = [
    (error_pages.bad_request, 400),
    (error_pages.forbidden, 403),
    (error_pages.csrf_failed, 403),
    (error_pages.not_found, 404),
    (error_pages.wrong_method, 405),
    (error_pages.too_large, 413),
    (error_pages.broken, 500),
]


@pytest.mark.parametrize(("page", "status"), PAGES)
def test_each_shows_help_without_a_query(page: Any, status: int) -> None:
    response = page(RequestFactory().get("/"))
    text = response.content.decode().lower()
    assert response.status_code == status
    assert "988" in text
    assert not [word for word in ("please", "sorry", "invalid") if word in text]


def test_an_unknown_address(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert b"There is nothing at this address" in response.content


@pytest.mark.django_db
def test_a_wrong_method_gets_a_page_and_is_told_the_right_ones(client: Client) -> None:
    response = client.put("/contact/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, POST"
    assert b"988" in response.content


@pytest.mark.django_db
def test_a_failure_of_ours(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError

    monkeypatch.setattr("leads.capture.views.clinic_at_hand", broken)
    client.raise_request_exception = False
    response = client.get("/privacy/")
    assert response.status_code == 500
    assert b"Something on our side is not working" in response.content


@pytest.mark.parametrize(
    ("error", "status"), [(RedisTimeout(), 503), (OperationalError(), 503), (InterfaceError(), 503), (IntegrityError(), 500)]
)
def test_what_we_depend_on_is_away(error: Exception, status: int) -> None:
    try:
        raise error
    except type(error):
        assert error_pages.broken(RequestFactory().get("/")).status_code == status


def shown(response: Any) -> str:
    return " ".join(response.content.decode().split())


def assert_it_is_the_desks(response: Any, status: int) -> None:
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    assert 'class="sidebar"' in shown(response)
    assert "Contact us" not in shown(response)


@pytest.mark.parametrize("path", ["/desk/nowhere/", "/desk/leads/7K3M-92QX/"])
def test_a_colleague_who_is_lost_finds_the_way_back(as_bob: Client, path: str) -> None:
    response = as_bob.get(path)
    assert_it_is_the_desks(response, 404)
    assert '<a class="button" href="/desk/">Back to the inbox</a>' in shown(response)


def test_so_does_one_at_the_address_of_a_button(as_bob: Client, lead: Lead) -> None:
    response = as_bob.get(f"/desk/leads/{lead.reference}/done/")
    assert_it_is_the_desks(response, 405)
    assert response.headers["Allow"] == "POST"


def test_so_does_one_whose_page_was_open_for_too_long(bob: User, lead: Lead) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob, backend=settings.AUTHENTICATION_BACKENDS[0])
    response = client.post(f"/desk/leads/{lead.reference}/done/")
    assert_it_is_the_desks(response, 403)
    assert "This page was open for too long" in shown(response)
    assert not lead.events.exists()


def test_so_does_one_to_whom_a_page_is_not_open(bob: User) -> None:
    request = RequestFactory().get("/desk/")
    request.user = bob
    assert_it_is_the_desks(error_pages.forbidden(request), 403)


def test_one_without_rights_is_led_where_they_may_go(as_charlie: Client) -> None:
    response = as_charlie.get("/desk/")
    assert_it_is_the_desks(response, 404)
    assert '<a class="button" href="/desk/settings/">Settings</a>' in shown(response)
    assert 'href="/desk/"' not in shown(response).replace('class="brand" href="/desk/"', "")


def test_it_costs_no_more_than_the_frame(as_bob: Client, lead: Lead) -> None:
    assert queries(as_bob, "/desk/nowhere/", status=404) <= 3  # session, colleague, how many wait


def test_a_stranger_on_the_desk_sees_what_visitors_see(client: Client, db: None) -> None:
    response = client.get("/desk/nowhere/")
    assert response.status_code == 404
    assert b"988" in response.content
    assert b"sidebar" not in response.content


def test_a_colleague_who_visits_sees_what_visitors_see(as_bob: Client) -> None:
    response = as_bob.get("/nowhere/")
    assert b"988" in response.content
    assert b"sidebar" not in response.content


def test_a_failure_of_ours_is_told_on_the_desk_as_everywhere(as_bob: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError

    monkeypatch.setattr("leads.triage.inbox.inbox_page.page", broken)
    as_bob.raise_request_exception = False
    response = as_bob.get("/desk/")
    assert response.status_code == 500
    assert b"988" in response.content
