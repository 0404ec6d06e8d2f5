"""A real browser. A test fails on a console error, a breach of the content security policy or a request to another host."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from leads.models import User
from tests.browser.chromium import CHROMIUM
from tests.browser.front_door import FrontDoor

FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread: Django would take our own queries for asynchronous ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Watch:
    """What a page did that it must not do."""

    def __init__(self, host: str) -> None:
        self.host, self.complaints = host, list[str]()
        self.expected_status: int | None = None

    def console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not (self.expected_status and f"status of {self.expected_status}" in message.text):
            self.complaints.append(f"console: {message.text}")

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.complaints.append(f"request to {parts.netloc or parts.scheme}")

    def failure(self, error: Any) -> None:
        self.complaints.append(f"script: {error}")


@pytest.fixture(scope="session")
def front_door(live_server: LiveServer) -> FrontDoor:
    server = live_server.thread.httpd
    application = server.get_app()
    assert application is not None
    door = FrontDoor(application)
    server.set_app(door)
    return door


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer, front_door: FrontDoor) -> Iterator[OpenPage]:
    """`open_page("/contact/", theme="dark", width=320, javascript=False, user=alice, status=404)`: a page of a context of its own.

    `status` names an error that the page is expected to be answered with.
    """
    watches, contexts = [], []
    front_door.open()

    def open_page(
        path: str, *, theme: Any = "light", width: int = 1280, javascript: bool = True, user: User | None = None, status: int | None = None
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            color_scheme=theme,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        if user:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session_of(user), "url": live_server.url}])
        watch = Watch(urlsplit(live_server.url).netloc)
        watch.expected_status = status
        watches.append(watch)
        page = context.new_page()
        page.on("console", watch.console)
        page.on("request", watch.request)
        page.on("pageerror", watch.failure)
        page.goto(path)
        return _with_a_patient_hand(page)

    yield open_page
    for context in contexts:
        context.close()
    front_door.shut()
    assert [complaint for watch in watches for complaint in watch.complaints] == []


def _with_a_patient_hand(page: Page) -> Page:
    """Keys wait for the page that has them: a test sees a heading before the scripts below it have run, a person presses after that."""
    press = page.keyboard.press

    def press_on_a_whole_page(key: str, **options: Any) -> None:
        page.wait_for_load_state()
        press(key, **options)

    setattr(page.keyboard, "press", press_on_a_whole_page)  # noqa: B010 - mypy allows no other way to give one hand its manners
    return page


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value
