"""A mail that may or may not have arrived waits until a person says which."""

import pytest

from leads.followup.actions import it_arrived, send_again
from leads.models import Event, EventKind, Message, User
from tests.followup.made import make_enquiry, make_enrolment, make_followup

pytestmark = pytest.mark.django_db


@pytest.fixture
def doubtful() -> Message:
    return make_followup(make_enrolment(make_enquiry().lead), state="unknown", reason="lease_over", attempts=1)


def test_it_arrived(doubtful: Message, bob: User) -> None:
    assert it_arrived(message=doubtful, by=bob) is True
    doubtful.refresh_from_db()
    assert (doubtful.state, doubtful.reason) == ("sent", "")
    assert doubtful.sent_at is not None
    event = Event.objects.get(kind=EventKind.DOUBT_SETTLED)
    assert (event.by, event.data) == (bob, {"message": str(doubtful.pk), "state": "sent"})


def test_send_again(doubtful: Message, bob: User) -> None:
    assert send_again(message=doubtful, by=bob) is True
    doubtful.refresh_from_db()
    assert doubtful.state == "queued"


def test_a_doubt_is_settled_once(doubtful: Message, bob: User) -> None:
    it_arrived(message=doubtful, by=bob)
    assert send_again(message=doubtful, by=bob) is False
    assert it_arrived(message=doubtful, by=bob) is False
    assert Event.objects.count() == 1


@pytest.mark.parametrize("state", ["queued", "claimed", "sending", "sent", "cancelled", "failed"])
def test_only_a_doubt_can_be_settled(doubtful: Message, bob: User, state: str) -> None:
    Message.objects.update(state=state)
    assert it_arrived(message=doubtful, by=bob) is False
    assert send_again(message=doubtful, by=bob) is False
