"""The table of moves is the law: in code for moves, in the database for states."""

import pytest
from django.db import IntegrityError

from leads.models import IllegalMove, Message, MessageState
from leads.models.message import MOVES
from tests.followup.made import make_message

pytestmark = pytest.mark.django_db

ILLEGAL = [(before, after) for before in MessageState.values for after in MessageState.values if after not in MOVES[before]]


@pytest.mark.parametrize(("before", "after"), ILLEGAL)
def test_code_refuses_every_move_that_is_not_in_the_table(before: str, after: str) -> None:
    message = make_message(state=before)
    with pytest.raises(IllegalMove):
        Message.objects.filter(pk=message.pk).move(before, after)
    message.refresh_from_db()
    assert message.state == before


@pytest.mark.parametrize(("before", "after"), [(before, after) for before, allowed in MOVES.items() for after in sorted(allowed)])
def test_the_table_allows_the_others(before: str, after: str) -> None:
    message = make_message(state=before)
    assert Message.objects.filter(pk=message.pk).move(before, after) == 1


def test_a_move_leaves_rows_in_another_state_alone() -> None:
    make_message(state="sent")
    assert Message.objects.all().move("queued", "cancelled") == 0


def test_the_database_refuses_an_unknown_state() -> None:
    with pytest.raises(IntegrityError):
        make_message(state="lost")
