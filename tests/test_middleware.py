"""A kept database connection is asked whether it lives once a second, not at every request."""

from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse

from leads import middleware

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time that the connection was asked."""
    asked: list[str] = []

    def is_usable() -> bool:
        asked.append("Are you there?")
        return True

    connection.ensure_connection()
    monkeypatch.setattr(connections["default"], "health_check_enabled", True)
    monkeypatch.setattr(connections["default"], "is_usable", is_usable)
    return asked


def visit(answer: Callable[[HttpRequest], HttpResponse]) -> None:
    setattr(connection, "health_check_done", False)  # noqa: B010  # as Django leaves it when a request starts
    answer(HttpRequest())


def reading(_: HttpRequest) -> HttpResponse:
    connection.close_if_health_check_failed()  # as the first query of a request does
    return HttpResponse()


def test_visits_in_quick_succession_ask_once(questions: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "TRUSTED_FOR", 60)
    answer = middleware.trust_a_busy_connection(reading)
    for _ in range(5):
        visit(answer)
    assert len(questions) == 1


def test_after_a_while_it_is_asked_again(questions: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "TRUSTED_FOR", 0)
    answer = middleware.trust_a_busy_connection(reading)
    visit(answer)
    visit(answer)
    assert len(questions) == 2


def test_a_visit_that_reads_nothing_says_nothing_about_the_connection(questions: list[str]) -> None:
    views = iter([lambda _: HttpResponse(), reading])
    answer = middleware.trust_a_busy_connection(lambda request: next(views)(request))
    visit(answer)
    visit(answer)
    assert len(questions) == 1
