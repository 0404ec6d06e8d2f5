"""`make run` on a machine with nothing but Python: one command, from the contact form to the mail in the folder."""

from collections.abc import Iterator

import pytest

from tests.processes.running import Run, memory
from tests.processes.story import assert_thanked, vera_writes
from tests.processes.visitors import get
from tests.servers import await_that

pytestmark = pytest.mark.processes

IDLE_MB = 350


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Started once for the tests that leave it running."""
    with Run(tmp_path_factory.mktemp("run")) as run:
        yield run


def test_a_visitor_is_thanked_on_the_page_and_within_seconds_by_mail(run: Run) -> None:
    thanks = vera_writes(run.url)
    assert_thanked(thanks)
    await_that(run.mails, 5, "one mail")
    mail = run.mails()[0].read_text()
    assert "To: vera.lind@example.com" in mail
    assert thanks.reference in mail


def test_it_says_where_it_is_and_how_to_sign_in(run: Run) -> None:
    assert f"Leadwell: {run.url}/" in run.said()
    link = run.sign_in_link()
    assert link
    assert get(link)[0] == 200


def test_idle_it_is_small(run: Run) -> None:
    assert memory(run.processes()) < IDLE_MB
