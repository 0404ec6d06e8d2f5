"""Mail through a provider: what it is told about a mail, and what its answers mean."""

from typing import Any

import pytest
from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused, AnymailSerializationError
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from leads.followup.compose import compose
from leads.followup.letterhead import Letterhead
from leads.followup.outcome import Outcome, Result
from leads.followup.provider import ProviderOutlet
from tests.followup.made import make_message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_provider(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def handed_over() -> Outcome:
    return ProviderOutlet().send(compose(make_message(), Letterhead.current()))


def test_it_is_given_our_id_so_that_its_reports_find_the_mail() -> None:
    assert handed_over().result == Result.SENT
    (sent,) = mail.outbox
    assert sent.metadata == {"mail": sent.extra_headers["Message-ID"]}  # type: ignore[union-attr]  # Anymail looks for it


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (AnymailRecipientsRefused(), Outcome(Result.REFUSED, "recipient_refused", nobody_there=True)),
        (AnymailAPIError(), Outcome(Result.DOUBT, "no_answer")),
        (AnymailInvalidAddress("vera@@example"), Outcome(Result.REFUSED, "unusable")),
        (AnymailSerializationError(), Outcome(Result.REFUSED, "unusable")),
        (RuntimeError("vera@example.com"), Outcome(Result.DOUBT, "RuntimeError")),
    ],
)
def test_what_it_answers_is_what_the_row_will_say(monkeypatch: pytest.MonkeyPatch, error: Exception, outcome: Outcome) -> None:
    def fail(*_: Any) -> int:
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    assert handed_over() == outcome
