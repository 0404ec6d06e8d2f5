"""`make run` on a machine with nothing but Python: one command, from the contact form to the mail in the folder."""

import re
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest

from tests.processes.running import Run, memory
from tests.processes.visitors import get
from tests.servers import await_that

pytestmark = pytest.mark.processes

IDLE_MB = 350
HUMAN_PAUSE = 3.1  # seconds; who is quicker is taken for a program
FORM = {"name": "Vera Lind", "email": "vera@example.com", "message": "How does a first visit go?", "consent_reply": "on"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Started once for the tests that leave it running."""
    with Run(tmp_path_factory.mktemp("run")) as run:
        yield run


def fill_in_the_form(url: str) -> tuple[str, str]:
    """Sends back what the page holds and what Vera types; (address, text) of the page that follows."""
    page = get(f"{url}/contact/")[1]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    time.sleep(HUMAN_PAUSE)
    body = urllib.parse.urlencode(hidden | FORM).encode()
    with urllib.request.urlopen(f"{url}/contact/", body) as answer:
        return answer.url, answer.read().decode()


def test_a_visitor_is_thanked_on_the_page_and_within_seconds_by_mail(run: Run) -> None:
    address, page = fill_in_the_form(run.url)
    assert "/contact/sent/" in address
    assert re.search(r">[0-9A-Z]{4}-[0-9A-Z]{4}<", page)
    await_that(run.mails, 5, "one mail")
    assert b"To: vera@example.com" in run.mails()[0].read_bytes()


def test_it_says_where_it_is_and_how_to_sign_in(run: Run) -> None:
    assert f"Leadwell: {run.url}/" in run.said()
    link = run.sign_in_link()
    assert link
    assert get(link)[0] == 200


def test_idle_it_is_small(run: Run) -> None:
    assert memory(run.processes()) < IDLE_MB
