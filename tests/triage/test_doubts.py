"""A follow-up that may or may not have arrived waits for a person: it arrived, or send it again."""

import pytest
from django.test import Client

from leads.models import Lead, Message
from tests.followup.made import make_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def doubtful(lead: Lead) -> Message:
    return make_message(kind="followup", state="unknown", step=1)


def decide(client: Client, message: Message, noun: str) -> str:
    """Answers the doubt, and reads what the desk says."""
    url = f"/desk/leads/{message.lead}/{noun}/"
    page: str = client.post(url, {"message": str(message.pk)}, follow=True).content.decode()
    message.refresh_from_db()
    return page


def test_the_lead_page_asks(as_bob: Client, doubtful: Message) -> None:
    page = as_bob.get(f"/desk/leads/{doubtful.lead}/").content.decode()
    assert "It arrived" in page
    assert "Send again" in page


def test_it_arrived(as_bob: Client, doubtful: Message) -> None:
    page = decide(as_bob, doubtful, "arrival")
    assert doubtful.state == "sent"
    assert "Send again" not in page


def test_or_it_leaves_again(as_bob: Client, doubtful: Message) -> None:
    decide(as_bob, doubtful, "copy")
    assert doubtful.state == "queued"


def test_a_doubt_is_settled_once(as_bob: Client, doubtful: Message) -> None:
    decide(as_bob, doubtful, "arrival")
    assert "no longer in doubt" in decide(as_bob, doubtful, "copy")
    assert doubtful.state == "sent"


def test_another_leads_mail_is_not_there(as_bob: Client, doubtful: Message) -> None:
    other = make_message(kind="followup", state="unknown", step=1)
    as_bob.post(f"/desk/leads/{doubtful.lead}/arrival/", {"message": str(other.pk)})
    other.refresh_from_db()
    assert other.state == "unknown"


@pytest.mark.parametrize("message", ["", "junk", "00000000-0000-0000-0000-000000000000"])
def test_junk_changes_nothing(as_bob: Client, doubtful: Message, message: str) -> None:
    assert as_bob.post(f"/desk/leads/{doubtful.lead}/copy/", {"message": message}).status_code == 303
    doubtful.refresh_from_db()
    assert doubtful.state == "unknown"


@pytest.mark.parametrize("noun", ["arrival", "copy"])
def test_without_rights_it_does_not_exist(as_charlie: Client, doubtful: Message, noun: str) -> None:
    assert as_charlie.post(f"/desk/leads/{doubtful.lead}/{noun}/", {"message": str(doubtful.pk)}).status_code == 404
