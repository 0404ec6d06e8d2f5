"""One statement settles the mails that left, as settle() would, and marks those that follow."""

from uuid import uuid4

import pytest

from leads.followup.claim import claim
from leads.followup.letterhead import Letterhead
from leads.followup.outcome import Outcome, Result
from leads.followup.settle import settle
from leads.followup.turn import turn
from leads.models import Message, Suppression
from tests.followup.made import make_enquiry, make_message, mark_sending

pytestmark = pytest.mark.django_db

SENT = Outcome(Result.SENT)


def claimed_pair() -> tuple[Message, Message]:
    enquiry = make_enquiry()
    make_message(enquiry, reason="450 4.2.0", to_address="vera@example.com")
    make_message(enquiry, to_address="lind@example.com")
    gone, following = claim()
    assert mark_sending(gone)
    return gone, following


def rows(*messages: Message) -> list[dict[str, object]]:
    """What the ledger says of them, times and identities aside."""
    names = ("state", "reason", "attempts", "doubts", "provider_id")
    found = [Message.objects.get(pk=message.pk) for message in messages]
    return [
        {name: getattr(row, name) for name in names} | {"held": bool(row.claim), "lease": bool(row.lease_until), "sent": bool(row.sent_at)}
        for row in found
    ]


def test_what_left_is_sent_and_what_follows_is_marked() -> None:
    gone, following = claimed_pair()
    assert turn([gone], [following]) == {following.pk}
    sent, sending = rows(gone, following)
    nothing_noted = {"reason": "", "attempts": 1, "doubts": 0, "provider_id": ""}
    assert sent == nothing_noted | {"state": "sent", "held": False, "lease": False, "sent": True}
    assert sending == nothing_noted | {"state": "sending", "held": True, "lease": True, "sent": False}


def test_it_settles_as_the_slow_way_does() -> None:
    gone, following = claimed_pair()
    turn([gone], [following])
    other, _ = claimed_pair()
    settle(other, SENT, Letterhead.current())
    assert rows(gone) == rows(other)


@pytest.mark.parametrize(("gone", "following"), [(0, 0), (0, 2), (3, 0), (3, 2)])
def test_it_takes_any_number_of_either(gone: int, following: int) -> None:
    enquiry = make_enquiry()
    for _ in range(5):
        make_message(enquiry)
    left, next_ones = (batch := claim())[:gone], batch[3 : 3 + following]
    assert all(mark_sending(message) for message in left)
    assert turn(left, next_ones) == {message.pk for message in next_ones}
    assert Message.objects.filter(state="sent").count() == gone
    assert Message.objects.filter(state="sending").count() == following


def test_each_mail_is_held_by_its_own_claim() -> None:
    """One of the two was lost and claimed again by ourselves: what we knew of it no longer counts."""
    gone, following = claimed_pair()
    Message.objects.filter(pk=following.pk).update(claim=gone.claim)
    following.claim = uuid4()
    assert turn([gone], [following]) == set()
    assert [row["state"] for row in rows(gone, following)] == ["sent", "claimed"]


def test_what_was_claimed_is_not_yet_being_sent() -> None:
    _, following = claimed_pair()
    before = rows(following)
    assert turn([following], []) == set()
    assert rows(following) == before


def test_it_changes_nothing_for_a_worker_past_its_lease() -> None:
    gone, following = claimed_pair()
    Message.objects.update(claim=uuid4())
    before = list(Message.objects.order_by("pk").values())
    assert turn([gone], [following]) == set()
    assert list(Message.objects.order_by("pk").values()) == before


def test_what_was_taken_back_does_not_leave_and_the_other_is_settled() -> None:
    gone, following = claimed_pair()
    Message.objects.filter(pk=following.pk).update(state="cancelled", claim=None, lease_until=None)
    assert turn([gone], [following]) == set()
    assert [row["state"] for row in rows(gone, following)] == ["sent", "cancelled"]


def test_it_changes_each_row_once() -> None:
    gone, following = claimed_pair()
    turn([gone], [following])
    assert turn([gone], [following]) == set()
    assert [row["attempts"] for row in rows(gone, following)] == [1, 1]


@pytest.mark.parametrize(
    ("kind", "reason", "leaves"),
    [
        ("acknowledgement", "opted_out", True),
        ("acknowledgement", "bounced", False),
        ("acknowledgement", "complained", False),
        ("followup", "opted_out", False),
    ],
)
def test_it_asks_the_suppression_list_at_the_last_moment(kind: str, reason: str, leaves: bool) -> None:
    gone, following = claimed_pair()
    Message.objects.filter(pk=following.pk).update(kind=kind)
    following.kind = kind
    Suppression.objects.create(address=following.to_address, reason=reason)
    assert (turn([gone], [following]) == {following.pk}) is leaves
    assert rows(gone, following)[1]["state"] == ("sending" if leaves else "claimed")
