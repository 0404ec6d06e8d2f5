"""Errors speak plainly, carry crisis help and ask the database nothing."""

from typing import Any

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client, RequestFactory
from redis.exceptions import TimeoutError as RedisTimeout

from leads.capture import error_pages

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
