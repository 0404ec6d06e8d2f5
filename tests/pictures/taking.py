"""A browser before a clinic whose clock stands, in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import CHROMIUM
from tests.pictures.moment import MOMENT
from tests.servers import free_port, kill_all

FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]
START = "import django; django.setup(); from tests.pictures.clinic import main; main({port}, anybody_wrote={anybody_wrote})"
INHERITED = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "SECRET_KEY", "FIELD_KEYS")
ENVIRONMENT = {
    "MODE": "local",
    "PUBLIC_URL": "http://contact.example.com",
    "EMAIL_URL": "smtp://relay.example.com:587",  # nothing is sent: no worker runs
    "MAIL_FROM": "hello@example.com",
    "REPLY_ADDRESS": "answers@example.com",
    "DJANGO_SETTINGS_MODULE": "project.settings",
}


@dataclass(frozen=True)
class Clinic:
    url: str
    cookie: str  # by which Alice is signed in
    pages: dict[str, str]  # addresses of pages that belong to somebody


@contextmanager
def clinic(*, anybody_wrote: bool = True) -> Iterator[Clinic]:
    port = free_port()
    plain = {name: value for name, value in os.environ.items() if name not in INHERITED}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", START.format(port=port, anybody_wrote=anybody_wrote)]
        process = subprocess.Popen(command, env=plain | ENVIRONMENT | {"DATA_DIR": folder}, stdout=subprocess.PIPE)
        try:
            assert process.stdout
            yield Clinic(f"http://127.0.0.1:{port}", **json.loads(process.stdout.readline()))
        finally:
            kill_all(process)


@contextmanager
def signed_in(clinic: Clinic) -> Iterator[Page]:
    """Alice's browser: nothing moves, and the page's clock stands, too."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(base_url=clinic.url, reduced_motion="reduce", locale="en-US", timezone_id="America/New_York")
        context.add_cookies([{"name": "sessionid", "value": clinic.cookie, "url": clinic.url}])
        page = context.new_page()
        page.clock.set_fixed_time(MOMENT)
        yield page
        browser.close()
